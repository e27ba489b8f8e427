import time
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.errors import Fault, InputRefused
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.rounds import RoundState, Stage
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, MatchingRound, Notice, Pairing
from mentormatch.services.bundle import Services
from mentormatch.services.claiming_rounds import LEASE, ClaimingRounds
from mentormatch.services.solving_rounds import SolvingRounds
from mentormatch.services.writing_notices import WritingNotices
from tests.builders.running import Killed, Running, doing_at, killed_at, running_programme
from tests.installations import StandingClock

STAGES = list(Stage)
A_LEASE_AND_A_SECOND = LEASE.total_seconds() + 1


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services)


def row() -> MatchingRound:
    with Transactions().reading() as session:
        return session.scalars(sa.select(MatchingRound)).one()


def until(met: Callable[[], bool], patience: float = 10.0) -> bool:
    """Look again and again until something has happened, or patience ends."""
    deadline = time.monotonic() + patience
    while not met():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def test_everyone_in_a_solved_round_has_one_held_notice(running: Running) -> None:
    running.propose()

    assert running.count(Notice, NoticeState.HELD) == running.count(Notice) == len(running.ids)


def test_the_candidate_is_served_and_the_languages_are_respected(running: Running) -> None:
    running.propose()

    assert {mentor for mentor, _ in running.pairs()} == {"Omar", "Silva"}
    assert {mentee for _, mentee in running.pairs()} == {"Mei", "Ana"}


def test_the_stages_are_reported_in_their_order(running: Running) -> None:
    running.start()
    reached: list[Stage] = []

    running.solve(lambda stage, *_steps: reached.append(stage))

    assert reached == STAGES


def test_the_page_sees_the_stage_at_work(running: Running) -> None:
    running.start()
    seen: list[Stage | None] = []

    running.solve(doing_at(Stage.CHECKING, lambda: seen.append(running.view().head.stage)))

    assert seen == [Stage.CHECKING]


@pytest.mark.parametrize("stage", STAGES)
def test_a_round_whose_solver_died_is_solved_by_the_next(running: Running, clock: StandingClock, stage: Stage) -> None:
    running.start()
    with pytest.raises(Killed):
        running.solve(killed_at(stage))
    clock.forward(seconds=A_LEASE_AND_A_SECOND)

    running.solve()

    assert running.state() == RoundState.PROPOSED
    assert running.count(Notice, NoticeState.HELD) == len(running.ids)
    assert running.count(Pairing, PairingState.PROPOSED) == len(running.pairs())


def test_nobody_takes_a_round_over_before_its_lease_has_ended(running: Running, clock: StandingClock) -> None:
    running.start()
    with pytest.raises(Killed):
        running.solve(killed_at(Stage.SOLVING))
    clock.forward(seconds=LEASE.total_seconds() - 1)

    assert not running.solve()
    assert running.state() == RoundState.SOLVING


def test_a_round_that_killed_three_solvers_is_given_up_with_a_reason(running: Running, clock: StandingClock) -> None:
    running.start()
    for _ in range(3):
        with pytest.raises(Killed):
            running.solve(killed_at(Stage.SOLVING))
        clock.forward(seconds=A_LEASE_AND_A_SECOND)

    assert not running.solve()
    assert running.state() == RoundState.FAILED
    assert "three times" in running.view().head.failure


def test_a_failed_round_gets_three_new_attempts(running: Running, clock: StandingClock) -> None:
    test_a_round_that_killed_three_solvers_is_given_up_with_a_reason(running, clock)
    running.solve_again()

    running.solve()

    assert running.state() == RoundState.PROPOSED


@pytest.mark.parametrize("stage", STAGES)
def test_a_late_solver_changes_nothing(running: Running, clock: StandingClock, stage: Stage) -> None:
    running.start()

    def taken_over() -> None:
        clock.forward(seconds=A_LEASE_AND_A_SECOND)
        running.solve()

    running.solve(doing_at(stage, taken_over))

    assert (row().state, row().fence) == (RoundState.PROPOSED, 3)
    assert running.count(Notice, NoticeState.HELD) == len(running.ids)
    assert running.count(Pairing, PairingState.PROPOSED) == len(running.pairs())


