"""The people of a round and the pairs they can form, as the engine sees them."""

from dataclasses import dataclass

from mentormatch.domain.certification import Certification
from mentormatch.domain.positions import Position

Pair = tuple[str, str]
"""A mentor's id and a mentee's id, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One participant as the engine sees them: an opaque id and whole numbers, in the order of `Competency`.

    `manager` is the id of the line manager, who need not take part; `capacity` counts only for those who offer.
    `site` is an opaque id, equal for people at the same site; `working_day` begins so many minutes after midnight UTC;
    `rounds_waited` counts the rounds that left this person without a mentor since the last one that did not.
    """

    id: str
    levels: tuple[int, ...]
    targets: tuple[int, ...]
    position_aimed_at: Position
    offers_mentoring: bool
    capacity: int
    wants_mentor: bool
    languages: frozenset[str]
    manager: str | None = None
    certification_pursued: Certification = Certification.NONE
    mentorships_completed: int = 0
    site: str = ""
    working_day: int = 0
    rounds_waited: int = 0

    @property
    def places(self) -> int:
        """Count the mentees this person would take."""
        return self.capacity if self.offers_mentoring else 0
