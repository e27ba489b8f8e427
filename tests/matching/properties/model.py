"""The matching model, written down once more from its design: who may be paired, what it is worth, what comes first."""

import hmac
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem

Worth = tuple[int, ...]
"""Candidates served, their further places, participation, score, pairs kept, lots: what comes first stands first."""

TIERS: Final = 6
SCORE: Final = 3
MOST_ROUNDS_COUNTED: Final = 5
DAY: Final = 24 * 60


@dataclass(frozen=True)
class Model:
    """One round as its design reads; `pairs` are all that may be formed, each with what it adds to the last tiers."""

    problem: MatchingProblem
    policy: Policy
    pairs: dict[Pair, Worth] = field(init=False)
    needed: dict[str, int] = field(init=False)
    places: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        people = self.problem.people
        places = {person.id: person.capacity if person.offers_mentoring else 0 for person in people}
        mentors = [person for person in people if places[person.id]]
        mentees = [person for person in people if person.wants_mentor]
        lots = Lots(self.problem.seed, len(mentees))
        may = {(a.id, b.id): self.worth_of_pair(a, b, lots) for b in mentees for a in mentors if self.is_open(a, b)}
        object.__setattr__(self, "pairs", may)
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "needed", {p.id: min(places[p.id], self.still_to_mentor(p)) for p in people})

    def is_open(self, mentor: Person, mentee: Person) -> bool:
        """Tell whether these two may be paired; a lock leaves its mentee no other mentor."""
        locked = {a for a, b in self.problem.locks if b == mentee.id}
        if locked:
            return mentor.id in locked
        return self.is_eligible(mentor, mentee)

    def is_eligible(self, mentor: Person, mentee: Person) -> bool:
        """Tell whether nothing stands between these two: themselves, a rule, a line manager, the floor."""
        pair, policy = (mentor.id, mentee.id), self.policy
        covered, gap = closed(policy, mentor, mentee), missing(policy, mentee)
        return not (
            mentor.id == mentee.id
            or mentor.id == mentee.manager
            or mentee.id == mentor.manager
            or pair in self.problem.bars
            or (pair in self.problem.earlier_pairings and not policy.allow_earlier_pairings)
            or (policy.shared_language and not mentor.languages & mentee.languages)
            or (policy.other_site_only and mentor.site == mentee.site)
            or common_hours(mentor, mentee) < policy.minimum_common_hours
            or covered == 0
            or 100 * covered < policy.floor_percent * gap
        )

    def worth_of_pair(self, mentor: Person, mentee: Person, lots: "Lots") -> Worth:
        """Count participation, score, nearness and the lot of a pair."""
        pair, policy = (mentor.id, mentee.id), self.policy
        score = (
            closed(policy, mentor, mentee)
            + (policy.wish_points if pair in self.problem.wishes else 0)
            + policy.common_hour_points * common_hours(mentor, mentee)
            + policy.waiting_points * min(mentee.rounds_waited, MOST_ROUNDS_COUNTED)
        )
        paired = int(policy.objective is Objective.PARTICIPATION)
        return paired, score, int(pair in self.problem.under_review), lots.of(*pair)

    def still_to_mentor(self, person: Person) -> int:
        """Count the mentorships that a candidate for Silver or Gold still lacks."""
        if person.certification_pursued not in {Certification.SILVER, Certification.GOLD}:
            return 0
        required = self.policy.mentorships_required.get(person.certification_pursued, 0)
        return max(0, required - person.mentorships_completed)

    def worth(self, chosen: frozenset[Pair]) -> Worth:
        """Count what a solution is worth, tier by tier."""
        held = Counter(mentor for mentor, _ in chosen)
        served = [min(count, self.needed[mentor]) for mentor, count in held.items()]
        candidates = sum(count > 0 for count in served)
        summed = map(sum, zip(*(self.pairs[pair] for pair in chosen), strict=True)) if chosen else (0,) * (TIERS - 2)
        return candidates, sum(served) - candidates, *summed

    def is_feasible(self, chosen: frozenset[Pair]) -> bool:
        """Tell whether a solution keeps to every rule."""
        held, mentors = Counter(mentor for mentor, _ in chosen), Counter(mentee for _, mentee in chosen)
        return (
            chosen <= self.pairs.keys()
            and self.problem.locks <= chosen
            and all(count <= self.places[mentor] for mentor, count in held.items())
            and all(count == 1 for count in mentors.values())
            and not any((b, a) in chosen for a, b in chosen)
        )


def closed(policy: Policy, mentor: Person, mentee: Person) -> int:
    """Add up the gap points that this mentor would close."""
    weights = policy.weights[mentee.position_aimed_at]
    return sum(
        weights[competency] * max(0, min(target, taught) - level)
        for competency, taught, level, target in zip(
            Competency, mentor.levels, mentee.levels, mentee.targets, strict=True
        )
        if taught >= policy.teach_level
    )


def missing(policy: Policy, mentee: Person) -> int:
    """Add up all gap points."""
    weights = policy.weights[mentee.position_aimed_at]
    return sum(
        weights[competency] * max(0, target - level)
        for competency, level, target in zip(Competency, mentee.levels, mentee.targets, strict=True)
    )


def common_hours(one: Person, other: Person) -> int:
    """Count the whole hours that two working days of eight hours share, the day before and the day after included."""
    shared = 0
    for shift in (-DAY, 0, DAY):
        begins, ends = (pick(one.working_day, other.working_day + shift) for pick in (max, min))
        shared = max(shared, ends + 8 * 60 - begins)
    return shared // 60


class Lots:
    """The lots of a round: keyed digests of two ids, mixed, of as many bits as leave sums over all mentees exact."""

    def __init__(self, seed: int, mentees: int) -> None:
        self._secret = f"mentormatch:{seed}".encode()
        exact = (2**53 // (64 * (mentees + 2) ** 2)).bit_length() - 1
        self._bits = min(exact, 40) if exact >= 26 else 40
        self._keys: dict[tuple[str, str], int] = {}

    def of(self, mentor: str, mentee: str) -> int:
        """Draw the lot of a pair."""
        mixed = self._key("mentor", mentor) ^ self._key("mentee", mentee)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            mixed = (mixed ^ mixed >> shift) * factor & (2**64 - 1)
        return ((mixed ^ mixed >> 31) >> (64 - self._bits)) + 1

    def _key(self, side: str, person_id: str) -> int:
        if (side, person_id) not in self._keys:
            digest = hmac.digest(self._secret, f"{side}\x1f{person_id}".encode(), sha256)
            self._keys[side, person_id] = int.from_bytes(digest[:8], "big")
        return self._keys[side, person_id]
