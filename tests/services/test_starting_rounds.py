import pytest
from flask import Flask

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.errors import Conflict, IllegalStep, InputRefused, NotFound, RoundAlreadyOpen
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.rounds import RoundState
from mentormatch.persistence.models import MatchingRound, Notice, Pairing
from mentormatch.services.bundle import Services
from tests.builders import people
from tests.builders.running import Running, running_programme


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services)


def test_a_started_round_waits_for_a_solver(running: Running) -> None:
    assert running.start() == 1
    assert running.state() == RoundState.QUEUED


def test_a_second_press_is_told_the_number_of_the_open_round(running: Running) -> None:
    running.start()

    with pytest.raises(RoundAlreadyOpen) as refused:
        running.start()

    assert refused.value.number == 1


def test_twenty_presses_at_once_start_one_round(running: Running) -> None:
    met = running.at_once(*[running.start] * 20)

    assert sorted(map(str, met)) == sorted([str(None), *[str(RoundAlreadyOpen)] * 19])
    assert running.count(MatchingRound) == 1


def test_a_round_needs_a_place_and_somebody_who_wants_it(app: Flask, services: Services) -> None:
    lonely = running_programme(app, services, [people.mentee()])

    with pytest.raises(InputRefused, match="at least one place"):
        lonely.start()


def test_a_published_round_makes_room_for_the_next(running: Running) -> None:
    running.propose()
    running.publish()

    assert running.start() == 2


def test_a_discarded_round_is_taken_up_again_under_its_number(running: Running) -> None:
    running.propose()
    running.discard()

    assert running.start() == 1
    assert running.state() == RoundState.QUEUED


def test_solving_again_drops_the_proposal_and_its_held_notices(running: Running) -> None:
    running.propose()
    before = running.count(Pairing, PairingState.PROPOSED), running.count(Notice, NoticeState.HELD)

    running.solve_again()

    assert running.count(Pairing, PairingState.DROPPED) == before[0] > 0
    assert running.count(Notice, NoticeState.CANCELLED) == before[1] > 0


def test_solving_again_makes_a_second_proposal_and_overwrites_nothing(running: Running) -> None:
    running.propose()
    pairs = running.pairs()
    running.solve_again()
    running.solve()

    proposal = running.view().proposal

    assert proposal is not None
    assert proposal.number == 2
    assert running.count(Pairing) == 2 * len(pairs)


def test_a_proposal_that_was_not_seen_is_not_solved_again(running: Running) -> None:
    running.propose()

    with pytest.raises(Conflict):
        running.services.starting_rounds.solve_again(running.programme_id, 1, running.version() - 1, CONSOLE)

    assert running.state() == RoundState.PROPOSED


def test_asking_twice_to_solve_again_queues_once(running: Running) -> None:
    running.propose()
    running.solve_again()
    version = running.version()

    running.solve_again()

    assert running.version() == version


def test_a_published_round_is_not_solved_again(running: Running) -> None:
    running.propose()
    running.publish()

    with pytest.raises(IllegalStep):
        running.solve_again()


def test_a_round_of_another_programme_does_not_exist(running: Running) -> None:
    running.propose()

    with pytest.raises(NotFound):
        running.services.starting_rounds.solve_again(running.programme_id + 1, 1, 1, CONSOLE)
