"""The list of participants as a file: what the page shows of each person, one to a row."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from mentormatch.domain.certification import Certification
from mentormatch.domain.positions import Position
from mentormatch.domain.signups import SignupState
from mentormatch.spreadsheets.tables import FileKind, write_file


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """One person as a row; the fields are the columns."""

    email: str
    name: str
    organisation: str
    site: str
    position: Position
    position_aimed_at: Position
    places: int
    wants_mentor: str
    certification_held: Certification
    certification_pursued: Certification
    mentorships_completed: int
    state: SignupState
    changed: str


def write_listed(rows: Iterable[ListedRow], kind: FileKind) -> bytes:
    """Write the rows in the order in which they come."""
    return write_file(kind, [field.name for field in fields(ListedRow)], map(astuple, rows))
