"""Reading the audit trail of a programme: who did what, to whom, when and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from mentormatch.domain.actors import ActorKind
from mentormatch.domain.sentences import said
from mentormatch.domain.trails import Subject, TrailSearch
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry
from mentormatch.persistence.repositories import trails
from mentormatch.persistence.repositories.programmes import programme_of

PAGE_SIZE: Final = 100
ERASED: Final = said("erased person")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One row of the trail; `people` are names, the mentor before the mentee, and `round_number` where it has one."""

    at: datetime
    by: str
    subject: Subject
    people: tuple[str, ...]
    person_id: int | None
    """The participant, where the row is about exactly one."""
    round_number: int | None
    old_state: str
    new_state: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPage:
    """One page of the rows found, the newest first."""

    search: TrailSearch
    lines: tuple[TrailLine, ...]
    found: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.found // PAGE_SIZE))

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter leaves anything out."""
        return self.search != TrailSearch()


@dataclass(frozen=True, slots=True)
class _Names:
    people: Mapping[trails.Thing, tuple[int, ...]]
    names: Mapping[int, str]
    accounts: Mapping[int, str]
    rounds: Mapping[trails.Thing, int | None]
    numbers: Mapping[int, int]


class ReadingTrail:
    """Answers who changed what; rows hold ids alone, and names are put to them only here."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def page(self, programme_id: int, search: TrailSearch, page: int) -> TrailPage:
        """Return a page of the rows looked for; a page beyond the last one is the last one."""
        with self._transactions.reading() as session:
            zone = programme_of(session, programme_id).time_zone
            wanted = trails.entries_wanted(programme_id, search, zone)
            found = trails.count_entries(session, wanted)
            at = min(page, max(1, -(-found // PAGE_SIZE)))
            entries = trails.find_entries(session, wanted, skip=(at - 1) * PAGE_SIZE, most=PAGE_SIZE)
            names = _names(session, programme_id, entries)
            lines = tuple(_line(entry, names) for entry in entries)
            return TrailPage(search=search, lines=lines, found=found, page=at)


def _names(session: Session, programme_id: int, entries: tuple[AuditEntry, ...]) -> _Names:
    people = trails.people_of(session, entries)
    return _Names(
        people=people,
        names=trails.names_of(session, {person for about in people.values() for person in about}),
        accounts=trails.addresses_of(session, {entry.actor_id for entry in entries if entry.actor_id}),
        rounds=trails.rounds_of_things(session, entries),
        numbers=trails.round_numbers(session, programme_id),
    )


def _line(entry: AuditEntry, names: _Names) -> TrailLine:
    thing = entry.object_table, entry.object_id
    subject, people = Subject(entry.object_table), names.people.get(thing, ())
    round_id = entry.object_id if subject is Subject.ROUND else names.rounds.get(thing)
    return TrailLine(
        at=entry.at,
        by=_actor(entry, names),
        subject=subject,
        people=tuple(names.names.get(person) or ERASED for person in people),
        person_id=people[0] if len(people) == 1 else None,
        round_number=names.numbers.get(round_id) if round_id else None,
        old_state=entry.old_state,
        new_state=entry.new_state,
        why=entry.why,
    )


def _actor(entry: AuditEntry, names: _Names) -> str:
    if entry.actor_kind is ActorKind.ACCOUNT:
        return names.accounts.get(entry.actor_id or 0, ERASED)
    return "mentormatch" if entry.actor_kind is ActorKind.SYSTEM else said("the console")
