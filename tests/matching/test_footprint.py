"""Solving takes no more memory than was said beforehand."""

import subprocess
import sys

import pytest

from mentormatch.matching.footprint import Footprint

pytestmark = pytest.mark.slow

SOLVED = """
import resource
from tests.bench.contenders import sparse_core
from tests.bench.families import measured_round
made = measured_round({family!r}, {size}, {size})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sparse_core(made)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


@pytest.mark.parametrize("family", ["random", "structured", "ties"])
def test_a_round_takes_no_more_memory_than_was_said(family: str) -> None:
    asked = [sys.executable, "-c", SOLVED.format(family=family, size=1500)]

    solved = subprocess.run(asked, capture_output=True, text=True, check=True)

    assert int(solved.stdout) < Footprint(1500, 1500).memory


def test_memory_grows_with_the_people_and_not_with_their_pairs() -> None:
    assert Footprint(20_000, 20_000).memory < 2 * Footprint(10_000, 10_000).memory
