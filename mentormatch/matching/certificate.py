"""The certificate of a solution: whole-number prices, tier by tier, proving to anybody that none is better."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from mentormatch.matching.people import Pair

TIERS: Final = ("candidates served", "their further places", "participation", "score", "nearness", "lots")
"""What counts, first things first."""

DEEPEST: Final = 300
"""Proofs with more splits one below the other than this are not read."""

Price = tuple[int, ...]
"""A price in each tier; prices are compared tier by tier, like words letter by letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """Prices for the first so many tiers: only those that differ from the certificate's own."""

    tiers: int = len(TIERS)
    mentees: Mapping[str, Price] = field(default_factory=dict)
    mentors: Mapping[str, Price] = field(default_factory=dict)
    charges: Mapping[Pair, Price] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Split:
    """Two proofs that leave no solution out, as nobody mentors the own mentor.

    The one is for the solutions without a pair, the other for those without the same two the other way round.
    """

    pair: Pair
    without: "Proof"
    without_reverse: "Proof"


Proof = Leaf | Split


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Prices of unlocked mentees and of one place of each mentor, and charges on loops, for lots drawn from a seed.

    `charges` name a pair of people once, the smaller id first. The prices alone are a proof unless loops had to be
    looked at one by one; then `proof` says where to change which.
    """

    seed: int
    mentees: Mapping[str, Price]
    mentors: Mapping[str, Price]
    charges: Mapping[Pair, Price]
    proof: Proof = field(default_factory=Leaf)


def leaves(proof: Proof, without: frozenset[Pair] = frozenset()) -> Iterator[tuple[frozenset[Pair], Leaf]]:
    """Give every leaf of a proof with the pairs that its solutions do without."""
    if isinstance(proof, Leaf):
        yield without, proof
        return
    yield from leaves(proof.without, without | {proof.pair})
    yield from leaves(proof.without_reverse, without | {proof.pair[::-1]})


def written(certificate: Certificate) -> str:
    """Write a certificate as JSON."""
    value = {"tiers": TIERS, "seed": certificate.seed, **_priced(certificate), "proof": _proof(certificate.proof)}
    return json.dumps(value, separators=(",", ":"), allow_nan=False) + "\n"


def read(text: str) -> Certificate:
    """Read a certificate back; raises ValueError for anything else."""
    value = json.loads(text)
    try:
        if tuple(value["tiers"]) != TIERS:
            raise ValueError("its tiers are not those of this program")
        return Certificate(
            seed=int(value["seed"]), **_read_prices(value, len(TIERS)), proof=_read_proof(value["proof"], DEEPEST)
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("it is not a certificate") from error


def _proof(proof: Proof) -> dict[str, Any]:
    if isinstance(proof, Leaf):
        return {"tiers": proof.tiers, **_priced(proof)}
    return {
        "pair": proof.pair,
        "without": _proof(proof.without),
        "without_reverse": _proof(proof.without_reverse),
    }


def _priced(prices: Certificate | Leaf) -> dict[str, Any]:
    return {
        "mentees": dict(sorted(prices.mentees.items())),
        "mentors": dict(sorted(prices.mentors.items())),
        "charges": [[*pair, price] for pair, price in sorted(prices.charges.items())],
    }


def _read_proof(value: Mapping[str, Any], deepest: int) -> Proof:
    if not deepest:
        raise ValueError("its proof is too deep")
    if "pair" in value:
        a, b = value["pair"]
        without, reverse = (_read_proof(value[name], deepest - 1) for name in ("without", "without_reverse"))
        return Split((str(a), str(b)), without, reverse)
    tiers = value["tiers"]
    if type(tiers) is not int or not 1 <= tiers <= len(TIERS):
        raise ValueError("a leaf proves one tier at least and all of them at most")
    return Leaf(tiers=tiers, **_read_prices(value, tiers))


def _read_prices(value: Mapping[str, Any], tiers: int) -> dict[str, Any]:
    return {
        "mentees": {str(person): _price(price, tiers) for person, price in value["mentees"].items()},
        "mentors": {str(person): _price(price, tiers) for person, price in value["mentors"].items()},
        "charges": {(str(a), str(b)): _price(price, tiers) for a, b, price in value["charges"]},
    }


def _price(value: Sequence[Any], tiers: int) -> Price:
    if len(value) != tiers or not all(type(part) is int and abs(part) < 2**62 for part in value):
        raise ValueError("a price is not one whole number per tier")
    return tuple(value)
