"""What people miss and what people teach, step by step of every competency, and who is whose line manager."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import HIGHEST
from mentormatch.domain.policies import Policy
from mentormatch.matching.people import Pair, Person

Table = NDArray[np.int64]
Mask = NDArray[np.bool_]
Steps = NDArray[np.float32]
_STEPS = np.arange(1, HIGHEST + 1)
_CELLS = len(Competency) * HIGHEST


def wanted_steps(mentees: Sequence[Person], policy: Policy) -> Steps:
    """Give, per mentee and step (a level of a competency), the weight of the step if it is one the mentee misses."""
    wanted = _missing_steps(mentees) * _weights(mentees, policy)[:, :, None]
    return wanted.reshape(len(mentees), _CELLS).astype(np.float32)


def taught_steps(mentors: Sequence[Person], policy: Policy) -> Steps:
    """Give, per mentor and step, 1 if the mentor teaches it and else 0."""
    taught = _levels(mentors, "levels")
    taught = np.where(taught >= policy.teach_level, taught, 0)
    return (taught[:, :, None] >= _STEPS).reshape(len(mentors), _CELLS).astype(np.float32)


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
