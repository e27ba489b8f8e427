"""Looking for people of a programme: what may be asked, and in which order they are listed."""

from dataclasses import dataclass
from enum import StrEnum

from mentormatch.domain.certification import Certification
from mentormatch.domain.signups import SignupState


class Part(StrEnum):
    """What a person takes part as."""

    OFFERS = "offers"
    WANTS = "wants"
    BOTH = "both"


class Order(StrEnum):
    """The orders in which people can be listed."""

    NAME = "name"
    ORGANISATION = "organisation"
    SITE = "site"
    STATE = "state"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which people are looked for and in which order; what is empty narrows nothing."""

    text: str = ""
    part: Part | None = None
    site: str = ""
    pursued: Certification | None = None
    state: SignupState | None = None
    order: Order = Order.NAME
    descending: bool = False
