"""What a solution's proof rests on, in numbers: per branch the pairs it rules out, its charges and its prices."""

from collections import deque
from collections.abc import Mapping
from typing import Final

import numpy as np

from mentormatch.matching.certificate import Certificate, Leaf, Price, Proof, Split
from mentormatch.matching.core.loops import Loop
from mentormatch.matching.core.market import Ints, Prices
from mentormatch.matching.core.terms import Premise
from mentormatch.matching.core.tiers import tiered_optimum
from mentormatch.matching.core.tiles import Check
from mentormatch.matching.laying_out import Floor
from mentormatch.matching.people import Pair
from mentormatch.matching.worth import CANDIDATE, FURTHER, PAIRED, POINT

MOST_BRANCHES: Final = 16
"""A proof with more branches is looked at only as deep as there are so many, which bounds losses less well."""

_UNITS: Final = (CANDIDATE, FURTHER, PAIRED, POINT)
"""Of the tiers those up to the score; nearness and lots are no loss to anybody."""


def premises_of(floor: Floor, certificate: Certificate | None, check: Check) -> tuple[Premise, ...]:
    """Give the branches of a proof; without one, the round in which it does not matter who mentors whom in return."""
    if certificate is None:
        return (_unproven(floor, check),)
    branches = deque([(frozenset[Pair](), certificate.proof)])
    leaves: list[tuple[frozenset[Pair], Leaf]] = []
    while branches:
        bans, proof = branches.popleft()
        if isinstance(proof, Split) and len(leaves) + len(branches) + 2 <= MOST_BRANCHES:
            branches += [(bans | {proof.pair}, proof.without), (bans | {proof.pair[::-1]}, proof.without_reverse)]
        else:
            leaves.append((bans, _first_leaf(proof)))
    return tuple(_premise(floor, certificate, bans, leaf) for bans, leaf in leaves)


def _first_leaf(proof: Proof) -> Leaf:
    while isinstance(proof, Split):
        proof = proof.without
    return proof


def _premise(floor: Floor, certificate: Certificate, bans: frozenset[Pair], leaf: Leaf) -> Premise:
    charges = {**certificate.charges, **leaf.charges}
    return Premise(
        bans=frozenset(_key(floor, pair) for pair in bans),
        charges={_loop(floor, pair): _folded(price) for pair, price in charges.items()},
        prices=Prices(
            _prices(floor.mentees, {**certificate.mentees, **leaf.mentees}),
            _prices(floor.mentors, {**certificate.mentors, **leaf.mentors}),
        ),
    )


def _prices(people: tuple[str, ...], prices: Mapping[str, Price]) -> Ints:
    return np.array([_folded(prices[person]) for person in people], dtype=np.int64)


def _unproven(floor: Floor, check: Check) -> Premise:
    tiers = tiered_optimum(floor.market, floor.counts, check).prices
    mentee = [unit * prices.mentee for unit, prices in zip(_UNITS, tiers, strict=True)]
    mentor = [unit * prices.mentor for unit, prices in zip(_UNITS, tiers, strict=True)]
    return Premise(bans=frozenset(), charges={}, prices=Prices(np.sum(mentee, axis=0), np.sum(mentor, axis=0)))


def _folded(price: Price) -> int:
    candidates, further, paired, points, *_ = price
    return candidates * CANDIDATE + further * FURTHER + paired * PAIRED + points * POINT


def _loop(floor: Floor, pair: Pair) -> Loop:
    one, other = sorted((_key(floor, pair), _key(floor, pair[::-1])))
    return one, other


def _key(floor: Floor, pair: Pair) -> int:
    [key] = floor.keys_on(frozenset({pair})).tolist()
    return int(key)
