"""What participants may ask of coming rounds: whom they would like and whom they must not meet, with the bounds."""

from dataclasses import dataclass
from typing import Final

MOST_WISHES: Final = 5
MOST_AVOIDED: Final = 10


@dataclass(frozen=True, slots=True)
class ListedMentor:
    """A mentor who agreed to be found by name; nothing of their answers beyond where they work."""

    id: int
    name: str
    organisation: str
    site: str


@dataclass(frozen=True, slots=True)
class Avoided:
    """Somebody a participant must not be paired with, by the address they were named with."""

    mailbox: str
    email: str
