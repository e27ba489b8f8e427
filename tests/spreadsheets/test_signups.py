"""Sign-ups as CSV: read back as written, and refused whole with every fault by row and column."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import InputRefused
from mentormatch.domain.signups import Signup
from mentormatch.spreadsheets.signups import SIGNUP_COLUMNS, read_signups, write_signups
from mentormatch.spreadsheets.tables import LARGEST_FILE, MOST_ROWS
from tests.builders.people import both, candidate, mentee, mentor

PEOPLE = (mentee(), mentor(), candidate(manager_email="omar@firm.example"), both(targets={Competency.FLOW_PULL: 4}))
names = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], codec="utf-8"), min_size=1, max_size=60).filter(
    str.strip
)


def cells(**changed: str) -> list[dict[str, str]]:
    """Return the rows of a good file, the first of them changed."""
    rows = list(csv.DictReader(io.StringIO(write_signups(PEOPLE).decode())))
    return [rows[0] | changed, *rows[1:]]


def written(rows: list[dict[str, str]], columns: tuple[str, ...] = SIGNUP_COLUMNS) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def faults_of(data: bytes) -> list[tuple[int | None, str | None]]:
    with pytest.raises(InputRefused) as refused:
        read_signups(data)
    return [(fault.row, fault.column) for fault in refused.value.faults]


def test_a_written_file_reads_back_to_the_same_people() -> None:
    assert read_signups(write_signups(PEOPLE)) == PEOPLE


@settings(max_examples=150, deadline=None)
@given(names, names)
def test_writing_what_was_read_is_a_fixed_point_for_any_name(name: str, site: str) -> None:
    once = write_signups(read_signups(write_signups([mentee(name=name, site=site)])))

    assert write_signups(read_signups(once)) == once


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+Ada", "-Bo", "@Cy", "＝Di", "'=Ed", "''@Flo", "'Gus"])
def test_a_name_that_looks_like_a_formula_survives_the_round_trip(name: str) -> None:
    [signup] = read_signups(write_signups([mentee(name=name)]))

    assert signup.name == name


def test_a_negative_looking_address_keeps_its_sign() -> None:
    person = mentee(email="-mei@firm.example")

    assert b"'-mei@firm.example" in write_signups([person])
    assert read_signups(write_signups([person])) == (person,)


def test_a_file_may_begin_with_a_byte_order_mark_and_have_its_columns_in_any_order() -> None:
    data = b"\xef\xbb\xbf" + written(cells(), SIGNUP_COLUMNS[::-1])

    assert read_signups(data) == PEOPLE


def test_empty_rows_are_skipped_and_still_counted() -> None:
    header, first, *rest = write_signups(PEOPLE).decode().splitlines(keepends=True)
    broken = rest[0].replace(",yes,", ",perhaps,", 1)

    assert faults_of((header + "\n" + first + "," * (len(SIGNUP_COLUMNS) - 1) + "\n" + broken).encode()) == [
        (5, "offers_mentoring")
    ]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        *[("capacity", cell) for cell in ("-1", "6", "1_0", "٣", "1.0", "1e1", "infinity", "nan", "+1", "²", "one")],
        *[("flow_pull", cell) for cell in ("", "5", "3.7", "٣", "x", "99999999999999999999")],
        *[("flow_pull_target", cell) for cell in ("5", "-1", "２")],
        *[("mentorships_completed", cell) for cell in ("", "100", "0x1", "1 0")],
        *[
            ("email", cell)
            for cell in ("", "mei", "a@b", "a b@c.example", "a@b.example, v@c.example", "é@firm.example")
        ],
        *[
            ("email", cell)
            for cell in ("Mei <mei@firm.example>", "a@-b.example", ".a@b.example", f"{'a' * 250}@b.example")
        ],
        *[("manager_email", cell) for cell in ("boss", "mei@firm.example", "MEI@firm.example")],
        *[("name", cell) for cell in ("", "  ", "x" * 121, "a\x07b", "a\u202eb", "a\u2028b", "a\nb")],
        *[("time_zone", cell) for cell in ("", "Mars/Olympus", "europe/berlin", "../etc/passwd", "localtime")],
        *[("languages", cell) for cell in ("", ";", "english", "e", "en;;de", "en,de", "é1")],
        *[("position", cell) for cell in ("", "boss", "Corporate")],
        *[("certification_pursued", cell) for cell in ("", "platinum")],
        *[("wants_mentor", cell) for cell in ("", "YES", "1", "true", "no")],
        *[("offers_mentoring", cell) for cell in ("ja", "0")],
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(column: str, cell: str) -> None:
    assert (2, column) in faults_of(written(cells(**{column: cell})))


def test_every_fault_of_every_row_is_listed_in_order() -> None:
    rows = cells(name="", capacity="9")
    rows[2] |= {"site": "", "flow_pull": "7"}

    assert faults_of(written(rows)) == [(2, "name"), (2, "capacity"), (4, "site"), (4, "flow_pull")]


def test_places_without_an_offer_and_an_offer_without_places_are_refused() -> None:
    rows = cells(capacity="2")
    rows[1] |= {"capacity": ""}

    assert faults_of(written(rows)) == [(2, "capacity"), (3, "capacity")]


def test_the_same_mailbox_twice_is_refused_however_it_is_typed() -> None:
    twice = write_signups([*PEOPLE, replace(PEOPLE[0], email="MEI@Firm.example")])

    assert faults_of(twice) == [(6, "email")]


def test_a_row_of_another_length_is_named() -> None:
    data = write_signups(PEOPLE).decode().splitlines()

    assert faults_of("\n".join([*data[:2], data[2] + ",more"]).encode()) == [(3, None)]


def change_header(old: str, new: str) -> Callable[[], bytes]:
    return lambda: write_signups(PEOPLE).replace(old.encode(), new.encode(), 1)


@pytest.mark.parametrize(
    ("file", "column"),
    [
        (change_header("email,", ""), "email"),
        (change_header("site,", "site,site,"), "site"),
        (change_header("site,", "sight,"), "sight"),
        (change_header("site,", ","), "(blank)"),
        (lambda: b"", None),
        (lambda: b"\n\n", None),
        (lambda: write_signups(PEOPLE).replace(b",", b";"), None),
    ],
    ids=["missing", "twice", "unknown", "blank", "empty", "only lines", "semicolons"],
)
def test_a_bad_header_is_named(file: Callable[[], bytes], column: str | None) -> None:
    assert (1, column) in faults_of(file())


@pytest.mark.parametrize(
    "data",
    [
        write_signups(PEOPLE) + b"\xff\xfe",
        write_signups(PEOPLE).decode().encode("utf-16"),
        write_signups([mentee(name="Zoë")]).decode().encode("latin-1"),
        write_signups(PEOPLE) + b"\0",
        write_signups(PEOPLE) + b'"open',
        b"x" * (LARGEST_FILE + 1),
        b'"' + b"x" * 1_000_000,
        write_signups([mentee()] * (MOST_ROWS + 1)),
        bytes(range(256)) * 40,
    ],
    ids=["bytes", "utf-16", "latin-1", "nul", "open quote", "too large", "huge cell", "too many rows", "binary"],
)
def test_a_file_that_is_no_such_table_is_refused_whole(data: bytes) -> None:
    assert len(faults_of(data)) >= 1


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_or_read_but_never_a_surprise(data: st.DataObject) -> None:
    content = bytearray(write_signups(PEOPLE))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    try:
        read: tuple[Signup, ...] = read_signups(bytes(content))
    except InputRefused:
        return

    assert read_signups(write_signups(read)) == read
