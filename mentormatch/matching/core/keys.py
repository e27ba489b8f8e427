"""Sorted whole numbers, each once, as sets: the keys of pairs, of which there may be millions.

The library's own functions for sets make a table of all first, which takes ten times as long as sorting.
"""

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]


def united(*lists: Keys) -> Keys:
    """Give the keys of all lists sorted, each once."""
    # Of lists that were sorted by themselves only the runs have to be merged.
    every = np.sort(np.concatenate([np.empty(0, np.int64), *lists]), kind="stable")
    return np.asarray(every[np.diff(every, prepend=every[:1] - 1) > 0])


def among(keys: Keys, wanted: Keys) -> NDArray[np.bool_]:
    """Mark which of the wanted are among sorted keys."""
    if not len(keys):
        return np.zeros(len(wanted), dtype=bool)
    at = np.searchsorted(keys, wanted)
    return np.asarray(keys[np.minimum(at, len(keys) - 1)] == wanted)


def lacking(keys: Keys, others: Keys) -> Keys:
    """Give those of some keys that are not among others, which are sorted."""
    return np.asarray(keys[~among(others, keys)])
