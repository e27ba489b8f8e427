"""Both sides of a round as arrays, from which any pair's worth and rules can be read without a table of pairs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentormatch.domain.policies import Policy
from mentormatch.matching.core.market import Floats, Ints, Market, Mask, Places
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.scoring import managed_pairs, taught_steps, wanted_steps


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sides:
    """Who wants a mentor and who has places, in the order of the problem; pairs are keys as in `Market`.

    `same` are people beside themselves, `kept_apart` the pairs that a bar, a manager or an earlier pairing forbids.
    """

    mentees: tuple[Person, ...]
    mentors: tuple[Person, ...]
    wants: Floats
    teaches: Floats
    least: Ints
    mentee_tongue: NDArray[np.intp]
    mentor_tongue: NDArray[np.intp]
    understood: Mask
    same: Ints
    kept_apart: Ints

    @property
    def gap_points(self) -> Ints:
        """Give every mentee's gap."""
        return np.asarray(self.wants.sum(axis=1), dtype=np.int64)

    def keys_of(self, pairs: Iterable[Pair]) -> Ints:
        """Give the sorted keys of the pairs whose people are on their sides."""
        return _keys(self.mentees, self.mentors, pairs)

    def pairs_of(self, mentee: Iterable[int], mentor: Iterable[int]) -> frozenset[Pair]:
        """Name pairs given by the numbers of their people."""
        return frozenset((self.mentors[b].id, self.mentees[a].id) for a, b in zip(mentee, mentor, strict=True))

    def coverage_of(self, pairs: Iterable[Pair]) -> dict[Pair, int]:
        """Tell what each of the pairs whose people are on their sides would close."""
        mentee, mentor = np.divmod(self.keys_of(pairs), max(1, len(self.mentors)))
        worth = (self.wants[mentee] * self.teaches[mentor]).sum(axis=1).astype(np.int64)
        people = zip(mentor.tolist(), mentee.tolist(), strict=True)
        ids = ((self.mentors[a].id, self.mentees[b].id) for a, b in people)
        return dict(zip(ids, worth.tolist(), strict=True))

    def whole_market(self) -> Market:
        """Make the market of everybody, locks or not."""
        places = np.array([mentor.places for mentor in self.mentors], dtype=np.int64)
        return self.market(np.arange(len(self.mentees)), places, np.empty(0, dtype=np.int64))

    def market(self, mentees: NDArray[np.intp], places: Ints, further_apart: Ints) -> Market:
        """Make the market of these mentees and all mentors with so many places each."""
        number = np.full(len(self.mentees), -1, dtype=np.int64)
        number[mentees] = np.arange(len(mentees))
        apart = np.unique(np.concatenate([self.same, self.kept_apart, further_apart]))
        row, column = np.divmod(apart, max(1, len(self.mentors)))
        here = number[row] >= 0
        return Market(
            wants=self.wants[mentees],
            teaches=self.teaches,
            least=self.least[mentees],
            mentee_tongue=self.mentee_tongue[mentees],
            mentor_tongue=self.mentor_tongue,
            understood=self.understood,
            apart=number[row[here]] * len(self.mentors) + column[here],
            places=Places.plain(places),
        )


def sides_of(problem: MatchingProblem, policy: Policy) -> Sides:
    """Lay out a round under a policy."""
    mentees = tuple(person for person in problem.people if person.wants_mentor)
    mentors = tuple(person for person in problem.people if person.places)
    wants = wanted_steps(mentees, policy)
    gap = wants.sum(axis=1).astype(np.int64)
    earlier = frozenset() if policy.allow_earlier_pairings else problem.earlier_pairings
    tongues = [_tongues(side, speak=policy.shared_language) for side in (mentees, mentors)]
    return Sides(
        mentees=mentees,
        mentors=mentors,
        wants=wants,
        teaches=taught_steps(mentors, policy),
        least=np.maximum(1, -(-gap * policy.floor_percent // 100)),
        mentee_tongue=tongues[0][1],
        mentor_tongue=tongues[1][1],
        understood=np.array(
            [[not (policy.shared_language and a.isdisjoint(b)) for b in tongues[1][0]] for a in tongues[0][0]],
            dtype=bool,
        ).reshape(len(tongues[0][0]), len(tongues[1][0])),
        same=_keys(mentees, mentors, ((person.id, person.id) for person in mentees)),
        kept_apart=_keys(mentees, mentors, (*problem.bars, *earlier, *managed_pairs(problem.people))),
    )


def _tongues(people: Sequence[Person], *, speak: bool) -> tuple[list[frozenset[str]], NDArray[np.intp]]:
    """Number the sets of languages that people speak; if none is asked for, all are one."""
    spoken = [person.languages if speak else frozenset() for person in people]
    sets = dict.fromkeys(spoken)
    number = {languages: at for at, languages in enumerate(sets)}
    return list(sets), np.array([number[languages] for languages in spoken], dtype=np.intp)


def _keys(mentees: Sequence[Person], mentors: Sequence[Person], pairs: Iterable[Pair]) -> Ints:
    row, column = ({person.id: at for at, person in enumerate(side)} for side in (mentees, mentors))
    keys = {row[b] * len(mentors) + column[a] for a, b in pairs if b in row and a in column}
    return np.array(sorted(keys), dtype=np.int64)
