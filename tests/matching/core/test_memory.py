"""Memory goes back to the machine where the C library can do that, and nothing happens where it cannot."""

import ctypes
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from mentormatch.matching.core import memory

_PIECE = 100_000
_PIECES = 2_000


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    memory._trim.cache_clear()
    yield
    memory._trim.cache_clear()


def held() -> int:
    """Read how many bytes of this process are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def test_what_lies_between_pieces_that_are_still_held_is_given_back() -> None:
    pieces = [np.ones(_PIECE, dtype=np.uint8) for _ in range(_PIECES)]
    kept = pieces[::100]
    del pieces
    before = held()
    memory.give_back()

    assert before - held() > _PIECE * _PIECES // 2
    assert len(kept) == _PIECES // 100


def test_a_c_library_that_cannot_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: None) -> object:
        return object()

    monkeypatch.setattr(ctypes, "CDLL", nothing)

    memory.give_back()
