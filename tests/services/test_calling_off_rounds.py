import pytest
from flask import Flask

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.errors import Conflict
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.rounds import RoundState, Stage
from mentormatch.persistence.models import Notice, Pairing
from mentormatch.services.bundle import Services
from tests.builders.running import Running, doing_at, running_programme


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services)


def test_a_waiting_round_is_cancelled(running: Running) -> None:
    running.start()

    running.cancel()

    assert running.state() == RoundState.DRAFT
    assert not running.solve()


@pytest.mark.parametrize("stage", list(Stage))
def test_a_round_is_cancelled_at_every_stage_and_leaves_nothing_behind(running: Running, stage: Stage) -> None:
    running.start()

    running.solve(doing_at(stage, running.cancel))

    assert running.state() == RoundState.DRAFT
    assert running.count(Pairing, PairingState.PROPOSED) == 0
    assert running.count(Notice, NoticeState.HELD) == 0


def test_cancelling_twice_changes_nothing(running: Running) -> None:
    running.start()
    running.cancel()
    version = running.version()

    running.cancel()

    assert running.version() == version


def test_a_round_that_was_solved_meanwhile_is_not_cancelled(running: Running) -> None:
    running.propose()

    with pytest.raises(Conflict):
        running.cancel()

    assert running.state() == RoundState.PROPOSED


def test_a_cancelled_round_can_be_solved_after_all(running: Running) -> None:
    running.start()
    running.solve(doing_at(Stage.SOLVING, running.cancel))
    running.solve_again()

    running.solve()

    assert running.state() == RoundState.PROPOSED


def test_a_discarded_proposal_takes_its_notices_with_it(running: Running) -> None:
    running.propose()

    running.discard()

    assert running.state() == RoundState.DRAFT
    assert running.count(Notice, NoticeState.CANCELLED) == running.count(Notice) > 0


def test_a_proposal_that_was_not_seen_is_not_discarded(running: Running) -> None:
    running.propose()
    seen = running.version()
    running.solve_again()
    running.solve()

    with pytest.raises(Conflict):
        running.services.calling_off_rounds.discard(running.programme_id, 1, seen, CONSOLE)

    assert running.state() == RoundState.PROPOSED
