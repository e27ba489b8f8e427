"""Part of the table of all pairs: some mentees against some mentors, with each rule's refusals apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.market import Floats, Ints, Mask
from mentormatch.matching.sides import Sides

MOST_CELLS: Final = 2_000_000

Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Window:
    """Pairs of some people, mentees as rows and mentors as columns."""

    coverage: Floats
    same_person: Mask
    kept_apart: Mask
    no_language: Mask
    no_common_hours: Mask
    same_site: Mask
    below_floor: Mask


def window_of(sides: Sides, mentees: Numbers, mentors: Numbers) -> Window:
    """Work out the pairs of these mentees and these mentors."""
    coverage = sides.wants[mentees, : sides.closing] @ sides.teaches[mentors, : sides.closing].T
    return Window(
        coverage=coverage,
        same_person=_marked(sides, sides.same, mentees, mentors),
        kept_apart=_marked(sides, sides.kept_apart, mentees, mentors),
        no_language=~sides.languages.table(mentees, mentors),
        no_common_hours=~sides.hours.table(mentees, mentors),
        same_site=~sides.sites.table(mentees, mentors),
        below_floor=coverage < sides.least[mentees, None].astype(np.float32),
    )


def portions(people: Numbers, others: int) -> Iterator[Numbers]:
    """Split people so that a window of each part and so many others stays small."""
    size = max(1, MOST_CELLS // max(1, others))
    for start in range(0, len(people), size):
        yield people[start : start + size]


def _marked(sides: Sides, keys: Ints, mentees: Numbers, mentors: Numbers) -> Mask:
    row, column = np.divmod(keys, max(1, len(sides.mentors)))
    at_row, at_column = _positions(mentees, len(sides.mentees))[row], _positions(mentors, len(sides.mentors))[column]
    here = (at_row >= 0) & (at_column >= 0)
    mask = np.zeros((len(mentees), len(mentors)), dtype=bool)
    mask[at_row[here], at_column[here]] = True
    return mask


def _positions(people: Numbers, number: int) -> Numbers:
    position = np.full(number, -1, dtype=np.intp)
    position[people] = np.arange(len(people))
    return position
