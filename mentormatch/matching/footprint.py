"""How many a round pairs and how much memory that takes, said beforehand."""

from dataclasses import dataclass
from typing import Final

from mentormatch.matching.problem import MatchingProblem

_TILES: Final = 64 * 2**20
_PER_PERSON: Final = 14 * 2**10


@dataclass(frozen=True, slots=True)
class Footprint:
    """The people on both sides of a round."""

    mentees: int
    mentors: int

    @property
    def memory(self) -> int:
        """Give a number of bytes that solving stays below, beside what the process holds already.

        It grows with the number of people and not with that of their pairs: tiles, the pairs nearby and those in the
        flow are all that is held.
        """
        return _TILES + _PER_PERSON * (self.mentees + self.mentors)


def footprint_of(problem: MatchingProblem) -> Footprint:
    """Count both sides of a round before it is solved."""
    return Footprint(
        mentees=sum(person.wants_mentor for person in problem.people),
        mentors=sum(person.places > 0 for person in problem.people),
    )
