"""The first sheet of an XLSX workbook as lines of cells, read in one pass under bounds that no file can get past."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from mentormatch.spreadsheets.sheets import Attributes, Reader, SharedTexts, Sheet, refused

SIGNATURE: Final = b"PK\x03\x04"
MOST_PARTS: Final = 200
MOST_UNPACKED: Final = 50 * 1024 * 1024
MOST_ELEMENTS: Final = 2_000_000
_CHUNK: Final = 64 * 1024
_UNPACKED_BIT_BY_BIT: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NO_SHEET: Final = "the workbook has no sheet that can be read"


def first_sheet(data: bytes, most_rows: int) -> list[list[str]]:
    """Return the cells of a workbook's first sheet by row, one line for each up to the last that holds anything.

    Raises InputRefused when it cannot be read, or holds more than the bounds allow.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MOST_PARTS:
                raise refused("the workbook has too many parts")
            book = _Book(archive)
            sheet = Sheet(book.shared_texts(), most_rows)
            _parse(book.pieces(book.first_sheet()), sheet)
            return sheet.lines
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as broken:
        raise refused("the file is not a workbook that can be opened; save it as XLSX or CSV again") from broken
    except expat.ExpatError as broken:
        raise refused("a sheet of the workbook cannot be read; save it as XLSX or CSV again") from broken


class _Book:
    """The parts of one archive, unpacked piece by piece and counted while they are, whatever their headers claim."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._unpacked = 0

    def pieces(self, name: str) -> Iterator[bytes]:
        if self._archive.getinfo(name).compress_type not in _UNPACKED_BIT_BY_BIT:
            raise refused("the workbook is packed in an unusual way; save it as XLSX or CSV again")
        with self._archive.open(name) as part:
            while piece := part.read(_CHUNK):
                self._unpacked += len(piece)
                if self._unpacked > MOST_UNPACKED:
                    raise refused(f"the workbook holds more than {MOST_UNPACKED // 1024 // 1024} MiB")
                yield piece

    def first_sheet(self) -> str:
        """Return the name of the part that holds the first sheet."""
        wanted = self._attributes("xl/workbook.xml", "sheet")
        found = self._attributes("xl/_rels/workbook.xml.rels", "Relationship")
        if not wanted:
            raise refused(_NO_SHEET)
        identity = next((value for key, value in wanted[0].items() if key.split(":")[-1] == "id"), "")
        target = next((one.get("Target", "") for one in found if one.get("Id") == identity), "")
        name = posixpath.normpath(posixpath.join("xl", target)) if not target.startswith("/") else target[1:]
        if name not in self._archive.namelist():
            raise refused(_NO_SHEET)
        return name

    def shared_texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._archive.namelist():
            return []
        reader = SharedTexts()
        _parse(self.pieces("xl/sharedStrings.xml"), reader)
        return reader.texts

    def _attributes(self, name: str, element: str) -> list[dict[str, str]]:
        reader = Attributes(element)
        _parse(self.pieces(name), reader)
        return reader.found


def _parse(pieces: Iterator[bytes], reader: Reader) -> None:
    seen = 0

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal seen
        seen += 1
        if seen > MOST_ELEMENTS:
            raise refused("the workbook holds too much")
        reader.start(name.rpartition(":")[2], given)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_declarations
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: reader.end(name.rpartition(":")[2])
    parser.CharacterDataHandler = reader.text
    for piece in pieces:
        parser.Parse(piece, False)  # noqa: FBT003 -- expat takes no names
    parser.Parse(b"", True)  # noqa: FBT003 -- as above


def _no_declarations(*_: object) -> None:
    raise refused("the workbook declares entities, which no spreadsheet needs")
