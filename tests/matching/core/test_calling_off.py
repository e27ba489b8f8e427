"""Whoever calls a solve off is asked often, and the answer does not depend on how many threads look at the pairs."""

import time

import numpy as np
import pytest

from mentormatch.matching.core import tiles
from tests.bench.families import measured_round
from tests.bench.solving import solved

pytestmark = pytest.mark.slow

_LONGEST = 0.5
"""Seconds of one processor between two questions."""


class CalledOff(Exception):
    pass


@pytest.mark.parametrize("family", ["random", "structured", "ties"])
def test_a_solve_asks_at_least_twice_a_second_whether_it_is_called_off(family: str) -> None:
    asked = [time.process_time()]

    solved(measured_round(family, 3000, 3000), lambda: asked.append(time.process_time()))

    assert np.diff(asked).max() < tiles.THREADS * _LONGEST


@pytest.mark.parametrize("last", [1, 3, 10, 30])
def test_a_solve_stops_where_it_is_called_off(last: int) -> None:
    questions = iter(range(10**6))

    def stop() -> None:
        if next(questions) == last:
            raise CalledOff

    with pytest.raises(CalledOff):
        solved(measured_round("random", 1500, 1500), stop)
    assert next(questions) <= last + 2


@pytest.mark.parametrize("family", ["random", "ties", "both"])
def test_the_answer_is_the_same_for_any_number_of_threads(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = measured_round(family, 1100, 1100)
    answers = []
    for threads in (1, 2, 5):
        monkeypatch.setattr(tiles, "THREADS", threads)
        answers.append(solved(made).choice)

    assert all(np.array_equal(answers[0].mentor_of, other.mentor_of) for other in answers[1:])
    assert all(
        np.array_equal(mine.mentee, others.mentee)
        for other in answers[1:]
        for mine, others in zip(answers[0].prices, other.prices, strict=True)
    )
