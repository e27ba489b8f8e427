"""Rules that keep whole kinds of people apart, such as those without a common language."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """Kinds of people, and which kinds of mentees are open to which of mentors; with no table, to all but their own."""

    mentee: Numbers
    mentor: Numbers
    open_to: Mask | None

    @property
    def is_idle(self) -> bool:
        """Tell whether the rule keeps nobody apart, as far as kinds can tell."""
        return self.open_to is not None and bool(self.open_to.all())

    def table(self, mentees: Numbers | slice, mentors: Numbers | slice) -> Mask:
        """Mark which of these mentees are open to which of these mentors."""
        row, column = self.mentee[mentees], self.mentor[mentors]
        if self.open_to is None:
            return np.asarray(row[:, None] != column)
        # The smaller of the two selections first: there may be fewer kinds than people, or more.
        if len(self.open_to) <= len(row):
            return np.asarray(self.open_to[:, column][row])
        return np.asarray(self.open_to[row][:, column])

    def pairs(self, mentee: NDArray[np.integer], mentor: NDArray[np.integer]) -> Mask:
        """Mark which of the given pairs are open to each other."""
        row, column = self.mentee[mentee], self.mentor[mentor]
        return np.asarray(row != column if self.open_to is None else self.open_to[row, column])

    def among(self, mentees: Numbers | slice, mentors: Numbers | slice) -> "Rule":
        """Give the same rule among some of the people."""
        return Rule(self.mentee[mentees], self.mentor[mentors], self.open_to)
