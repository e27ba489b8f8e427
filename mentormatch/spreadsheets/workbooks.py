"""Tables written as XLSX workbooks: one sheet, a header that stays in view, and never a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mentormatch.spreadsheets.cells import guarded

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_ALWAYS: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The same table is the same file, whenever it is written."""
_NOT_IN_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDEST: Final = 48


def write_workbook(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Write a workbook of one sheet; text cells are guarded and typed as text, whole numbers stay numbers."""
    kept = [tuple(columns), *map(tuple, rows)]
    out = io.BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties({"created": _ALWAYS})
    sheet, bold = book.add_worksheet("Table"), book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(kept) - 1, len(columns) - 1)
    for at, width in enumerate(_widths(kept)):
        sheet.set_column(at, at, width)
    for number, row in enumerate(kept):
        _write_row(sheet, number, row, None if number else bold)
    book.close()
    return out.getvalue()


def _widths(rows: Sequence[Sequence[str | int]]) -> list[int]:
    seen = rows[:200]
    return [min(_WIDEST, max(len(str(row[at])) for row in seen) + 3) for at in range(len(rows[0]))]


def _write_row(sheet: Worksheet, number: int, row: Sequence[str | int], style: Format | None) -> None:
    for at, cell in enumerate(row):
        if isinstance(cell, int):
            sheet.write_number(number, at, cell, style)
        elif cell:
            _write_text(sheet, number, at, _NOT_IN_XML.sub("\ufffd", guarded(cell)), style)


def _write_text(sheet: Worksheet, number: int, at: int, text: str, style: Format | None) -> None:
    if text.startswith("<r>") and text.endswith("</r>"):
        # What looks like the library's own mark of runs would be written unescaped; real runs are escaped.
        sheet.write_rich_string(number, at, "<", "r>", text[3:], *([style] if style else []))
    else:
        sheet.write_string(number, at, text, style)
