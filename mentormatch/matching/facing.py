"""One person against everybody on the other side: who could help, and what stands in the way."""

from dataclasses import dataclass

import numpy as np

from mentormatch.domain.pairings import Side
from mentormatch.matching.core.market import Ints, Mask
from mentormatch.matching.people import Pair
from mentormatch.matching.sides import Sides
from mentormatch.matching.windows import window_of


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Facing:
    """A person's possible partners by their ids; `is_fit` marks those whom only a bar or the like keeps apart."""

    person_id: str
    side: Side
    partners: tuple[str, ...]
    coverage: Ints
    is_fit: Mask
    is_kept_apart: Mask

    def pair(self, partner_id: str) -> Pair:
        """Give the pair with a partner."""
        return (partner_id, self.person_id) if self.side is Side.MENTEE else (self.person_id, partner_id)

    def eligible(self) -> list[tuple[str, int]]:
        """List the eligible partners with what the pair would close, the most first."""
        may = np.flatnonzero(self.is_fit & ~self.is_kept_apart)
        best = may[np.argsort(-self.coverage[may], kind="stable")]
        return [(self.partners[at], int(self.coverage[at])) for at in best.tolist()]

    def kept_apart(self) -> list[str]:
        """List the partners whom only a bar, a manager or an earlier pairing stands in the way of."""
        return [self.partners[at] for at in np.flatnonzero(self.is_fit & self.is_kept_apart).tolist()]


def facing_of(sides: Sides, person_id: str, side: Side) -> Facing:
    """Look at somebody from one side."""
    own, others = (sides.mentees, sides.mentors) if side is Side.MENTEE else (sides.mentors, sides.mentees)
    at = np.array([number for number, person in enumerate(own) if person.id == person_id], dtype=np.intp)
    everyone = np.arange(len(others))
    window = window_of(sides, *((at, everyone) if side is Side.MENTEE else (everyone, at)))
    ruled_out = window.no_language | window.no_common_hours | window.same_site | window.below_floor
    return Facing(
        person_id=person_id,
        side=side,
        partners=tuple(person.id for person in others),
        coverage=window.coverage.astype(np.int64).ravel(),
        is_fit=(~window.same_person & (window.coverage >= 1) & ~ruled_out).ravel(),
        is_kept_apart=window.kept_apart.ravel(),
    )
