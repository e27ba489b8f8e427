"""The table of mentees and places by the people in it: which pair a cell stands for, where pairs make a loop."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.assigning import Columns
from mentormatch.matching.people import Pair
from mentormatch.matching.scoring import Mask

Loop = Pair
"""Two people who could mentor each other, the smaller id first."""


class Seats:
    """One row per mentee, one column per place of a mentor."""

    def __init__(self, mentees: Sequence[str], mentors: Sequence[str]) -> None:
        self._mentees, self._mentors = tuple(mentees), tuple(mentors)
        self._row = {mentee: row for row, mentee in enumerate(mentees)}
        self._columns: dict[str, list[int]] = {}
        for column, mentor in enumerate(mentors):
            self._columns.setdefault(mentor, []).append(column)

    def pairs(self, columns: Columns) -> frozenset[Pair]:
        """Name the pairs of an assignment."""
        rows = np.flatnonzero(columns >= 0).tolist()
        return frozenset((self._mentors[columns[row]], self._mentees[row]) for row in rows)

    def cells(self, pair: Pair) -> tuple[int, NDArray[np.intp]]:
        """Tell the row and the columns of a pair."""
        mentor, mentee = pair
        return self._row[mentee], np.array(self._columns[mentor], dtype=np.intp)

    def without(self, permitted: Mask, pairs: frozenset[Pair]) -> Mask:
        """Rule pairs out."""
        narrower = permitted.copy()
        for pair in pairs:
            narrower[self.cells(pair)] = False
        return narrower


def loops_among(pairs: frozenset[Pair]) -> list[Loop]:
    """List the pairs that are there in both directions."""
    return sorted(pair for pair in pairs if pair[0] < pair[1] and pair[::-1] in pairs)


def times_used(loop: Loop, pairs: frozenset[Pair]) -> int:
    """Count how many of a loop's two directions are there."""
    return (loop in pairs) + (loop[::-1] in pairs)
