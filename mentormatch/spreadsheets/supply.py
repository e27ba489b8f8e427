"""Supply and demand as a file, one competency to a row."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from mentormatch.domain.competencies import Competency
from mentormatch.spreadsheets.tables import FileKind, write_file


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyRow:
    """One competency as a row; the fields are the columns."""

    competency: Competency
    places_at_3: int
    places_at_4: int
    gap_of_1: int
    gap_of_2: int
    gap_of_3_or_4: int
    people_with_a_gap: int
    aiming_at_4: int
    gap_points: int
    places_short: int
    places_at_4_short: int


def write_supply(rows: Iterable[SupplyRow], kind: FileKind) -> bytes:
    """Write the rows in the order in which they come."""
    return write_file(kind, [field.name for field in fields(SupplyRow)], map(astuple, rows))