@pytest.mark.parametrize("stage", STAGES)
def test_a_late_solver_writes_nothing_into_the_work_of_the_next(
    running: Running, clock: StandingClock, stage: Stage
) -> None:
    running.start()

    def claimed_by_another() -> None:
        clock.forward(seconds=A_LEASE_AND_A_SECOND)
        ClaimingRounds(Transactions(), clock).next()

    running.solve(doing_at(stage, claimed_by_another))

    assert (row().state, row().stage, row().fence) == (RoundState.SOLVING, Stage.READING, 3)
    assert running.count(Pairing, PairingState.PROPOSED) == running.count(Notice, NoticeState.HELD) == 0


def test_the_lease_is_renewed_while_the_solver_computes(running: Running, clock: StandingClock) -> None:
    claims = ClaimingRounds(Transactions(), clock, heartbeat=0.01)
    running.start()
    claim = claims.next()
    assert claim is not None

    with claims.kept(claim):
        clock.forward(seconds=50)
        renewed = until(lambda: row().lease_until == clock() + LEASE)

    assert renewed


def test_a_fault_queues_the_round_again_at_once(running: Running) -> None:
    running.start()

    def fault(*_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        running.solve(fault)

    assert (row().state, row().attempts) == (RoundState.QUEUED, 1)


class CannotWrite(WritingNotices):
    """A writer of notices to whom one name is too strange."""

    def letters_for(
        self,
        round_id: int,  # noqa: ARG002 -- signature of the writer
        proposal_id: int,  # noqa: ARG002 -- as above
        again: Mapping[int, int] | None = None,  # noqa: ARG002 -- as above
    ) -> tuple[()]:
        raise InputRefused([Fault(None, "Mei Tanaka", "the address cannot be written to")])


def test_a_notice_that_cannot_be_written_fails_the_round_and_names_the_person(
    running: Running, clock: StandingClock
) -> None:
    running.start()
    writing = running.services.writing_notices
    writer = CannotWrite(Transactions(), clock, writing._composer, writing._links)
    claims = ClaimingRounds(Transactions(), clock)

    SolvingRounds(Transactions(), clock, claims, writer).solve_next()

    assert running.state() == RoundState.FAILED
    assert "Mei Tanaka" in running.view().head.failure
    assert running.count(Pairing, PairingState.PROPOSED) == 0


@pytest.mark.parametrize("stage", STAGES)
def test_an_edit_while_the_round_is_solved_is_not_in_the_proposal_and_is_shown(running: Running, stage: Stage) -> None:
    running.start()

    running.solve(doing_at(stage, lambda: running.change("Mei", hopes="Something else")))

    changes = running.view().changes
    assert changes.altered == (() if stage is Stage.READING else ("Mei Tanaka",))


def test_earlier_pairings_are_kept_apart(running: Running) -> None:
    running.propose()
    first = running.pairs()
    running.publish()
    running.start()
    running.solve()

    second = running.view(2).proposal

    assert second is not None
    assert not first & {(p.line.mentor.split()[0], p.line.mentee.split()[0]) for p in second.pairs.rows}


def test_every_step_of_a_round_is_in_the_audit_trail(running: Running) -> None:
    running.propose()
    taken = sa.select(AuditEntry.old_state, AuditEntry.new_state).where(AuditEntry.object_table == "matching_round")

    with Transactions().reading() as session:
        steps = [tuple(step) for step in session.execute(taken.order_by(AuditEntry.id))]

    assert steps == [("", "draft"), ("draft", "queued"), ("queued", "solving"), ("solving", "proposed")]


def test_the_work_that_waited_longest_comes_first(running: Running, clock: StandingClock) -> None:
    other = running_programme(running.app, running.services, slug="south")
    other.start()
    clock.now += timedelta(minutes=1)
    running.start()

    running.solve()

    assert (other.state(), running.state()) == (RoundState.PROPOSED, RoundState.QUEUED)
