"""Giving back to the machine what was let go of."""

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Give back all free memory, where the C library knows how to; it would keep most of it otherwise.

    Lists of millions of pairs come and go in all sizes, and what is kept between them was as much as what is in use.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):
        return None
    return found
