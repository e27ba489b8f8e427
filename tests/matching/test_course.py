"""Solving tells how far it has come and stops when it is called off."""

import pytest

from mentormatch.domain.errors import SolvingCancelled
from mentormatch.domain.policies import Policy
from mentormatch.domain.rounds import Stage
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd, problem


def test_progress_goes_forward_through_the_stages_and_reaches_the_end() -> None:
    told: list[tuple[Stage, int, int]] = []

    solve(problem(*crowd(6, 4, seed=1)), Policy(), progress=lambda *step: told.append(step))

    order = list(Stage)
    assert [(order.index(stage), done) for stage, done, _ in told] == sorted((order.index(s), d) for s, d, _ in told)
    assert told[-1] == (Stage.SOLVING, 3, 3)


@pytest.mark.parametrize("asked", range(1, 8))
def test_solving_stops_at_the_next_step_after_it_was_called_off(asked: int) -> None:
    answers = iter([False] * asked + [True])

    with pytest.raises(SolvingCancelled):
        solve(problem(*crowd(6, 4, seed=1)), Policy(), cancelled=lambda: next(answers))

    assert list(answers) == []
