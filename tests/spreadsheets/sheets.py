"""Workbooks with parts that no spreadsheet program would write."""

import io
import zipfile


def repacked(data: bytes, cells: str, shared: str = "", *, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the workbook with these cells in its one row, and these shared texts."""
    return with_sheet(data, f'<worksheet><sheetData><row r="1">{cells}</row></sheetData></worksheet>', shared, how=how)


def with_sheet(data: bytes, sheet: str, shared: str = "", *, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the workbook with another sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", how) as new:
        for name in old.namelist():
            if shared and name == "xl/sharedStrings.xml":
                continue
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
        if shared:
            new.writestr("xl/sharedStrings.xml", shared)
    return out.getvalue()
