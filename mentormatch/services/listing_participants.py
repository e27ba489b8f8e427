"""Listing the participants of a programme, looked for and a page at a time."""

from dataclasses import dataclass
from datetime import datetime

from mentormatch.domain.certification import Certification
from mentormatch.domain.positions import Position
from mentormatch.domain.searches import PAGE_SIZES, Wanted
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant
from mentormatch.persistence.repositories.programmes import programme_of
from mentormatch.persistence.repositories.searching import count_people, find_people, people_wanted, sites_of


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
    certification_held: Certification
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
    size: int
    sites: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.found // self.size))

    @property
    def first(self) -> int:
        """The number of the first person on this page, counted from 1."""
        return (self.page - 1) * self.size + 1


class ListingParticipants:
    """Answers who is in a programme."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def page(self, programme_id: int, wanted: Wanted, page: int = 1, size: int = PAGE_SIZES[-1]) -> PeoplePage:
        """Return a page of the people looked for; a page beyond the last one is the last one."""
        with self._transactions.reading() as session:
            programme = programme_of(session, programme_id)
            who = people_wanted(programme, wanted)
            found = count_people(session, who)
            at = min(page, max(1, -(-found // size)))
            rows = find_people(session, who, wanted, skip=(at - 1) * size, most=size)
            return PeoplePage(
                wanted=wanted,
                lines=tuple(map(_line, rows)),
                found=found,
                in_all=count_people(session, people_wanted(programme, Wanted())) if wanted.is_narrowed else found,
                page=at,
                size=size,
                sites=sites_of(session, programme_id),
            )


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
        certification_held=row.certification_held,
        certification_pursued=row.certification_pursued,
        state=row.state,
        updated_at=row.updated_at,
    )
