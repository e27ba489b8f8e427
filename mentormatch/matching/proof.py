"""The independent check of a certificate: no code of the solver, every pair looked at, readable in one sitting.

Prices, worths and charges are tuples, compared tier by tier. If no allowed pair is worth more than the prices of its
two people and the charge on its loop, no solution is worth more than all prices and charges together. A solution worth
exactly that is therefore the best in every tier.

Where loops stand in the way a proof is split: every solution does without a pair or without the same two the other
way round, so no solution is worth more than the greater of the two bounds, each proven without one of these pairs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from math import inf
from typing import Final

import numpy as np

from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.certificate import TIERS, Certificate, Leaf, Price, Proof, Split
from mentormatch.matching.checking import breaches, kept_apart, places_wanted, points_of, preference_points_of
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.recounting import Lots, tables_of

_NOTHING: Final = (0,) * len(TIERS)
_ROWS: Final = 256
_GREATEST: Final = 2**61
"""Prices from here on would not add up in 64 bits, and their sums would come out as anything."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What speaks against a certificate or its pairs, what the pairs come to, and what no pairs exceed."""

    wrong: tuple[str, ...]
    worth: Price = _NOTHING
    bound: tuple[float, ...] = _NOTHING

    @property
    def gap(self) -> tuple[str, float] | None:
        """Name the first tier in which better pairs are not ruled out, and by how much; None if the pairs are best."""
        tiers = zip(TIERS, self.worth, self.bound, strict=True)
        return next(((tier, most - reached) for tier, reached, most in tiers if most != reached), None)


def doubts(problem: MatchingProblem, policy: Policy, pairs: frozenset[Pair], proof: Certificate) -> tuple[str, ...]:
    """List everything that keeps the certificate from proving these pairs the best; empty if it does."""
    examined = examine(problem, policy, pairs, proof)
    if examined.gap is None:
        return examined.wrong
    return (*examined.wrong, f"the pairs come to {examined.worth} and the prices to {examined.bound}")


def examine(problem: MatchingProblem, policy: Policy, pairs: frozenset[Pair], proof: Certificate) -> Examined:
    """Check that the pairs are allowed and that the certificate proves a bound; tell what both come to."""
    if wrong := tuple(_infeasible(problem, policy, pairs)):
        return Examined(wrong)
    paired = {mentee for _, mentee in problem.locks}
    mentees = [person for person in problem.people if person.wants_mentor and person.id not in paired]
    mentors = [person for person in problem.people if person.offers_mentoring and person.capacity]
    if {p.id for p in mentees} != set(proof.mentees) or {p.id for p in mentors} != set(proof.mentors):
        return Examined(("the certificate does not price exactly the people of this round",))
    if proof.seed != problem.seed:
        return Examined(("the certificate is for lots drawn from another seed",))
    locked = Counter(mentor for mentor, _ in problem.locks)
    scene, found = _Scene(problem, policy, Lots(problem), locked, mentees, mentors), list[str]()
    bound = _bound(scene, proof, proof.proof, frozenset(), found)
    return Examined(tuple(found), _worth(scene, pairs), bound)


def _bound(
    scene: "_Scene", given: Certificate, proof: Proof, without: frozenset[Pair], wrong: list[str]
) -> tuple[float, ...]:
    """Give what no solution without these pairs exceeds; what is not proven in some tier is endless there."""
    if isinstance(proof, Split):
        one, other = proof.pair, proof.pair[::-1]
        return max(
            _bound(scene, given, proof.without, without | {one}, wrong),
            _bound(scene, given, proof.without_reverse, without | {other}, wrong),
        )
    prices = _Prices.of(given, proof, without)
    wrong += _cheap(scene, prices)
    return tuple(part for part, _ in zip_longest(_all_prices(scene, prices), TIERS, fillvalue=inf))


@dataclass(frozen=True, slots=True)
class _Prices:
    """What is asked in the tiers that a leaf proves; the pairs in `without` are out of the question."""

    tiers: int
    mentees: dict[str, Price]
    mentors: dict[str, Price]
    charges: dict[Pair, Price]
    without: frozenset[Pair]

    @classmethod
    def of(cls, given: Certificate, leaf: Leaf, without: frozenset[Pair]) -> "_Prices":
        own = [
            {name: price[: leaf.tiers] for name, price in prices.items()} | {**changed}
            for prices, changed in ((given.mentees, leaf.mentees), (given.mentors, leaf.mentors))
        ]
        charges = {pair: price[: leaf.tiers] for pair, price in given.charges.items()} | {**leaf.charges}
        return cls(leaf.tiers, own[0], own[1], charges, without)

    def asked(self, mentor: str, mentee: str) -> Price:
        charge = self.charges.get(min((mentor, mentee), (mentee, mentor)), _NOTHING[: self.tiers])
        return _sum((self.mentees[mentee], self.mentors[mentor], charge))


