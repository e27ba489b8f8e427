"""Tiers folded into stages: whole-number tables in which a tier can never outweigh the one before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mentormatch.matching.assigning import NotProven, is_exact
from mentormatch.matching.scoring import Table

FINENESS: Final = 4
"""Values are counted in quarters, so that the charges on mutual pairs can fall between two whole values."""

_HEADROOM: Final = 2
"""Charges may raise a value, at most to its double."""


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """As many tiers as one table carries exactly.

    `must` is worth more than all values together: it is added where someone has to be assigned because every best
    solution of the stages before does so. `step` is a first guess at a charge, `most` the highest a charge may be.
    """

    values: Table
    must: int
    step: int
    most: int


def stages_of(tiers: Sequence[Table]) -> tuple[Stage, ...]:
    """Fold the tiers, first things first, into as few stages as stay exact; raises NotProven if one tier does not."""
    stages: list[Stage] = []
    left = list(tiers)
    while left:
        values, count = left[0], 1
        for tier in left[1:]:
            wider = _folded(values, tier)
            if wider is None or not _carries(wider):
                break
            values, count = wider, count + 1
        if not _carries(values):
            raise NotProven("one tier alone is too large to be added exactly")
        step = max(1, FINENESS * _highest(left[count - 1]) // 16)
        stages.append(Stage(values * FINENESS, _must(values), step, FINENESS * _highest(values)))
        left = left[count:]
    return tuple(stages)


def _folded(values: Table, tier: Table) -> Table | None:
    scale = min(tier.shape) * _highest(tier) + 1
    fits = is_exact(tier.shape, _highest(values) * scale + _highest(tier))
    return values * scale + tier if fits else None


def _carries(values: Table) -> bool:
    return is_exact(values.shape, _HEADROOM * (2 * _must(values) + FINENESS * _highest(values)))


def _must(values: Table) -> int:
    # Charges can cost the best solution, and win a worse one, a value per row each.
    return FINENESS * (3 * int(min(values.shape)) * _highest(values) + 1)


def _highest(values: Table) -> int:
    return int(values.max(initial=0))
