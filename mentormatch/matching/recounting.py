"""What pairs are worth, counted anew for the independent check: the score of many pairs at once, and lots."""

from hashlib import sha256
from hmac import digest
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import HIGHEST
from mentormatch.domain.policies import Policy
from mentormatch.matching.people import Person
from mentormatch.matching.problem import MatchingProblem

_ALL: Final = 2**64


class Lots:
    """Draws the lots of a round's pairs."""

    def __init__(self, problem: MatchingProblem) -> None:
        secret = b"mentormatch:%d" % problem.seed
        self._keys = {
            (side, person.id): int.from_bytes(digest(secret, f"{side}\x1f{person.id}".encode(), sha256)[:8], "big")
            for person in problem.people
            for side in ("mentee", "mentor")
        }
        rows = sum(person.wants_mentor for person in problem.people)
        bits = (2**53 // (64 * (rows + 2) ** 2)).bit_length() - 1
        self._bits = min(bits, 40) if bits >= 26 else 40

    def of(self, mentor: str, mentee: str) -> int:
        """Draw the lot of a pair."""
        mixed = self._keys["mentee", mentee] ^ self._keys["mentor", mentor]
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 % _ALL
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % _ALL
        return ((mixed ^ mixed >> 31) >> (64 - self._bits)) + 1


def tables_of(
    problem: MatchingProblem, policy: Policy, mentees: list[Person], mentors: list[Person]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the coverage and the score of every pair of these people, mentees as rows."""
    coverage = (_closing(mentees, policy) @ _levels(mentors).T).astype(np.int64)
    return coverage, coverage + _preferred(problem, policy, mentees, mentors)


def _levels(mentors: list[Person]) -> NDArray[np.float32]:
    """Mark every mentor's level in each competency."""
    has_level = np.array([[n == level for level in p.levels for n in range(HIGHEST + 1)] for p in mentors], np.float32)
    return has_level.reshape(len(mentors), len(Competency) * (HIGHEST + 1))


def _closing(mentees: list[Person], policy: Policy) -> NDArray[np.float32]:
    """Give, per mentee, what a mentor of each level in each competency would close."""
    table = [
        [
            policy.weights[person.position_aimed_at][competency] * max(0, min(target, taught) - level)
            for competency, level, target in zip(Competency, person.levels, person.targets, strict=True)
            for taught in (given if given >= policy.teach_level else 0 for given in range(HIGHEST + 1))
        ]
        for person in mentees
    ]
    return np.array(table, dtype=np.float32)


def _preferred(
    problem: MatchingProblem, policy: Policy, mentees: list[Person], mentors: list[Person]
) -> NDArray[np.int64]:
    """Give the points of each pair beside its coverage."""
    ours = np.array([person.working_day for person in mentees])[:, None]
    theirs = np.array([person.working_day for person in mentors], dtype=np.int64)
    hours = np.maximum(0, 480 - np.minimum((ours - theirs) % 1440, (theirs - ours) % 1440)) // 60
    waited = np.array([min(5, person.rounds_waited) for person in mentees])[:, None]
    points = np.asarray(policy.common_hour_points * hours + policy.waiting_points * waited, dtype=np.int64)
    row, column = ({person.id: at for at, person in enumerate(side)} for side in (mentees, mentors))
    for mentor, mentee in problem.wishes:
        if mentee in row and mentor in column:
            points[row[mentee], column[mentor]] += policy.wish_points
    return points