@dataclass(frozen=True, slots=True)
class _Scene:
    problem: MatchingProblem
    policy: Policy
    lots: Lots
    locked: Counter[str]
    mentees: list[Person]
    mentors: list[Person]

    def worth(self, mentor: str, mentee: str, score: int) -> Price:
        paired = int(self.policy.objective is Objective.PARTICIPATION)
        near = int((mentor, mentee) in self.problem.under_review)
        return (0, 0, paired, score, near, self.lots.of(mentor, mentee))

    def is_open(self, mentor: Person, mentee: Person) -> bool:
        mirrored = (mentee.id, mentor.id) in self.problem.locks
        return not (mirrored or kept_apart(self.problem, self.policy, mentor, mentee))

    def places(self, mentor: Person) -> Iterator[Price]:
        """Give what each place that locks leave free counts for when it is filled, the first one first."""
        wanted = places_wanted(self.policy, mentor)
        for number in range(self.locked[mentor.id] + 1, mentor.capacity + 1):
            yield (int(number == 1 <= wanted), int(1 < number <= wanted), 0, 0, 0, 0)


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


def _cheap(scene: _Scene, prices: _Prices) -> Iterator[str]:
    """Name everybody who is priced below nothing, and every pair worth more than is asked for it."""
    nothing, of_all = _NOTHING[: prices.tiers], (*prices.mentees.items(), *prices.mentors.items())
    yield from (f"{who} has a price too great to add up" for who, price in of_all if max(map(abs, price)) >= _GREATEST)
    yield from (f"{person} has a price below nothing" for person, price in prices.mentees.items() if price < nothing)
    yield from (f"{a} and {b} are charged less than nothing" for (a, b), n in prices.charges.items() if n < nothing)
    for start in range(0, len(scene.mentees), _ROWS):
        people = scene.mentees[start : start + _ROWS]
        for row, column, score in _too_cheap(scene, prices, people):
            mentor, mentee = scene.mentors[column], people[row]
            is_asked = prices.asked(mentor.id, mentee.id) >= scene.worth(mentor.id, mentee.id, score)[: prices.tiers]
            if not is_asked and (mentor.id, mentee.id) not in prices.without and scene.is_open(mentor, mentee):
                yield f"{mentor.id} -> {mentee.id} is worth more than its prices"


def _too_cheap(scene: _Scene, prices: _Prices, people: list[Person]) -> list[tuple[int, int, int]]:
    """Look at every pair with these mentees: which may be worth more than its prices, as far as the score says?"""
    offered = np.array([prices.mentors[person.id] for person in scene.mentors], dtype=np.int64)
    offered = offered.reshape(-1, prices.tiers)
    asked = np.array([prices.mentees[person.id] for person in people], dtype=np.int64).reshape(-1, prices.tiers)
    coverage, score = tables_of(scene.problem, scene.policy, people, scene.mentors)
    gaps = np.array([points_of(scene.policy, person, person)[1] for person in people])
    undecided = (coverage >= 1) & (coverage * 100 >= scene.policy.floor_percent * gaps[:, None])
    below = np.zeros(coverage.shape, dtype=bool)
    paired = int(scene.policy.objective is Objective.PARTICIPATION)
    for tier, worth in enumerate((0, 0, paired, score)[: prices.tiers]):
        slack = asked[:, tier, None] + offered[:, tier] - np.asarray(worth)
        below |= undecided & (slack < 0)
        undecided &= slack == 0
    # What the first four tiers do not decide, and what they refuse, is few: it is looked at one by one.
    return [(row, column, int(score[row, column])) for row, column in np.argwhere(below | undecided).tolist()]


def _all_prices(scene: _Scene, prices: _Prices) -> Price:
    """Add up what everybody, every place and every loop is priced at; nobody fills a place at a loss."""
    tiers, nothing = prices.tiers, _NOTHING[: prices.tiers]
    places = (_sum([prices.mentors[m.id], bonus[:tiers]]) for m in scene.mentors for bonus in scene.places(m))
    return _sum([nothing, *prices.mentees.values(), *prices.charges.values(), *(max(nothing, n) for n in places)])


def _worth(scene: _Scene, pairs: frozenset[Pair]) -> Price:
    """Add up what the pairs beside the locks are worth, and the places that they fill."""
    people, free = {person.id: person for person in scene.problem.people}, pairs - scene.problem.locks
    held, worth = Counter(a for a, _ in free), [_NOTHING]
    for a, b in free:
        preferred = preference_points_of(scene.problem, scene.policy, people[a], people[b])
        worth.append(scene.worth(a, b, points_of(scene.policy, people[a], people[b])[0] + sum(preferred.values())))
    for mentor in scene.mentors:
        worth += list(scene.places(mentor))[: held[mentor.id]]
    return _sum(worth)


def _sum(prices: Iterable[Price]) -> Price:
    return tuple(map(sum, zip(*prices, strict=True)))
