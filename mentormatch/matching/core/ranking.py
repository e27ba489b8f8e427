"""Picking the best few of every group out of millions."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.market import Ints, Mask

_BITS: Final = 62


def best_of_each(groups: NDArray[np.int32], slack: Ints, number: int, each: int) -> Mask:
    """Mark so many pairs of each group, those of least slack first; among equals their place decides.

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
    packed |= np.arange(size)
    packed.sort()
    place = packed & ((1 << place_bits) - 1)
    counts = np.bincount(groups, minlength=number)
    rank = np.arange(size) - np.repeat(np.cumsum(counts) - counts, counts)
    chosen[place[rank < each]] = True
    return chosen
