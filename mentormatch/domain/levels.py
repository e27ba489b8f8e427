"""The scale 0 to 4 on which every competency is rated, and what strength and gap mean on it."""

from collections.abc import Mapping
from typing import Final

from mentormatch.domain.competencies import Competency
from mentormatch.domain.sentences import said

LOWEST: Final = 0
HIGHEST: Final = 4
TEACH_LEVEL: Final = 3
"""The level from which on a person can mentor others, unless the programme sets another."""

LEVEL_NAMES: Final[tuple[str, ...]] = (
    said("None"),
    said("Aware"),
    said("Guided"),
    said("Independent"),
    said("Teaches"),
)
LEVEL_QUESTIONS: Final[tuple[str, ...]] = (
    said("No knowledge or no experience yet"),
    said("Can explain it; has seen it done"),
    said("Does it in ordinary cases with help"),
    said("Does it alone, also in difficult cases, with results to show"),
    said("Others come to this person; can teach it and has developed others in it"),
)

Levels = Mapping[Competency, int]
"""One level, 0 to 4, for each of the sixteen."""


def numbered_level(level: int) -> str:
    """Write a level with its name: "3 Independent"."""
    return said("%(level)s %(name)s", level=level, name=LEVEL_NAMES[level])


def is_strength(level: int, teach_level: int = TEACH_LEVEL) -> bool:
    """Tell whether someone at this level can mentor others in the competency."""
    return level >= teach_level


def gap(level: int, target: int) -> int:
    """Count the levels still missing to the target; 0 when it is reached."""
    return max(0, target - level)
