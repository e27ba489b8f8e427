"""Pairings and unpaired people as CSV."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from mentormatch.domain.errors import InputRefused
from mentormatch.domain.pairings import Reason, Serves, Side
from mentormatch.spreadsheets.tables import read_table, write_table


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingRow:
    """One pairing as a row; the fields are the columns."""

    mentor_email: str
    mentee_email: str
    coverage_points: int
    gap_points: int
    share_percent: int
    serves: Serves
    mentor_name: str
    mentee_name: str
    closes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpairedRow:
    """One person without a partner on one side as a row; the fields are the columns."""

    email: str
    side: Side
    reason: Reason
    candidate: str
    eligible_partners: int
    name: str


def write_pairings(rows: Iterable[PairingRow]) -> bytes:
    """Write pairings as CSV, ordered by the addresses."""
    ordered = sorted(rows, key=lambda row: (row.mentor_email, row.mentee_email))
    return write_table([field.name for field in fields(PairingRow)], map(astuple, ordered))


def read_pairings(data: bytes) -> tuple[tuple[str, str], ...]:
    """Read the addresses of each pairing's mentor and mentee from what `write_pairings` wrote.

    Raises InputRefused when the file or a row cannot be read.
    """
    rows, faults = read_table(data, [field.name for field in fields(PairingRow)])
    if faults:
        raise InputRefused(faults)
    return tuple((row.cells["mentor_email"], row.cells["mentee_email"]) for row in rows)


def write_unpaired(rows: Iterable[UnpairedRow]) -> bytes:
    """Write the unpaired as CSV, ordered by address and side."""
    ordered = sorted(rows, key=lambda row: (row.email, row.side))
    return write_table([field.name for field in fields(UnpairedRow)], map(astuple, ordered))
