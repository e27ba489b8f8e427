"""Tables as CSV or XLSX: reading bytes into rows under named bounds, writing rows of guarded cells."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mentormatch.domain.errors import Fault, InputRefused
from mentormatch.domain.sentences import said
from mentormatch.spreadsheets.cells import guarded, unguarded
from mentormatch.spreadsheets.opening_workbooks import SIGNATURE, first_sheet
from mentormatch.spreadsheets.sheets import refused
from mentormatch.spreadsheets.workbooks import write_workbook

LARGEST_FILE: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 5_000
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileKind(StrEnum):
    """The kinds of file that a table can be handed out as."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number as a spreadsheet shows it, and its cells by column."""

    number: int
    cells: dict[str, str]


def read_table(data: bytes, columns: Sequence[str]) -> tuple[tuple[Row, ...], tuple[Fault, ...]]:
    """Read the rows of a CSV or XLSX file that has exactly these columns, in any order, and what is wrong with rows.

    Raises InputRefused when the file as a whole cannot be read.
    """
    lines = _cells(data)
    header = [cell.strip() for cell in lines[0]] if lines else []
    if faults := tuple(_faults_of_header(header, columns)):
        raise InputRefused(faults)
    filled = [(number, cells) for number, cells in enumerate(lines[1:], start=2) if any(c.strip() for c in cells)]
    if len(filled) > MOST_ROWS:
        raise InputRefused([Fault(None, None, said("the file has more than %(most)s rows", most=f"{MOST_ROWS:,}"))])
    faults = tuple(
        Fault(
            number,
            None,
            said("has %(cells)s cells where the header has %(columns)s", cells=len(cells), columns=len(header)),
        )
        for number, cells in filled
        if len(cells) != len(header)
    )
    rows = tuple(
        Row(number, dict(zip(header, map(unguarded, cells), strict=True)))
        for number, cells in filled
        if len(cells) == len(header)
    )
    return rows, faults


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Write a CSV file in UTF-8; text cells are guarded, whole numbers are left as they are."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell if isinstance(cell, int) else guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def write_file(kind: FileKind, columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Write a table as the kind of file that is asked for."""
    return write_workbook(columns, rows) if kind is FileKind.XLSX else write_table(columns, rows)


def _cells(data: bytes) -> list[list[str]]:
    if len(data) > LARGEST_FILE:
        raise refused(f"the file is larger than {LARGEST_FILE // 1024 // 1024} MiB")
    if data.startswith(_OLD_WORKBOOK):
        raise refused("this is a workbook of the old kind or one with a password; save it as XLSX or CSV")
    if not data.startswith(SIGNATURE):
        return list(_lines(_text(data)))
    lines = first_sheet(data, MOST_ROWS)
    # A sheet leaves out the empty cells at the end of a row, where a CSV file counts them.
    width = len(lines[0]) if lines else 0
    return [line + [""] * (width - len(line)) for line in lines]


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise InputRefused([Fault(row, None, said("the file is not in UTF-8; save it as CSV UTF-8"))]) from error
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise InputRefused([Fault(row, None, said("the file contains a NUL byte; it is not a CSV file"))])
    return text


def _lines(text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):  # noqa: B007  # the number names the row of an error
            yield cells
    except csv.Error as error:
        raise InputRefused(
            [Fault(number + 1, None, said("the file is not well-formed CSV: %(error)s", error=error))]
        ) from error


def _faults_of_header(header: Sequence[str], columns: Sequence[str]) -> Iterator[Fault]:
    if not any(header):
        yield Fault(1, None, said("the first row must name the columns"))
    elif len(header) == 1 and ";" in header[0]:
        yield Fault(1, None, said("the columns must be separated by commas, not by semicolons"))
    else:
        times = Counter(header)
        yield from (Fault(1, column, said("this column is missing")) for column in columns if column not in times)
        yield from (
            Fault(1, column or "(blank)", said("this column is unknown")) for column in times if column not in columns
        )
        yield from (Fault(1, column, said("this column appears twice")) for column in columns if times[column] > 1)
