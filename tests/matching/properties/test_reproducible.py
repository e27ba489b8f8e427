"""The same pairs on every machine: for any number of threads, any hash seed, any linear algebra."""

import os
import subprocess
import sys

import pytest

import mentormatch.matching.core.tiles as tiles
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.snapshots import record_of, snapshot_of
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd, scattered

pytestmark = pytest.mark.slow

ROUNDS = {
    "a great crowd": MatchingProblem.of(crowd(1300, 500, 5), seed=5),
    "everybody on both sides": MatchingProblem.of(scattered(crowd(0, 0, 6, 150), 6), seed=6),
}
POLICY = Policy(objective=Objective.PARTICIPATION, common_hour_points=7)
SOLVE_AGAIN = (
    "import sys; from mentormatch.matching.snapshots import problem_from, record_of; "
    "from mentormatch.matching.solve import solve; "
    "print(record_of(solve(*problem_from(sys.stdin.read()))))"
)


@pytest.mark.parametrize("posed", ROUNDS.values(), ids=ROUNDS)
def test_any_number_of_threads_finds_the_same_pairs(posed: MatchingProblem, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = set()
    for threads in (1, 2, 4):
        monkeypatch.setattr(tiles, "THREADS", threads)
        answers.add(record_of(solve(posed, POLICY)))

    assert len(answers) == 1


@pytest.mark.parametrize("posed", ROUNDS.values(), ids=ROUNDS)
def test_another_process_with_another_hash_seed_finds_the_same_pairs(posed: MatchingProblem) -> None:
    here = record_of(solve(posed, POLICY))

    there = [
        subprocess.run(
            [sys.executable, "-c", SOLVE_AGAIN],
            input=snapshot_of(posed, POLICY),
            env={**os.environ, "PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads, "OPENBLAS_CORETYPE": core},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, threads, core in (("0", "1", "Haswell"), ("1", "2", "Prescott"))
    ]

    assert there == [f"{here}\n"] * 2
