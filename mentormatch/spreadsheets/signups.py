"""Sign-ups as files: read whole or refused with every fault by row and column, and written so that they read back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from marshmallow import ValidationError

from mentormatch.domain.errors import Fault, InputRefused
from mentormatch.domain.sentences import said
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


@dataclass(frozen=True, slots=True)
class Reading:
    """The good rows of a file by their numbers, and everything that is wrong with the others."""

    numbered: tuple[tuple[int, Signup], ...]
    faults: tuple[Fault, ...]


def read_signups(data: bytes) -> tuple[Signup, ...]:
    """Read every sign-up of a file, or raise InputRefused with all that is wrong, by row and column."""
    return tuple(signup for _, signup in read_numbered_signups(data))


def read_numbered_signups(data: bytes) -> tuple[tuple[int, Signup], ...]:
    """Read as `read_signups` does, each sign-up with the number of its row as a spreadsheet shows it."""
    reading = look_through(data)
    if reading.faults:
        raise InputRefused(reading.faults)
    return reading.numbered


def look_through(data: bytes) -> Reading:
    """Read what can be read of a file, with everything that is wrong with the rest; InputRefused only as a whole."""
    rows, faults = read_table(data, SIGNUP_COLUMNS)
    schema = SignupSchema()
    signups: list[tuple[int, Signup]] = []
    found = list(faults)
    for row in rows:
        try:
            signups.append((row.number, schema.load(row.cells)))
        except ValidationError as error:
            found += _faults_of(row, error)
    doubles = tuple(_doubles(signups))
    found = sorted([*found, *doubles], key=lambda fault: (fault.row or 0, _place(fault.column)))
    again = {fault.row for fault in doubles}
    return Reading(tuple(one for one in signups if one[0] not in again), tuple(found))


def write_faults(errors: Iterable[Fault], warnings: Iterable[Fault] = ()) -> bytes:
    """Write what is wrong with a file, and what looks strange in it, as CSV: one fault to a row."""
    kinds = ((fault, kind) for faults, kind in ((errors, "error"), (warnings, "warning")) for fault in faults)
    rows = ((str(fault.row or ""), fault.column or "", fault.message, kind) for fault, kind in kinds)
    return write_table(("row", "column", "fault", "kind"), rows)


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
            yield Fault(number, "email", said("Is the same mailbox as in row %(earlier)s.", earlier=earlier))


def _place(column: str | None) -> int:
    return SIGNUP_COLUMNS.index(column) if column in SIGNUP_COLUMNS else -1
