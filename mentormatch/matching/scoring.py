"""What every mentor could close for every mentee, and which rule stands between them: tables of whole numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import HIGHEST
from mentormatch.domain.policies import Policy
from mentormatch.matching.hard_rules import hours_rule, language_rule, site_rule
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.preferences import preference_columns
from mentormatch.matching.problem import MatchingProblem

Table = NDArray[np.int64]
Mask = NDArray[np.bool_]
Steps = NDArray[np.float32]
_STEPS = np.arange(1, HIGHEST + 1)
_CELLS = len(Competency) * HIGHEST


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PairTable:
    """All pairs of a round, mentees as rows and mentors as columns, with each rule's refusals apart."""

    mentees: tuple[Person, ...]
    mentors: tuple[Person, ...]
    gap_points: Table
    coverage: Table
    score: Table
    same_person: Mask
    barred: Mask
    line_manager: Mask
    earlier: Mask
    ruled_out: Mask
    below_floor: Mask

    @property
    def kept_apart(self) -> Mask:
        """Mark the pairs that a bar, a line manager or an earlier pairing forbids."""
        return self.barred | self.line_manager | self.earlier

    @property
    def eligible(self) -> Mask:
        """Mark the pairs that no rule forbids."""
        return ~(self.same_person | self.kept_apart | self.ruled_out | self.below_floor)

    def mask_of(self, pairs: Iterable[Pair]) -> Mask:
        """Mark the given pairs, where their people are in the table."""
        return _mask(self.mentees, self.mentors, pairs)


def pair_table(problem: MatchingProblem, policy: Policy) -> PairTable:
    """Compute every pair's coverage and eligibility under the policy."""
    mentees = tuple(person for person in problem.people if person.wants_mentor)
    mentors = tuple(person for person in problem.people if person.places)
    coverage, gap_points = _coverage(mentees, mentors, policy), _gap_points(mentees, policy)
    nobody = np.zeros(coverage.shape, dtype=bool)
    return PairTable(
        mentees=mentees,
        mentors=mentors,
        gap_points=gap_points,
        coverage=coverage,
        score=coverage + _preferences(mentees, mentors, problem, policy),
        same_person=_mask(mentees, mentors, ((person.id, person.id) for person in problem.people)),
        barred=_mask(mentees, mentors, problem.bars),
        line_manager=_mask(mentees, mentors, managed_pairs(problem.people)),
        earlier=nobody if policy.allow_earlier_pairings else _mask(mentees, mentors, problem.earlier_pairings),
        ruled_out=_ruled_out(mentees, mentors, policy),
        below_floor=(coverage < 1) | (coverage * 100 < policy.floor_percent * gap_points[:, None]),
    )


def _coverage(mentees: Sequence[Person], mentors: Sequence[Person], policy: Policy) -> Table:
    """Sum weight x closed levels as one product over the 64 (competency, level) steps; exact, as sums stay small."""
    return _product(wanted_steps(mentees, policy), taught_steps(mentors, policy)).astype(np.int64)


def wanted_steps(mentees: Sequence[Person], policy: Policy) -> Steps:
    """Give, per mentee and step (a level of a competency), the weight of the step if it is one the mentee misses."""
    wanted = _missing_steps(mentees) * _weights(mentees, policy)[:, :, None]
    return wanted.reshape(len(mentees), _CELLS).astype(np.float32)


def taught_steps(mentors: Sequence[Person], policy: Policy) -> Steps:
    """Give, per mentor and step, 1 if the mentor teaches it and else 0."""
    taught = _levels(mentors, "levels")
    taught = np.where(taught >= policy.teach_level, taught, 0)
    return (taught[:, :, None] >= _STEPS).reshape(len(mentors), _CELLS).astype(np.float32)


def _gap_points(mentees: Sequence[Person], policy: Policy) -> Table:
    steps = _missing_steps(mentees).sum(axis=2)
    return np.asarray((steps * _weights(mentees, policy)).sum(axis=1), dtype=np.int64)


def _missing_steps(people: Sequence[Person]) -> Mask:
    level, target = _levels(people, "levels")[:, :, None], _levels(people, "targets")[:, :, None]
    return (level < _STEPS) & (target >= _STEPS)


def _levels(people: Sequence[Person], which: str) -> Table:
    return np.array([getattr(p, which) for p in people], dtype=np.int64).reshape(len(people), len(Competency))


def _weights(people: Sequence[Person], policy: Policy) -> Table:
    rows = [[policy.weights[p.position_aimed_at][c] for c in Competency] for p in people]
    return np.array(rows, dtype=np.int64).reshape(len(people), len(Competency))


def managed_pairs(people: Sequence[Person]) -> Iterable[Pair]:
    """List everyone with their line manager, in both directions."""
    for person in people:
        if person.manager is not None:
            yield person.id, person.manager
            yield person.manager, person.id


def _preferences(
    mentees: Sequence[Person], mentors: Sequence[Person], problem: MatchingProblem, policy: Policy
) -> Table:
    favoured, favouring = preference_columns(mentees, mentors, policy)
    return _product(favoured, favouring).astype(np.int64) + policy.wish_points * _mask(mentees, mentors, problem.wishes)


def _ruled_out(mentees: Sequence[Person], mentors: Sequence[Person], policy: Policy) -> Mask:
    rules = (rule_of(mentees, mentors, policy) for rule_of in (language_rule, hours_rule, site_rule))
    tables = [~rule.table(slice(None), slice(None)) for rule in rules]
    return tables[0] | tables[1] | tables[2]


def _product(rows: Steps | Mask, columns: Steps | Mask) -> NDArray[np.float32]:
    return np.asarray(rows.astype(np.float32) @ columns.astype(np.float32).T)


def _mask(mentees: Sequence[Person], mentors: Sequence[Person], pairs: Iterable[Pair]) -> Mask:
    row, column = ({person.id: at for at, person in enumerate(side)} for side in (mentees, mentors))
    mask = np.zeros((len(mentees), len(mentors)), dtype=bool)
    cells = [(row[mentee], column[mentor]) for mentor, mentee in pairs if mentee in row and mentor in column]
    if cells:
        mask[tuple(np.array(cells).T)] = True
    return mask
