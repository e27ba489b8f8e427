"""Workbooks that are made to do harm, or are none, are refused by name before they cost anything."""

import contextlib
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentormatch.domain.errors import InputRefused
from mentormatch.spreadsheets import opening_workbooks
from mentormatch.spreadsheets.opening_workbooks import first_sheet
from mentormatch.spreadsheets.workbooks import write_workbook
from tests.spreadsheets.sheets import repacked, with_sheet

GOOD = write_workbook(("a", "b"), [("c", 1)])
TEXT = '<c r="A1" t="inlineStr"><is>{}</is></c>'


def refusal(data: bytes) -> str:
    with pytest.raises(InputRefused) as refused:
        first_sheet(data, 5)
    return str(refused.value)


def far_away() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["XFD1048576"] = "x"
    book.save(out)
    return out.getvalue()


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(201):
            archive.writestr(f"part{n}", "")
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (far_away, "more than 100 columns"),
        (lambda: with_sheet(GOOD, "<worksheet>" + "<row><c><v>1</v></c></row>" * 7), "more than 5 rows"),
        (lambda: repacked(GOOD, '<c r="A9"><v>1</v></c>'), "more than 5 rows"),
        (lambda: repacked(GOOD, "<c><v>1</v></c>" * 101), "more than 100 columns"),
        (lambda: repacked(GOOD, TEXT.format("<t>" + "x" * 32_768 + "</t>")), "more than 32,767 characters"),
        (lambda: repacked(GOOD, TEXT.format("<t>xx</t>" * 20_000)), "more than 32,767 characters"),
        (lambda: repacked(GOOD, "", "<sst><si>" + "<t>xx</t>" * 20_000), "more than 32,767 characters"),
        (lambda: with_sheet(GOOD, '<!DOCTYPE a [<!ENTITY a "aa">]><worksheet>&a;</worksheet>'), "declares entities"),
        (lambda: with_sheet(GOOD, "<worksheet><row></worksheet>"), "cannot be read"),
        (lambda: repacked(GOOD, "<c/>", how=zipfile.ZIP_BZIP2), "unusual way"),
        (lambda: repacked(GOOD, "<c/>", how=zipfile.ZIP_LZMA), "unusual way"),
        (many_parts, "too many parts"),
        (lambda: GOOD[:-30], "not a workbook"),
        (lambda: b"PK\x03\x04" + bytes(99), "not a workbook"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_goes_beyond_a_bound_is_refused(make: Callable[[], bytes], told: str) -> None:
    assert told in refusal(make())


def test_what_unpacks_to_too_much_is_refused_while_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening_workbooks, "MOST_UNPACKED", 1024**2)

    assert "holds more than 1 MiB" in refusal(with_sheet(GOOD, "<worksheet>" + " " * 2 * 1024**2))


def test_elements_that_hold_nothing_are_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening_workbooks, "MOST_ELEMENTS", 1_000)

    assert "holds too much" in refusal(with_sheet(GOOD, "<worksheet>" + "<row/>" * 1_001))


def test_empty_rows_far_down_do_no_harm() -> None:
    assert first_sheet(with_sheet(GOOD, '<worksheet><row r="1048576"><c r="A1048576"/></row></worksheet>'), 5) == []


@settings(max_examples=200)
@given(st.integers(0, len(GOOD) - 1), st.binary(max_size=3))
def test_a_damaged_workbook_is_read_or_refused_and_never_fails(at: int, instead: bytes) -> None:
    with contextlib.suppress(InputRefused):
        assert first_sheet(GOOD[:at] + instead + GOOD[at + 1 :], 5) is not None
