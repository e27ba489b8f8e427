import json

import pytest

from mentormatch.domain.errors import InputRefused, NotFound
from mentormatch.domain.rounds import RoundState
from mentormatch.matching.certificate import read
from mentormatch.matching.snapshots import problem_from
from mentormatch.services import recounting_rounds
from mentormatch.services.bundle import Services
from mentormatch.services.recounting_rounds import HistoryPage, RecountingRounds
from tests.builders.running import Running


@pytest.fixture
def running(proposed: Running) -> Running:
    return proposed


@pytest.fixture
def recounting(services: Services) -> RecountingRounds:
    return services.records.rounds


def history(running: Running, page: int = 1) -> HistoryPage:
    return running.services.records.rounds.page(running.programme_id, page)


def test_a_proposal_that_was_solved_anew_stays_in_the_history(running: Running) -> None:
    running.solve_again()
    running.solve()

    told = [(line.number, line.stands, line.round_state) for line in history(running).lines]

    assert told == [(2, True, RoundState.PROPOSED), (1, False, RoundState.PROPOSED)]


def test_the_history_tells_what_a_proposal_came_to_and_that_it_is_proven(running: Running) -> None:
    (line,) = history(running).lines

    assert (line.totals.mentees_paired, line.is_proven, line.has_certificate) == (2, True, True)


def test_a_page_beyond_the_last_one_is_the_last_one(running: Running) -> None:
    assert history(running, page=9).page == 1


def test_the_frozen_input_that_is_handed_out_poses_the_problem_again(
    running: Running, recounting: RecountingRounds
) -> None:
    problem, _ = problem_from(recounting.frozen_input(running.programme_id, 1, 1).decode())

    assert len(problem.people) == history(running).lines[0].totals.people


def test_the_certificate_that_is_handed_out_is_one(running: Running, recounting: RecountingRounds) -> None:
    content = recounting.certificate(running.programme_id, 1, 1).decode()

    assert json.loads(content)
    assert read(content).seed == 0


def test_a_round_that_is_solved_again_comes_to_the_same_and_is_proven(
    running: Running, recounting: RecountingRounds
) -> None:
    found = recounting.verify(running.programme_id, 1)

    assert (found.differences, found.proven, found.pairs) == ((), True, 2)


def test_a_round_too_large_for_a_page_is_left_to_the_shell(
    running: Running, recounting: RecountingRounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting_rounds, "MOST_PEOPLE", 1)

    assert not history(running).lines[0].may_be_verified
    with pytest.raises(InputRefused, match="shell"):
        recounting.verify(running.programme_id, 1)


def test_a_round_without_a_proposal_cannot_be_verified(running: Running, recounting: RecountingRounds) -> None:
    running.discard()

    with pytest.raises(NotFound):
        recounting.verify(running.programme_id, 1)
