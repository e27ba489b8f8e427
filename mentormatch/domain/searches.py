"""Looking for people of a programme: what may be asked, and in which order they are listed."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from mentormatch.domain.certification import Certification
from mentormatch.domain.positions import Position
from mentormatch.domain.signups import SignupState

PAGE_SIZES: Final = (25, 50, 100)
"""How many people a page may list; a form may carry no more fields than the largest of them."""


class Part(StrEnum):
    """What a person takes part as."""

    OFFERS = "offers"
    WANTS = "wants"
    BOTH = "both"


class Missing(StrEnum):
    """An answer that a person owes, or that leaves a round nothing to work with."""

    STRENGTHS = "strengths"
    """Offers to mentor, and is at the teach level in nothing."""
    GAPS = "gaps"
    """Wants a mentor, and aims nowhere higher than they are."""
    PLACES = "places"
    """Offers to mentor, and has no place for anybody."""
    MANAGER = "manager"
    """Has named no line manager, so nobody is kept apart from them."""
    HOPES = "hopes"
    """Has not said what they hope for."""


class Order(StrEnum):
    """The orders in which people can be listed: one for each column of the list."""

    NAME = "name"
    ORGANISATION = "organisation"
    SITE = "site"
    POSITION = "position"
    PLACES = "places"
    WANTS = "wants"
    HELD = "held"
    PURSUED = "pursued"
    STATE = "state"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which people are looked for and in which order; what is empty narrows nothing."""

    text: str = ""
    part: Part | None = None
    site: str = ""
    position: Position | None = None
    pursued: Certification | None = None
    held: Certification | None = None
    state: SignupState | None = None
    missing: Missing | None = None
    order: Order = Order.NAME
    descending: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter leaves anybody out on purpose."""
        return replace(self, order=Order.NAME, descending=False) != Wanted()
