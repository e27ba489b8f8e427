"""Sign-ups as files: read whole or refused with every fault by row and column, and written so that they read back."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from marshmallow import ValidationError

from mentormatch.domain.errors import Fault, InputRefused
from mentormatch.domain.signups import Signup
from mentormatch.schemas.signup import RATING_KEYS, SignupSchema, answers_of
from mentormatch.spreadsheets.tables import FileKind, Row, read_table, write_file, write_table

SIGNUP_COLUMNS: Final = (
    "email",
    "name",
    "organisation",
    "site",
    "time_zone",
    "languages",
    "manager_email",
    "position",
    "position_aimed_at",
    "offers_mentoring",
    "capacity",
    "wants_mentor",
    "certification_held",
    "certification_pursued",
    "mentorships_completed",
    *RATING_KEYS,
)


def read_signups(data: bytes) -> tuple[Signup, ...]:
    """Read every sign-up of a file, or raise InputRefused with all that is wrong, by row and column."""
    return tuple(signup for _, signup in read_numbered_signups(data))


def read_numbered_signups(data: bytes) -> tuple[tuple[int, Signup], ...]:
    """Read as `read_signups` does, each sign-up with the number of its row as a spreadsheet shows it."""
    rows, faults = read_table(data, SIGNUP_COLUMNS)
    schema = SignupSchema()
    signups: list[tuple[int, Signup]] = []
    found = list(faults)
    for row in rows:
        try:
            signups.append((row.number, schema.load(row.cells)))
        except ValidationError as error:
            found += _faults_of(row, error)
    found += _doubles(signups)
    if found:
        raise InputRefused(sorted(found, key=lambda fault: (fault.row or 0, _place(fault.column))))
    return tuple(signups)


def write_faults(faults: Iterable[Fault]) -> bytes:
    """Write what is wrong with a file as CSV, one fault to a row."""
    rows = ((str(fault.row or ""), fault.column or "", fault.message) for fault in faults)
    return write_table(("row", "column", "fault"), rows)


def write_signups(signups: Iterable[Signup], kind: FileKind = FileKind.CSV) -> bytes:
    """Write sign-ups in the columns that `read_signups` reads; what a person hopes for is not among them."""
    answers = (answers_of(signup) for signup in signups)
    return write_file(kind, SIGNUP_COLUMNS, ([answer[column] for column in SIGNUP_COLUMNS] for answer in answers))


def _faults_of(row: Row, error: ValidationError) -> Iterator[Fault]:
    for column, messages in error.messages_dict.items():
        yield Fault(row.number, column, " ".join(messages))


def _doubles(signups: Sequence[tuple[int, Signup]]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for number, signup in signups:
        earlier = first.setdefault(signup.mailbox, number)
        if earlier != number:
            yield Fault(number, "email", f"Is the same mailbox as in row {earlier}.")


def _place(column: str | None) -> int:
    return SIGNUP_COLUMNS.index(column) if column in SIGNUP_COLUMNS else -1
