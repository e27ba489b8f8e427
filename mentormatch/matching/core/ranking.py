"""Picking the best few of every group out of millions."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.market import Ints, Mask

_BITS: Final = 62

_ODD: Final = 2_654_435_761


def best_of_each(groups: NDArray[np.int32], slack: Ints, number: int, each: int) -> Mask:
    """Mark so many pairs of each group, those of least slack first; among equals a number made from the place decides.

    The place itself would give whole blocks of mentees the same few mentors.
    Where group, slack and place do not fit one whole number, the lowest bits of the slack are left out.
    """
    size = len(groups)
    chosen = np.zeros(size, dtype=bool)
    if not size:
        return chosen
    place_bits, group_bits = size.bit_length(), int(number).bit_length()
    above = slack - slack.min()
    dropped = max(0, int(above.max()).bit_length() - (_BITS - place_bits - group_bits))
    # One sort of whole numbers takes a fraction of what a sort by two keys does.
    packed = ((groups.astype(np.int64) << (_BITS - place_bits - group_bits)) | (above >> dropped)) << place_bits
    packed |= _drawn(np.arange(size), place_bits, _ODD)
    packed.sort()
    place = _drawn(packed & ((1 << place_bits) - 1), place_bits, pow(_ODD, -1, 1 << place_bits))
    counts = np.bincount(groups, minlength=number)
    rank = np.arange(size) - np.repeat(np.cumsum(counts) - counts, counts)
    chosen[place[rank < each]] = True
    return chosen


def _drawn(numbers: Ints, bits: int, odd: int) -> Ints:
    """Give each number of so many bits another one, in no order to be noticed; the inverse of `odd` undoes it."""
    mask = (1 << bits) - 1
    numbers = numbers * odd & mask
    # Exchanging nothing but the lower half, this takes itself back.
    return (numbers ^ (numbers >> (bits + 1) // 2)) * odd & mask
