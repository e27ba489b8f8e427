"""The three positions a practitioner works in or aims at, and what each of them needs most."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import Levels
from mentormatch.domain.sentences import said


class Position(StrEnum):
    """Where in the organisation the lean function is served."""

    CORPORATE = "corporate"
    BUSINESS_UNIT = "business_unit"
    VALUE_STREAM = "value_stream"


POSITION_TITLES: Final[Mapping[Position, str]] = MappingProxyType(
    {
        Position.CORPORATE: said("Corporate"),
        Position.BUSINESS_UNIT: said("Business unit"),
        Position.VALUE_STREAM: said("Value stream"),
    }
)

WEIGHT_TOTAL: Final = 1000
"""The weights of a position sum to this, so that people of different positions compare."""

HIGHEST_EMPHASIS: Final = 9

Emphasis = Mapping[Competency, int]
"""How much a position needs each competency: whole numbers from 0; 1 useful, 2 important, 3 decisive."""

_ROWS: Final[Mapping[Position, str]] = {
    Position.CORPORATE: "3322 3222 2212 1113",
    Position.BUSINESS_UNIT: "2323 2222 2323 2222",
    Position.VALUE_STREAM: "1232 2232 3333 3331",
}


def _emphasis(row: str) -> Emphasis:
    return MappingProxyType(dict(zip(Competency, map(int, row.replace(" ", "")), strict=True)))


DEFAULT_EMPHASIS: Final[Mapping[Position, Emphasis]] = MappingProxyType({p: _emphasis(row) for p, row in _ROWS.items()})
"""Our proposal, editable per programme; not a finding of the field."""


def weights_of(emphasis: Emphasis) -> Mapping[Competency, int]:
    """Scale an emphasis to whole numbers that sum to 1000, by largest remainder; ties go to the earlier competency.

    Raises ValueError when no competency has any emphasis.
    """
    total = sum(emphasis.values())
    if total <= 0:
        msg = "at least one competency needs an emphasis above zero"
        raise ValueError(msg)
    floors = {c: emphasis[c] * WEIGHT_TOTAL // total for c in Competency}
    by_remainder = sorted(Competency, key=lambda c: -(emphasis[c] * WEIGHT_TOTAL % total))
    for c in by_remainder[: WEIGHT_TOTAL - sum(floors.values())]:
        floors[c] += 1
    return MappingProxyType(floors)


def default_targets(emphasis: Emphasis) -> Levels:
    """Propose the levels to aim at: decisive competencies 4, important ones 3, useful ones 2, the rest 0."""
    proposed = (0, 2, 3, 4)
    return MappingProxyType({c: proposed[min(emphasis[c], 3)] for c in Competency})
