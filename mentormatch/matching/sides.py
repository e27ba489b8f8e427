"""Both sides of a round as arrays, from which any pair's worth and rules can be read without a table of pairs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mentormatch.domain.policies import Policy
from mentormatch.matching.core.keys import among, lacking, united
from mentormatch.matching.core.market import Arcs, Floats, Ints, Market, Places
from mentormatch.matching.core.rules import Rule
from mentormatch.matching.hard_rules import hours_rule, language_rule, site_rule
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.preferences import preference_columns
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.scoring import managed_pairs, taught_steps, wanted_steps


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Which number everybody has as a mentee and as a mentor, by their ids."""

    mentee: Mapping[str, int]
    mentor: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sides:
    """Who wants a mentor and who has places, in the order of the problem; pairs are keys as in `Market`.

    The first columns of `wants` and `teaches`, as many as are `closing`, give the coverage, the others points of
    preference, to which `wish_points` come for each of the `wishes`. `same` are people beside themselves, `kept_apart`
    the pairs that a bar, a manager or an earlier pairing forbids, of which `managed` are those of a manager.
    """

    mentees: tuple[Person, ...]
    mentors: tuple[Person, ...]
    numbers: Numbers
    wants: Floats
    teaches: Floats
    closing: int
    least: Ints
    languages: Rule
    hours: Rule
    sites: Rule
    same: Ints
    managed: Ints
    kept_apart: Ints
    wishes: Ints
    wish_points: int

    @property
    def gap_points(self) -> Ints:
        """Give every mentee's gap."""
        return np.asarray(self.wants[:, : self.closing].sum(axis=1), dtype=np.int64)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """List the hard rules that keep anybody apart."""
        return tuple(rule for rule in (self.languages, self.hours, self.sites) if not rule.is_idle)

    def keys_of(self, pairs: Iterable[Pair]) -> Ints:
        """Give the sorted keys of the pairs whose people are on their sides."""
        return _keys(self.numbers, pairs)

    def pairs_of(self, mentee: Iterable[int], mentor: Iterable[int]) -> frozenset[Pair]:
        """Name pairs given by the numbers of their people."""
        return frozenset((self.mentors[b].id, self.mentees[a].id) for a, b in zip(mentee, mentor, strict=True))

    def coverage_of(self, pairs: Iterable[Pair]) -> dict[Pair, int]:
        """Tell what each of the pairs whose people are on their sides would close."""
        keys = self.keys_of(pairs)
        return self._by_pair(keys, self._coverage(keys))

    def score_of(self, pairs: Iterable[Pair]) -> dict[Pair, int]:
        """Tell what each of the pairs whose people are on their sides is worth, preferences and all."""
        keys = self.keys_of(pairs)
        return self._by_pair(keys, self._score(keys))

    def whole_market(self) -> Market:
        """Make the market of everybody, locks or not."""
        places = np.array([mentor.places for mentor in self.mentors], dtype=np.int64)
        return self.market(np.arange(len(self.mentees)), places, np.empty(0, dtype=np.int64))

    def market(self, mentees: NDArray[np.intp], places: Ints, further_apart: Ints) -> Market:
        """Make the market of these mentees and all mentors with so many places each."""
        number = np.full(len(self.mentees), -1, dtype=np.int64)
        number[mentees] = np.arange(len(mentees))
        apart = united(self.same, self.kept_apart, further_apart)
        row, column = np.divmod(apart, max(1, len(self.mentors)))
        here = number[row] >= 0
        wished = self._wished(apart)
        return Market(
            wants=self.wants[mentees],
            teaches=self.teaches,
            closing=self.closing,
            least=self.least[mentees],
            rules=tuple(rule.among(mentees, slice(None)) for rule in self.rules),
            apart=number[row[here]] * len(self.mentors) + column[here],
            places=Places.plain(places),
            wished=replace(wished, mentee=number[wished.mentee].astype(np.int32)).where(number[wished.mentee] >= 0),
        )

    def _wished(self, apart: Ints) -> Arcs:
        """List the wished pairs that may be chosen, if wishes count at all."""
        keys = lacking(self.wishes, apart) if self.wish_points else np.empty(0, dtype=np.int64)
        mentee, mentor = np.divmod(keys, max(1, len(self.mentors)))
        may = self._coverage(keys) >= self.least[mentee]
        for rule in self.rules:
            may &= rule.pairs(mentee, mentor)
        return Arcs(mentee=mentee.astype(np.int32), mentor=mentor.astype(np.int32), worth=self._score(keys)).where(may)

    def _coverage(self, keys: Ints) -> Ints:
        mentee, mentor = np.divmod(keys, max(1, len(self.mentors)))
        closed = self.wants[mentee, : self.closing] * self.teaches[mentor, : self.closing]
        return np.asarray(closed.sum(axis=1), dtype=np.int64)

    def _score(self, keys: Ints) -> Ints:
        mentee, mentor = np.divmod(keys, max(1, len(self.mentors)))
        product = (self.wants[mentee] * self.teaches[mentor]).sum(axis=1)
        return np.asarray(product, dtype=np.int64) + self.wish_points * among(self.wishes, keys)

    def _by_pair(self, keys: Ints, worth: Ints) -> dict[Pair, int]:
        mentee, mentor = np.divmod(keys, max(1, len(self.mentors)))
        people = zip(mentor.tolist(), mentee.tolist(), strict=True)
        return dict(zip(((self.mentors[a].id, self.mentees[b].id) for a, b in people), worth.tolist(), strict=True))


