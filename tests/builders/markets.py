"""Random markets for the sparse core, in the families that make assignment easy or hard."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.market import Arcs, Ints, Market, Places
from mentormatch.matching.core.rules import Rule

FAMILIES: Final = ("random", "structured", "ties", "equal")
Levels = NDArray[np.float64]
_STEPS: Final = np.arange(1, 5)
_FIRST, _FURTHER = 2**27, 2**22


def market(
    shape: tuple[int, int],
    *,
    seed: int = 0,
    family: str = "random",
    mixed_places: bool = False,
    tongues: int = 1,
    barred: int = 0,
    candidates: float = 0.0,
    per_pair: int = 0,
) -> Market:
    """Make a market of so many mentees and mentors."""
    random = np.random.default_rng(seed)
    mentees, mentors = shape
    levels, own, targets = _ratings(random, family, mentees, mentors)
    weights = np.floor(random.dirichlet(np.full(16, 2.0), 3) * 1000) if family != "ties" else np.full((3, 16), 62.0)
    weight = weights[random.integers(0, 3, mentees)]
    taught = np.where(levels >= 3, levels, 0)
    wants = (weight[:, :, None] * ((own[:, :, None] < _STEPS) & (targets[:, :, None] >= _STEPS))).reshape(mentees, -1)
    return Market(
        wants=wants.astype(np.float32),
        teaches=(taught[:, :, None] >= _STEPS).reshape(mentors, -1).astype(np.float32),
        closing=wants.shape[1],
        least=np.maximum(1, wants.sum(axis=1) // 10).astype(np.int64),
        rules=(_languages(random, mentees, mentors, tongues),) if tongues > 1 else (),
        apart=np.unique(random.integers(0, mentees * mentors, barred)) if mentees * mentors else np.empty(0, np.int64),
        places=_places(random, mentors, candidates, mixed=mixed_places),
        per_pair=per_pair,
    )


def favoured(plain: Market, *, seed: int = 0, days: int = 4, sites: int = 0, wishes: int = 0) -> Market:
    """Give the same market with points of preference at their highest, site against site, and wishes at random."""
    random = np.random.default_rng(seed)
    shape = plain.mentees, plain.mentors
    waited, day = random.integers(0, 6, (shape[0], 1)) * 1000, np.eye(days)[random.integers(0, days, shape[0])]
    hours = random.integers(0, 9, (shape[1], days)) * 100
    apart = (Rule(random.integers(0, sites, shape[0]), random.integers(0, sites, shape[1]), None),) if sites else ()
    made = replace(
        plain,
        wants=np.hstack([plain.wants, waited, day]).astype(np.float32),
        teaches=np.hstack([plain.teaches, np.ones((shape[1], 1)), hours]).astype(np.float32),
        rules=(*plain.rules, *apart),
    )
    mentee, mentor = np.divmod(np.unique(random.integers(0, shape[0] * shape[1], wishes)), shape[1])
    may = np.einsum("ek,ek->e", plain.wants[mentee], plain.teaches[mentor]) >= plain.least[mentee]
    for rule in made.rules:
        may &= rule.pairs(mentee, mentor)
    wished = Arcs(
        mentee=mentee.astype(np.int32), mentor=mentor.astype(np.int32), worth=made.score(mentee, mentor) + 1000
    )
    return replace(made, wished=wished.where(may))


def _languages(random: np.random.Generator, mentees: int, mentors: int, tongues: int) -> Rule:
    spoken = random.integers(0, tongues, mentees), random.integers(0, tongues, mentors)
    return Rule(*spoken, np.eye(tongues, dtype=bool) | (random.random((tongues, tongues)) < 0.2))


def _ratings(random: np.random.Generator, family: str, mentees: int, mentors: int) -> tuple[Levels, Levels, Levels]:
    apart, together = (0.35, 1.0) if family == "structured" else (1.0, 0.5)
    levels = random.normal(2.1, together, (mentors, 1)) + random.normal(0, apart, (mentors, 16))
    own = random.normal(1.4, together, (mentees, 1)) + random.normal(0, apart, (mentees, 16))
    targets = np.maximum(own, random.normal(3, 0.8, (mentees, 16)))
    rounding = 3.0 if family == "ties" else 1.0
    found = [np.clip(np.rint(table / rounding) * rounding, 0, 4) for table in (levels, own, targets)]
    if family == "equal":
        found = [np.full_like(table, level) for table, level in zip(found, (4, 1, 3), strict=True)]
    return found[0], found[1], found[2]


def _places(random: np.random.Generator, mentors: int, candidates: float, *, mixed: bool) -> Places:
    capacity = random.integers(0, 6, mentors) if mixed else np.ones(mentors, dtype=np.int64)
    needed = np.minimum(capacity, np.where(random.random(mentors) < candidates, random.integers(0, 3, mentors), 0))
    first = np.minimum(needed, 1)
    counts: Ints = np.array([first, needed - first, capacity - needed], dtype=np.int64)
    return Places(counts, np.repeat(np.array([[_FIRST], [_FURTHER], [0]], dtype=np.int64), mentors, axis=1))
