"""Field types that serve forms, spreadsheets and JSON alike, each with a bound and a sentence for what is wrong."""

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import Any, Final, Generic, TypeVar
from zoneinfo import available_timezones

from marshmallow import ValidationError, fields, missing

from mentormatch.domain.mailboxes import LONGEST_ADDRESS
from mentormatch.domain.sentences import said

MOST_LANGUAGES: Final = 10
_DIGITS: Final = re.compile(r"[0-9]{1,9}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)
_LONGEST_LOCAL_PART: Final = 64
_BIDI_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REFUSED_CATEGORIES: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


def is_printable(text: str, *, multiline: bool) -> bool:
    """Tell whether a text is free of control characters, surrogates, line separators and direction overrides."""
    allowed = "\n\t" if multiline else ""
    return all(
        sign in allowed or (unicodedata.category(sign) not in _REFUSED_CATEGORIES and sign not in _BIDI_CONTROLS)
        for sign in text
    )


_Value = TypeVar("_Value")
_Member = TypeVar("_Member", bound=StrEnum)
_UNANSWERED: Final[dict[str, str | list[Any] | dict[Any, Any]]] = {
    "required": said("Answer this."),
    "null": said("Answer this."),
}
"""Marshmallow's own words speak of fields and data; people read these instead."""


class Parsed(fields.Field[_Value], Generic[_Value]):
    """A field that turns one value into another with `_parse`; required unless it has a default."""

    def __init__(self, *, default: object = missing) -> None:
        super().__init__(required=default is missing, load_default=default, error_messages=_UNANSWERED)

    def _deserialize(self, value: object, *_: object, **__: object) -> _Value:
        return self._parse(value)

    def _parse(self, value: object) -> _Value:
        """Give the checked value, or raise marshmallow's ValidationError with a sentence for the person."""
        raise NotImplementedError


class Member(fields.Enum[_Member]):
    """One member of an enum, by its value; always required."""

    def __init__(self, enum: type[_Member]) -> None:
        super().__init__(enum, by_value=True, required=True, error_messages=_UNANSWERED)

    def make_error(self, key: str, **values: object) -> ValidationError:
        """Name the members a value must be one of; everything else as marshmallow says it."""
        if key == "unknown":
            return ValidationError(said("Must be one of: %(choices)s.", choices=values["choices"]))
        return super().make_error(key, **values)


class Text(Parsed[str]):
    """Text of at most `longest` characters, in NFC, without control characters; blank only where `blank` says so."""

    def __init__(self, *, longest: int, blank: bool = False, multiline: bool = False) -> None:
        super().__init__(default="" if blank else missing)
        self.longest, self.blank, self.multiline = longest, blank, multiline

    def _parse(self, value: object) -> str:
        if not isinstance(value, str):
            raise ValidationError(said("Must be text."))
        # A form sends CRLF; length is bounded before normalising, which can be slow and can lengthen a text.
        text = value.replace("\r\n", "\n") if self.multiline else value
        if len(text) > self.longest:
            raise ValidationError(said("Use at most %(most)s characters.", most=self.longest))
        if not is_printable(text, multiline=self.multiline):
            raise ValidationError(said("Contains a character that cannot be printed."))
        text = unicodedata.normalize("NFC", text).strip()
        if not text and not self.blank:
            raise ValidationError(said("Fill this in."))
        if len(text) > self.longest:
            raise ValidationError(said("Use at most %(most)s characters.", most=self.longest))
        return text


class WholeNumber(Parsed[int]):
    """A whole number from `lowest` to `highest`, as a number or in the digits 0 to 9 and nothing else."""

    def __init__(self, *, lowest: int = 0, highest: int, default: object = missing) -> None:
        super().__init__(default=default)
        self.lowest, self.highest = lowest, highest

    def _parse(self, value: object) -> int:
        number = _whole_number(value)
        if number is None or not self.lowest <= number <= self.highest:
            raise ValidationError(
                said("Must be a whole number from %(lowest)s to %(highest)s.", lowest=self.lowest, highest=self.highest)
            )
        return number


def _whole_number(value: object) -> int | None:
    if isinstance(value, str):
        # int() alone would take other scripts' digits and underscores.
        return int(value.strip(" ")) if _DIGITS.fullmatch(value.strip(" ")) else None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


class BlankableNumber(WholeNumber):
    """A whole number that may be left blank, which gives None."""

    def __init__(self, *, highest: int) -> None:
        super().__init__(highest=highest, default=None)

    def deserialize(self, value: object, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # marshmallow's signature
        """Read a blank cell as None, everything else as a whole number."""
        blank = isinstance(value, str) and not value.strip(" ")
        return super().deserialize(None if blank else value, *args, **kwargs)


class YesNo(Parsed[bool]):
    """An answer `yes` or `no`."""

    def _parse(self, value: object) -> bool:
        answer = value.strip(" ") if isinstance(value, str) else value
        if answer not in ("yes", "no"):
            raise ValidationError(said("Must be yes or no."))
        return bool(answer == "yes")


class Truth(Parsed[bool]):
    """A JSON true or false, and nothing that merely looks like one."""

    def _parse(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise ValidationError(said("Must be true or false."))
        return value


class EmailAddress(Text):
    """One address of an ordinary mailbox, as typed; a second recipient or a display name does not fit in."""

    def __init__(self, *, blank: bool = False) -> None:
        super().__init__(longest=LONGEST_ADDRESS, blank=blank)

    def _parse(self, value: object) -> str:
        text = super()._parse(value)
        if text and not is_address(text):
            raise ValidationError(said("Must be an email address like name@company.example."))
        return text


def is_address(text: str) -> bool:
    """Tell whether a text is one plain address; letters outside ASCII are refused, mail cannot carry them safely."""
    return bool(_ADDRESS.fullmatch(text)) and text.index("@") <= _LONGEST_LOCAL_PART


class TimeZone(Text):
    """The name of a time zone, such as Europe/Berlin."""

    def __init__(self) -> None:
        super().__init__(longest=64)

    def _parse(self, value: object) -> str:
        zone = super()._parse(value)
        if zone not in time_zones():
            raise ValidationError(said("Unknown time zone; give a name like Europe/Berlin."))
        return zone


@cache
def time_zones() -> frozenset[str]:
    """Name the time zones a person can live in."""
    return frozenset(available_timezones()) - {"localtime", "Factory", "posixrules"}


class Languages(Parsed[tuple[str, ...]]):
    """Language codes of two or three letters, separated by semicolons; a code given twice counts once."""

    def __init__(self) -> None:
        super().__init__()
        self.text = Text(longest=120)

    def _parse(self, value: object) -> tuple[str, ...]:
        text = self.text.deserialize(value)
        codes = [code.strip().lower() for code in text.strip("; ").split(";")]
        for code in codes:
            if not _LANGUAGE.fullmatch(code):
                raise ValidationError(
                    said("%(code)s is not a language code of two or three letters, such as en.", code=f"{code!r}")
                )
        if len(codes) > MOST_LANGUAGES:
            raise ValidationError(said("Give at most %(most)s languages.", most=MOST_LANGUAGES))
        return tuple(dict.fromkeys(codes))
