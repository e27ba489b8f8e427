"""Tables written as workbooks and read back, and workbooks of other programs."""

import io
import warnings
import zipfile

import openpyxl
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from mentormatch.spreadsheets.opening_workbooks import first_sheet
from mentormatch.spreadsheets.workbooks import write_workbook
from tests.spreadsheets.sheets import repacked

printable = st.text(st.characters(exclude_categories=["Cc", "Cs"], codec="utf-8"), max_size=40)


def seen_by_another_program(data: bytes) -> list[list[object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_another_program_reads_what_was_written() -> None:
    data = write_workbook(("name", "points"), [("Zoë & <Bo>", 12), ("", -5), ("line\nbreak", 0)])

    assert seen_by_another_program(data) == [["name", "points"], ["Zoë & <Bo>", 12], [None, -5], ["line\nbreak", 0]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1"])
def test_no_text_becomes_a_formula_and_no_number_a_text(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook(("a", "b"), [(text, -1)]))).active

    (text_cell, number_cell) = tuple(sheet.iter_rows())[1]
    assert (text_cell.data_type, text_cell.value[0], number_cell.data_type, number_cell.value) == ("s", "'", "n", -1)


@given(printable)
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    text = f"x{text}x"  # whatever stands first may need a guard, which is not this test's

    assert first_sheet(write_workbook(("a",), [(text,)]), 9) == [["a"], [text]]


@pytest.mark.parametrize("text", ["x_x0041_", "_x005F_", "_x0041", "a_b"])
def test_what_looks_like_an_escape_is_only_text(text: str) -> None:
    assert first_sheet(write_workbook(("a",), [(text,)]), 9) == [["a"], [text]]


def test_the_same_table_is_the_same_file_at_any_time() -> None:
    with time_machine.travel("2026-11-22", tick=False):
        one = write_workbook(("a",), [("b",)])
    with time_machine.travel("2031-02-03", tick=False):
        assert write_workbook(("a",), [("b",)]) == one


@pytest.mark.parametrize("text", ["<r></r>", "<r><t>a</t></r>", "<r>&</r>", "https://firm.example", "007", "1e9"])
def test_marks_addresses_and_figures_are_only_text(text: str) -> None:
    data = write_workbook((text,), [(text,)])

    assert seen_by_another_program(data) == first_sheet(data, 9) == [[text], [text]]


def of_another_program(*rows: tuple[object, ...]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.create_sheet("Second").append(("not read",))
    book.save(out)
    return out.getvalue()


def test_a_workbook_of_another_program_is_read_cell_by_cell() -> None:
    data = of_another_program(("name", "level", "wants", "text"), ("Mei", 3, True, None), (), ("Bo", 2.0, False, "="))

    assert first_sheet(data, 9) == [
        ["name", "level", "wants", "text"],
        ["Mei", "3", "yes"],
        [],
        ["Bo", "2", "no", "="],
    ]


def test_a_text_in_several_runs_is_one_text_and_its_reading_is_left_out() -> None:
    shared = "<sst><si><r><t>Mei </t></r><r><t>Tanaka</t></r><rPh><t>メイ</t></rPh></si></sst>"
    data = repacked(write_workbook(("a",), []), '<c r="A1" t="s"><v>0</v></c>', shared)

    assert first_sheet(data, 9) == [["Mei Tanaka"]]


def test_the_result_of_a_formula_is_read() -> None:
    cells = '<c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="C1"><f>1+2</f><v>3</v></c>'

    assert first_sheet(repacked(write_workbook(("a",), []), cells), 9) == [["ab", "", "3"]]


def test_a_workbook_names_its_first_sheet_itself() -> None:
    data = of_another_program(("first",))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"sheet1.xml", b"tabelle.xml")
            new.writestr(name.replace("sheet1.xml", "tabelle.xml"), content)

    assert first_sheet(out.getvalue(), 9) == [["first"]]
