"""What the prices of a certificate say about one place more or less, and about one mentee less."""

from mentormatch.matching.certificate import Certificate, Price
from mentormatch.matching.people import Pair
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.proof import doubts
from tests.matching.properties.model import TIERS, Model, Worth

NOTHING = (0,) * TIERS


def difference(more: Worth, less: Worth) -> Worth:
    """Count how much one worth exceeds another, tier by tier."""
    return tuple(a - b for a, b in zip(more, less, strict=True))


def price_of_place(model: Model, certificate: Certificate, mentor: str, place: int) -> Price:
    """Give what a place of this number is worth at most: its mentor's price and what it counts for a certification."""
    serves = place <= model.needed[mentor]
    bonus = (int(serves and place == 1), int(serves and place > 1), *NOTHING[2:])
    return max(NOTHING, tuple(a + b for a, b in zip(certificate.mentors[mentor], bonus, strict=True)))


def is_proven(model: Model, pairs: frozenset[Pair], certificate: Certificate) -> bool:
    """Tell whether the independent check accepts these pairs with this certificate."""
    return doubts(model.problem, model.policy, pairs, certificate) == ()


def free_places(problem: MatchingProblem, mentor: str) -> int:
    """Count the places of a mentor that no lock holds."""
    [places] = [person.places for person in problem.people if person.id == mentor]
    return places - sum(a == mentor for a, _ in problem.locks)
