"""The certificate of a solution: whole-number prices, tier by tier, that prove to anybody that none is better."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mentormatch.matching.people import Pair

TIERS: Final = ("candidates served", "their further places", "participation", "score", "nearness", "lots")
"""What counts, first things first."""

Price = tuple[int, ...]
"""A price in each tier; prices are compared tier by tier, like words letter by letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Prices of unlocked mentees and of one place of each mentor, and charges on loops, for lots drawn from a seed.

    `charges` name a pair of people once, the smaller id first.
    """

    seed: int
    mentees: Mapping[str, Price]
    mentors: Mapping[str, Price]
    charges: Mapping[Pair, Price]


def written(certificate: Certificate) -> str:
    """Write a certificate as JSON."""
    value = {
        "tiers": TIERS,
        "seed": certificate.seed,
        "mentees": {person: list(price) for person, price in sorted(certificate.mentees.items())},
        "mentors": {person: list(price) for person, price in sorted(certificate.mentors.items())},
        "charges": [[*pair, list(price)] for pair, price in sorted(certificate.charges.items())],
    }
    return json.dumps(value, separators=(",", ":"), allow_nan=False) + "\n"


def read(text: str) -> Certificate:
    """Read a certificate back; raises ValueError for anything else."""
    value = json.loads(text)
    try:
        if tuple(value["tiers"]) != TIERS:
            raise ValueError("its tiers are not those of this program")
        return Certificate(
            seed=int(value["seed"]),
            mentees={str(person): _price(price) for person, price in value["mentees"].items()},
            mentors={str(person): _price(price) for person, price in value["mentors"].items()},
            charges={(str(a), str(b)): _price(price) for a, b, price in value["charges"]},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("it is not a certificate") from error


def _price(value: Sequence[Any]) -> Price:
    if len(value) != len(TIERS) or not all(type(part) is int and abs(part) < 2**62 for part in value):
        raise ValueError("a price is not one whole number per tier")
    return tuple(value)
