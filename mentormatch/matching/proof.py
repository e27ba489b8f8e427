"""The independent check of a certificate: no code of the solver, every pair looked at, readable in one sitting.

Prices, worths and charges are tuples, compared tier by tier. If no allowed pair is worth more than the prices of its
two people and the charge on its loop, no solution is worth more than all prices and charges together. A solution worth
exactly that is therefore the best in every tier.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from hmac import digest
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import HIGHEST
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.certificate import TIERS, Certificate, Price
from mentormatch.matching.checking import breaches, kept_apart, places_wanted, points_of, preference_points_of
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem

_NOTHING: Final = (0,) * len(TIERS)
_ROWS: Final = 256
_ALL: Final = 2**64


def doubts(problem: MatchingProblem, policy: Policy, pairs: frozenset[Pair], proof: Certificate) -> tuple[str, ...]:
    """List everything that keeps the certificate from proving these pairs the best; empty if it does."""
    if wrong := tuple(_infeasible(problem, policy, pairs)):
        return wrong
    locked = {mentee for _, mentee in problem.locks}
    mentees = [person for person in problem.people if person.wants_mentor and person.id not in locked]
    mentors = [person for person in problem.people if person.offers_mentoring and person.capacity]
    if {p.id for p in mentees} != set(proof.mentees) or {p.id for p in mentors} != set(proof.mentors):
        return ("the certificate does not price exactly the people of this round",)
    if proof.seed != problem.seed:
        return ("the certificate is for lots drawn from another seed",)
    negative = [f"{person} has a price below nothing" for person, price in proof.mentees.items() if price < _NOTHING]
    negative += [f"{a} and {b} are charged less than nothing" for (a, b), n in proof.charges.items() if n < _NOTHING]
    scene = _Scene(problem, policy, proof, _Lots(problem))
    cheap = (f"{a} -> {b} is worth more than its prices" for a, b in _too_cheap(scene, mentees, mentors))
    return (*negative, *cheap, *_gap(scene, mentors, pairs))


class _Lots:
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
        mixed = self._keys["mentee", mentee] ^ self._keys["mentor", mentor]
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 % _ALL
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % _ALL
        return ((mixed ^ mixed >> 31) >> (64 - self._bits)) + 1


@dataclass(frozen=True, slots=True)
class _Scene:
    problem: MatchingProblem
    policy: Policy
    proof: Certificate
    lots: _Lots

    def worth(self, mentor: str, mentee: str, score: int) -> Price:
        paired = int(self.policy.objective is Objective.PARTICIPATION)
        near = int((mentor, mentee) in self.problem.under_review)
        return (0, 0, paired, score, near, self.lots.of(mentor, mentee))

    def is_cheap(self, mentor: str, mentee: str, score: int) -> bool:
        loop = min((mentor, mentee), (mentee, mentor))
        asked = self.proof.mentees[mentee], self.proof.mentors[mentor], self.proof.charges.get(loop, _NOTHING)
        return _sum(asked) < self.worth(mentor, mentee, score)

    def is_open(self, mentor: Person, mentee: Person) -> bool:
        mirrored = (mentee.id, mentor.id) in self.problem.locks
        return not (mirrored or kept_apart(self.problem, self.policy, mentor, mentee))


def _infeasible(problem: MatchingProblem, policy: Policy, pairs: frozenset[Pair]) -> Iterator[str]:
    people = {person.id: person for person in problem.people}
    if strangers := {i for pair in pairs for i in pair} - people.keys():
        yield from (f"{stranger} does not take part" for stranger in sorted(strangers))
        return
    for a, b in sorted(pairs):
        yield from (f"{a} -> {b}: {what}" for what in breaches(problem, policy, people[a], people[b]))
    yield from (f"{a} has too many mentees" for a, n in Counter(a for a, _ in pairs).items() if n > people[a].capacity)
    yield from (f"{b} has {n} mentors" for b, n in Counter(b for _, b in pairs).items() if n > 1)
    yield from (f"{a} and {b} mentor each other" for a, b in sorted(pairs) if a < b and (b, a) in pairs)
    yield from (f"the lock {a} -> {b} is broken" for a, b in sorted(problem.locks - pairs))


def _too_cheap(scene: _Scene, mentees: list[Person], mentors: list[Person]) -> Iterator[Pair]:
    """Look at every pair: which are allowed and yet worth more than what is asked for them?"""
    offered = np.array([scene.proof.mentors[person.id] for person in mentors], dtype=np.int64).reshape(-1, len(TIERS))
    has_level = np.array([[n == level for level in p.levels for n in range(HIGHEST + 1)] for p in mentors], np.float32)
    has_level = has_level.reshape(len(mentors), len(Competency) * (HIGHEST + 1))
    paired = int(scene.policy.objective is Objective.PARTICIPATION)
    for start in range(0, len(mentees), _ROWS):
        people = mentees[start : start + _ROWS]
        asked = np.array([scene.proof.mentees[person.id] for person in people], dtype=np.int64)
        coverage = (_closing(people, scene.policy) @ has_level.T).astype(np.int64)
        gaps = np.array([points_of(scene.policy, person, person)[1] for person in people])
        score = coverage + _preferred(scene, people, mentors)
        undecided = (coverage >= 1) & (coverage * 100 >= scene.policy.floor_percent * gaps[:, None])
        below = np.zeros(coverage.shape, dtype=bool)
        for tier, worth in enumerate((0, 0, paired, score)):
            slack = asked[:, tier, None] + offered[:, tier] - np.asarray(worth)
            below |= undecided & (slack < 0)
            undecided &= slack == 0
        # What the first four tiers do not decide, and what they refuse, is few: it is looked at one by one.
        for row, column in np.argwhere(below | undecided).tolist():
            mentor, mentee = mentors[column], people[row]
            if scene.is_cheap(mentor.id, mentee.id, int(score[row, column])) and scene.is_open(mentor, mentee):
                yield mentor.id, mentee.id


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


def _preferred(scene: _Scene, mentees: list[Person], mentors: list[Person]) -> NDArray[np.int64]:
    """Give the points of each pair beside its coverage."""
    policy = scene.policy
    ours = np.array([person.working_day for person in mentees])[:, None]
    theirs = np.array([person.working_day for person in mentors], dtype=np.int64)
    hours = np.maximum(0, 480 - np.minimum((ours - theirs) % 1440, (theirs - ours) % 1440)) // 60
    waited = np.array([min(5, person.rounds_waited) for person in mentees])[:, None]
    points = np.asarray(policy.common_hour_points * hours + policy.waiting_points * waited, dtype=np.int64)
    row, column = ({person.id: at for at, person in enumerate(side)} for side in (mentees, mentors))
    for mentor, mentee in scene.problem.wishes:
        if mentee in row and mentor in column:
            points[row[mentee], column[mentor]] += policy.wish_points
    return points


def _gap(scene: _Scene, mentors: list[Person], pairs: frozenset[Pair]) -> Iterator[str]:
    """Compare what the pairs are worth with what all prices and charges come to."""
    people = {person.id: person for person in scene.problem.people}
    free, taken = pairs - scene.problem.locks, Counter(a for a, _ in scene.problem.locks)
    held, worth = Counter(a for a, _ in free), [_NOTHING]
    bound = [_NOTHING, *scene.proof.mentees.values(), *scene.proof.charges.values()]
    for a, b in free:
        preferred = preference_points_of(scene.problem, scene.policy, people[a], people[b])
        worth.append(scene.worth(a, b, points_of(scene.policy, people[a], people[b])[0] + sum(preferred.values())))
    for mentor in mentors:
        wanted, price = places_wanted(scene.policy, mentor), scene.proof.mentors[mentor.id]
        for number in range(taken[mentor.id] + 1, mentor.capacity + 1):
            bonus = (int(number == 1 <= wanted), int(1 < number <= wanted), 0, 0, 0, 0)
            bound.append(max(_NOTHING, _sum([price, bonus])))
            worth += [bonus] if number <= taken[mentor.id] + held[mentor.id] else []
    if _sum(worth) != _sum(bound):
        yield f"the pairs come to {_sum(worth)} and the prices to {_sum(bound)}"


def _sum(prices: Iterable[Price]) -> Price:
    return tuple(map(sum, zip(*prices, strict=True)))
