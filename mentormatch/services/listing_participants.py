"""Listing the participants of a programme, looked for and a page at a time."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from mentormatch.domain.certification import Certification
from mentormatch.domain.positions import Position
from mentormatch.domain.searches import Order, Wanted
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant
from mentormatch.persistence.repositories.participants import kept_signups
from mentormatch.persistence.repositories.searching import count_people, find_people, sites_of
from mentormatch.spreadsheets.signups import write_signups

PAGE_SIZE: Final = 100
EXPORTED: Final = (SignupState.ACTIVE, SignupState.PAUSED)
"""Whoever is in the programme: an address that nobody confirmed is not exported, nor who has left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One participant in the list."""

    id: int
    name: str
    email: str
    organisation: str
    site: str
    position_aimed_at: Position
    offers_mentoring: bool
    capacity: int
    wants_mentor: bool
    certification_pursued: Certification
    state: SignupState
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """One page of the people found, among `in_all` who ever signed up."""

    wanted: Wanted
    lines: tuple[PersonLine, ...]
    found: int
    in_all: int
    page: int
    sites: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.found // PAGE_SIZE))

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter leaves anybody out on purpose."""
        return replace(self.wanted, order=Order.NAME, descending=False) != Wanted()


class ListingParticipants:
    """Answers who is in a programme."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def page(self, programme_id: int, wanted: Wanted, page: int) -> PeoplePage:
        """Return a page of the people looked for; a page beyond the last one is the last one."""
        with self._transactions.reading() as session:
            found = count_people(session, programme_id, wanted)
            at = min(page, max(1, -(-found // PAGE_SIZE)))
            rows = find_people(session, programme_id, wanted, skip=(at - 1) * PAGE_SIZE, most=PAGE_SIZE)
            return PeoplePage(
                wanted=wanted,
                lines=tuple(map(_line, rows)),
                found=found,
                in_all=count_people(session, programme_id, Wanted()),
                page=at,
                sites=sites_of(session, programme_id),
            )

    def spreadsheet(self, programme_id: int) -> bytes:
        """Return everybody who is in the programme as CSV in the columns that the import reads."""
        with self._transactions.reading() as session:
            kept = kept_signups(session, programme_id)
        return write_signups(one.signup for one in kept if one.state in EXPORTED)


def _line(row: Participant) -> PersonLine:
    return PersonLine(
        id=row.id,
        name=row.name,
        email=row.email,
        organisation=row.organisation,
        site=row.site,
        position_aimed_at=row.position_aimed_at,
        offers_mentoring=row.offers_mentoring,
        capacity=row.capacity,
        wants_mentor=row.wants_mentor,
        certification_pursued=row.certification_pursued,
        state=row.state,
        updated_at=row.updated_at,
    )
