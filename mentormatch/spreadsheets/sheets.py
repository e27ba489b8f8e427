"""What is read off the parts of a workbook while their elements pass by: attributes, shared texts, cells."""

import re
from typing import Final

from mentormatch.domain.errors import Fault, InputRefused

MOST_COLUMNS: Final = 100
LONGEST_CELL: Final = 32_767
"""What spreadsheets themselves allow."""
_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}(\.0*)?([Ee]\+?[0-9]{1,2})?")


def refused(message: str) -> InputRefused:
    """Return the refusal of a workbook as a whole."""
    return InputRefused([Fault(None, None, message)])


class Reader:
    """Looks at the elements of one part of a workbook as they pass by."""

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text stands here."""


class Attributes(Reader):
    """The attributes of every element of one name."""

    def __init__(self, element: str) -> None:
        self._element, self.found = element, list[dict[str, str]]()

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""
        if name == self._element:
            self.found.append(given)


class SharedTexts(Reader):
    """The texts that cells refer to by number; the readings of Japanese characters are no part of them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] | None = None
        self._is_phonetic = False

    def start(self, name: str, given: dict[str, str]) -> None:  # noqa: ARG002 -- what readers are told
        """An element begins."""
        if name == "si":
            self.texts.append("")
        elif name == "rPh":
            self._is_phonetic = True
        elif name == "t" and not self._is_phonetic:
            self._parts = []

    def text(self, text: str) -> None:
        """Text stands here."""
        if self._parts is not None:
            self._parts.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "rPh":
            self._is_phonetic = False
        elif name == "t" and self._parts is not None and self.texts:
            self.texts[-1] = _joined(self.texts[-1], _unescaped("".join(self._parts)))
            self._parts = None


class Sheet(Reader):
    """The cells of a sheet, each at its own place; what lies beyond the bounds is refused before it is kept."""

    def __init__(self, shared: list[str], most_rows: int) -> None:
        self._shared, self._most_rows = shared, most_rows
        self.lines: list[list[str]] = []
        self._row = self._column = 0
        self._kind = ""
        self._parts: list[str] | None = None
        self._is_phonetic = False

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""
        if name == "row":
            self._row, self._column = _number(given.get("r"), self._row + 1), 0
        elif name == "c":
            self._place(given.get("r", ""))
            self._kind = given.get("t", "n")
        elif name == "rPh":
            self._is_phonetic = True
        elif name in {"v", "t"} and not self._is_phonetic:
            self._parts = []

    def text(self, text: str) -> None:
        """Text stands here."""
        if self._parts is not None:
            self._parts.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "rPh":
            self._is_phonetic = False
        elif name in {"v", "t"} and self._parts is not None:
            self._keep("".join(self._parts))
            self._parts = None

    def _place(self, place: str) -> None:
        self._column += 1
        if at := _PLACE.fullmatch(place):
            self._column, self._row = _column_number(at[1]), int(at[2])
        if self._column > MOST_COLUMNS:
            raise refused(f"the sheet has more than {MOST_COLUMNS} columns")

    def _keep(self, text: str) -> None:
        value = self._value(text)
        if not value or not self._row or not self._column:
            return
        # The first row names the columns, so the last one that may hold a person is one further down.
        if self._row > self._most_rows + 1:
            raise refused(f"the file has more than {self._most_rows:,} rows")
        self.lines += [[] for _ in range(self._row - len(self.lines))]
        line = self.lines[self._row - 1]
        line += [""] * (self._column - len(line))
        line[self._column - 1] = _joined(line[self._column - 1], value)

    def _value(self, text: str) -> str:
        match self._kind:
            case "s":
                at = _number(text, -1)
                return self._shared[at] if 0 <= at < len(self._shared) else ""
            case "b":
                return "yes" if text.strip() == "1" else "no"
            case "n":
                return str(int(float(text))) if _WHOLE.fullmatch(text.strip()) else text.strip()
            case _:
                return _unescaped(text)


def _joined(before: str, more: str) -> str:
    if len(before) + len(more) > LONGEST_CELL:
        raise refused(f"a cell holds more than {LONGEST_CELL:,} characters")
    return before + more


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text) else otherwise


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
