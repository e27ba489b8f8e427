"""The bounds of everything that enters the engine."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from mentormatch.domain.certification import HIGHEST_CAPACITY, MOST_MENTORSHIPS
from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import Fault
from mentormatch.domain.levels import HIGHEST, LOWEST
from mentormatch.domain.working_hours import MINUTES_OF_A_DAY
from mentormatch.matching.people import Person

HIGHEST_SEED: Final = 2**63 - 1
MOST_PEOPLE: Final = 200_000
LONGEST_ID: Final = 100
MOST_ROUNDS_WAITED: Final = 1000


def faults_of(people: Sequence[Person], seed: int) -> tuple[Fault, ...]:
    """List everything that is out of bounds; the fault's column names the person and the value."""
    return tuple(_faults(people, seed))


def _faults(people: Sequence[Person], seed: int) -> Iterator[Fault]:
    if not _within(seed, 0, HIGHEST_SEED):
        yield Fault(None, "seed", f"must be a whole number from 0 to {HIGHEST_SEED}")
    if len(people) > MOST_PEOPLE:
        yield Fault(None, "people", f"must be at most {MOST_PEOPLE:,}")
    for person_id, times in Counter(person.id for person in people).items():
        if times > 1:
            yield Fault(None, f"person {person_id}", f"appears {times} times")
    for person in people:
        yield from (Fault(None, f"person {person.id}", message) for message in _faults_of_person(person))


def _faults_of_person(person: Person) -> Iterator[str]:
    if not 1 <= len(person.id) <= LONGEST_ID:
        yield f"id must have 1 to {LONGEST_ID} characters"
    if not _can_be_written(person.id):
        yield "id must have whole characters only"
    for name, levels in (("levels", person.levels), ("targets", person.targets)):
        if len(levels) != len(Competency) or not all(_within(level, LOWEST, HIGHEST) for level in levels):
            yield f"{name} must be {len(Competency)} whole numbers from {LOWEST} to {HIGHEST}"
    if not _within(person.capacity, 0, HIGHEST_CAPACITY):
        yield f"capacity must be a whole number from 0 to {HIGHEST_CAPACITY}"
    if not _within(person.mentorships_completed, 0, MOST_MENTORSHIPS):
        yield f"mentorships completed must be a whole number from 0 to {MOST_MENTORSHIPS}"
    if len(person.site) > LONGEST_ID:
        yield f"site must have at most {LONGEST_ID} characters"
    if not _within(person.working_day, 0, MINUTES_OF_A_DAY - 1):
        yield f"working day must be a whole number from 0 to {MINUTES_OF_A_DAY - 1}"
    if not _within(person.rounds_waited, 0, MOST_ROUNDS_WAITED):
        yield f"rounds waited must be a whole number from 0 to {MOST_ROUNDS_WAITED}"


def _can_be_written(text: str) -> bool:
    # Half of a surrogate pair cannot, and what is frozen is written down.
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _within(value: int, low: int, high: int) -> bool:
    # `type` and not `isinstance`: a bool or a numpy number is not a whole number that was typed.
    return type(value) is int and low <= value <= high