def sides_of(problem: MatchingProblem, policy: Policy) -> Sides:
    """Lay out a round under a policy."""
    mentees = tuple(person for person in problem.people if person.wants_mentor)
    mentors = tuple(person for person in problem.people if person.places)
    wanted, taught = wanted_steps(mentees, policy), taught_steps(mentors, policy)
    favoured, favouring = preference_columns(mentees, mentors, policy)
    gap = wanted.sum(axis=1).astype(np.int64)
    numbers = Numbers(*({person.id: at for at, person in enumerate(side)} for side in (mentees, mentors)))
    managed = _keys(numbers, managed_pairs(problem.people))
    return Sides(
        mentees=mentees,
        mentors=mentors,
        numbers=numbers,
        wants=np.hstack([wanted, favoured]),
        teaches=np.hstack([taught, favouring]),
        closing=wanted.shape[1],
        least=np.maximum(1, -(-gap * policy.floor_percent // 100)),
        languages=language_rule(mentees, mentors, policy),
        hours=hours_rule(mentees, mentors, policy),
        sites=site_rule(mentees, mentors, policy),
        same=_keys(numbers, ((person.id, person.id) for person in mentees)),
        managed=managed,
        kept_apart=united(managed, _keys(numbers, _refused(problem, policy))),
        wishes=_keys(numbers, problem.wishes),
        wish_points=policy.wish_points,
    )


def sides_again(sides: Sides, problem: MatchingProblem, policy: Policy) -> Sides:
    """Lay out the same people under the same policy, of whom other pairs may be kept apart or wished."""
    return replace(
        sides,
        kept_apart=united(sides.managed, sides.keys_of(_refused(problem, policy))),
        wishes=sides.keys_of(problem.wishes),
    )


def _refused(problem: MatchingProblem, policy: Policy) -> frozenset[Pair]:
    return problem.bars if policy.allow_earlier_pairings else problem.bars | problem.earlier_pairings


def _keys(numbers: Numbers, pairs: Iterable[Pair]) -> Ints:
    row, column = numbers.mentee, numbers.mentor
    keys = {row[b] * len(column) + column[a] for a, b in pairs if b in row and a in column}
    return np.array(sorted(keys), dtype=np.int64)
