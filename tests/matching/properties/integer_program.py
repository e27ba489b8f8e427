"""The best worth of a round by an integer program, one tier after the other, solved by HiGHS.

One variable per pair that may be formed, one for a candidate's first place and one for the further ones; a row per
mentee, per mentor, per candidate and per two people who could mentor each other. Each tier's optimum becomes a row.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from mentormatch.matching.people import Pair
from tests.matching.properties.model import TIERS, Model, Worth

_READABLE: Final = 2.0**-20
"""Lots are scaled to what HiGHS can tell apart; what it finds is counted in whole numbers."""

Row = tuple[dict[int, float], float]
"""Factors by variable, and the most that they may add up to."""


def best(model: Model, tiers: int = TIERS) -> Worth:
    """Give the worth of the best solution that the integer program finds, the best in so many tiers."""
    program = _Program(model)
    rows = list(program.rules())
    found = model.worth(model.problem.locks)
    for tier, worth in zip(range(tiers), program.worths(), strict=False):
        if worth.any():
            found = max(found, model.worth(program.solution(rows, worth)))
            rows.append(({at: -float(w) for at, w in enumerate(worth) if w}, -float(found[tier])))
    return found


class _Program:
    def __init__(self, model: Model) -> None:
        self.model = model
        self.pairs = sorted(model.pairs)
        self.candidates = sorted(person for person, needed in model.needed.items() if needed)
        self.size = len(self.pairs) + 2 * len(self.candidates)
        self._first = len(self.pairs)
        self._further = len(self.pairs) + len(self.candidates)

    def worths(self) -> Iterator[NDArray[np.float64]]:
        """Give what each variable adds to each tier."""
        for start in (self._first, self._further):
            yield self._spread(start, np.ones(len(self.candidates)))
        table = np.array([self.model.pairs[pair] for pair in self.pairs], dtype=float).reshape(-1, TIERS - 2)
        table[:, -1] *= _READABLE
        for column in table.T:
            yield self._spread(0, column)

    def rules(self) -> Iterator[Row]:
        """Give the rows that every solution keeps to."""
        of_mentee: dict[str, list[int]] = {}
        of_mentor: dict[str, list[int]] = {}
        for at, (mentor, mentee) in enumerate(self.pairs):
            of_mentee.setdefault(mentee, []).append(at)
            of_mentor.setdefault(mentor, []).append(at)
        where = {pair: at for at, pair in enumerate(self.pairs)}
        yield from ((dict.fromkeys(variables, 1.0), 1.0) for variables in of_mentee.values())
        for mentor, variables in of_mentor.items():
            yield dict.fromkeys(variables, 1.0), float(self.model.places[mentor])
        for number, mentor in enumerate(self.candidates):
            first, further = self._first + number, self._further + number
            yield {first: 1.0, further: 1.0} | dict.fromkeys(of_mentor.get(mentor, []), -1.0), 0.0
        for (a, b), at in where.items():
            if a < b and (b, a) in where:
                yield {at: 1.0, where[b, a]: 1.0}, 1.0

    def solution(self, rows: list[Row], worth: NDArray[np.float64]) -> frozenset[Pair]:
        """Give the pairs of a solution of greatest worth."""
        columns = [at for factors, _ in rows for at in factors]
        factors = [factor for factors, _ in rows for factor in factors.values()]
        starts = np.cumsum([0, *(len(factors) for factors, _ in rows)])
        matrix = csr_array((factors, columns, starts), shape=(len(rows), self.size))
        found = milp(
            -worth,
            constraints=LinearConstraint(matrix, ub=np.array([most for _, most in rows])),
            bounds=self._bounds(),
            integrality=np.ones(self.size, dtype=np.int64),
            options={"mip_rel_gap": 0.0},
        )
        assert found.success, found.message
        chosen = frozenset(pair for pair, used in zip(self.pairs, found.x, strict=False) if used > 0.5)
        assert self.model.is_feasible(chosen)
        return chosen

    def _bounds(self) -> Bounds:
        locked = [float(pair in self.model.problem.locks) for pair in self.pairs]
        needed = [float(self.model.needed[mentor]) - 1 for mentor in self.candidates]
        upper = [*np.ones(self._further), *needed]
        return Bounds(np.array([*locked, *np.zeros(2 * len(self.candidates))]), np.array(upper))

    def _spread(self, start: int, values: NDArray[np.float64]) -> NDArray[np.float64]:
        spread = np.zeros(self.size)
        spread[start : start + len(values)] = values
        return spread
