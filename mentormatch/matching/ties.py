"""Ties: every pair's lot, drawn from the round's seed and the two ids, the same for any order of rows."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.people import Person
from mentormatch.matching.problem import keyed_digest
from mentormatch.matching.scoring import Table

_EXACT = 2**53
_MOST_BITS = 40
_FEWEST_BITS = 26


class Drum:
    """Holds everyone's key, from which the lot of any pair is drawn."""

    def __init__(self, seed: int, mentees: Sequence[Person], mentors: Sequence[Person]) -> None:
        self._mentee = _keys(seed, "mentee", mentees)
        self._mentor = _keys(seed, "mentor", mentors)
        self._shift = np.uint64(64 - _bits(len(mentees)))

    def lots(self, mentee: NDArray[np.integer], mentor: NDArray[np.integer]) -> Table:
        """Draw the lots, positive whole numbers, of pairs given by the numbers of their people."""
        return np.asarray(_mix(self._mentee[mentee] ^ self._mentor[mentor]) >> self._shift, dtype=np.int64) + 1


def _bits(rows: int) -> int:
    # Fewer bits in small rounds keep sums along a way through all people exact in floating point.
    bits = (_EXACT // (64 * (rows + 2) ** 2)).bit_length() - 1
    return min(bits, _MOST_BITS) if bits >= _FEWEST_BITS else _MOST_BITS


def _keys(seed: int, side: str, people: Sequence[Person]) -> NDArray[np.uint64]:
    digests = [int.from_bytes(keyed_digest(seed, side, person.id)[:8], "big") for person in people]
    return np.array(digests, dtype=np.uint64)


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scramble 64 bits (the finalizer of splitmix64), so that lots of pairs with a person in common are unrelated."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
