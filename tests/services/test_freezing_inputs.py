"""What a round is frozen from: the programme's people with their working day of today and the rounds they waited."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound, Programme
from mentormatch.services.bundle import Services
from mentormatch.services.freezing_inputs import FrozenInput, freeze
from mentormatch.services.posing_problems import person_id
from tests.builders.running import Running, running_programme


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services)


def frozen(running: Running, on: date = date(2026, 3, 2)) -> FrozenInput:
    with Transactions().reading() as session:
        newest = session.scalar(sa.select(sa.func.max(MatchingRound.id))) or 0
        return freeze(session, running.programme_id, newest, seed=0, on=on)


def waited(running: Running) -> dict[str, int]:
    """Return who waited how many rounds, by first names; who did not is left out."""
    people = frozen(running).people
    names = {engine_id: signup.name.split()[0] for engine_id, (_, signup) in people.items()}
    return {names[p.id]: p.rounds_waited for p in frozen(running).problem.people if p.rounds_waited}


def test_nobody_waits_before_anything_is_published(running: Running) -> None:
    running.propose()

    assert waited(running) == {}


def test_every_published_round_that_leaves_somebody_out_counts(running: Running) -> None:
    for number in (1, 2):
        running.propose()
        running.publish(number=number)

    assert waited(running)["Li"] == 2


def test_whoever_was_discarded_with_a_proposal_has_not_waited_for_it(running: Running) -> None:
    running.propose()
    running.solve_again()
    running.solve()
    running.publish()

    assert waited(running) == {"Li": 1}


def test_waiting_ends_with_a_mentor(running: Running) -> None:
    running.propose()
    running.publish()
    running.change("Li", languages="en;zh")
    running.propose()
    proposal = running.view(2).proposal
    running.publish(number=2)

    assert proposal is not None
    assert "Li Wei" in {pair.line.mentee for pair in proposal.pairs.rows}
    assert "Li" not in waited(running)


def test_the_working_day_is_that_of_the_day_of_freezing(running: Running) -> None:
    omar = person_id("omar@firm.example")
    begins = [
        {person.id: person.working_day for person in frozen(running, day).problem.people}[omar]
        for day in (date(2026, 3, 2), date(2026, 7, 1))
    ]

    assert begins == [8 * 60, 7 * 60]


def test_a_round_asks_for_another_site_if_its_programme_does(running: Running) -> None:
    with Transactions().writing() as session:
        session.execute(sa.update(Programme).values(other_site_only=True))
    running.change("Mei", site="lyon ")

    running.propose()

    assert "Mei" not in {mentee for _, mentee in running.pairs()}
