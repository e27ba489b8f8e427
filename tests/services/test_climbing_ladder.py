"""Climbing the ladder, on both databases."""

from dataclasses import dataclass

import pytest
from flask import Flask

from mentormatch.domain.actors import SYSTEM
from mentormatch.domain.certification import Certification
from mentormatch.domain.pairings import PairingState
from mentormatch.persistence.advancing import Cause, advance, begin
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Pairing
from mentormatch.services.bundle import Services
from mentormatch.services.climbing_ladder import MyLadder, Rung
from tests.builders.accounts import NOW, add_account
from tests.builders.people import candidate, mentee
from tests.builders.programmes import add_participant, add_programme
from tests.builders.rounds import add_pairing, add_proposal, add_round
from tests.installations import StandingClock


@dataclass
class Candidate:
    """A mentor who pursues Gold, which asks for two mentorships, with one mentee to be told of."""

    services: Services
    programme_id: int
    account_id: int
    pairing_id: int

    def ladder(self) -> MyLadder:
        return self.services.development.ladder.mine(self.programme_id, self.account_id)

    def step(self, *states: PairingState, at: StandingClock) -> None:
        with Transactions().writing() as session:
            row = session.get_one(Pairing, self.pairing_id)
            for state in states:
                advance(session, row, state, Cause(SYSTEM, at()))

    def counts(self) -> tuple[int, int, int, int]:
        seen = self.ladder()
        return seen.confirmed, seen.running, seen.waiting, seen.missing


@pytest.fixture
def silva(services: Services, app: Flask) -> Candidate:
    pursuing = candidate(certification_pursued=Certification.GOLD)
    with Transactions().writing() as session:
        programme_id = add_programme(session).id
        proposal = add_proposal(session, add_round(session, programme_id, published_at=NOW).id)
        teacher, learner = (add_participant(session, programme_id, one) for one in (pursuing, mentee()))
        pairing = add_pairing(session, proposal, teacher, learner)
        begin(session, pairing, Cause(SYSTEM, NOW))
        return Candidate(services, programme_id, add_account(session, "silva@firm.example").id, pairing.id)


def test_a_proposed_pairing_is_nobody_s_business_yet(silva: Candidate) -> None:
    assert silva.counts() == (0, 0, 0, 2)
    assert silva.ladder().mentorships == ()


def test_the_ladder_moves_with_every_step_of_a_pairing(silva: Candidate, clock: StandingClock) -> None:
    met = []
    for state in (PairingState.ANNOUNCED, PairingState.ACCEPTED, PairingState.COMPLETED):
        silva.step(state, at=clock)
        met.append(silva.counts())

    assert met == [(0, 0, 1, 2), (0, 1, 0, 1), (1, 0, 0, 1)]


def test_a_mentorship_is_dated_by_its_last_step(silva: Candidate, clock: StandingClock) -> None:
    silva.step(PairingState.ANNOUNCED, at=clock)
    clock.forward(days=3)
    silva.step(PairingState.ACCEPTED, at=clock)

    (one,) = silva.ladder().mentorships
    assert (one.name, one.round_number, one.since) == ("Mei Tanaka", 1, clock.now)


@pytest.mark.parametrize("end", [PairingState.DECLINED, PairingState.ENDED_EARLY])
def test_a_pairing_that_came_to_nothing_counts_for_nothing(
    silva: Candidate, clock: StandingClock, end: PairingState
) -> None:
    silva.step(PairingState.ANNOUNCED, end, at=clock)

    assert silva.counts() == (0, 0, 0, 2)


def test_every_rung_is_told_with_what_the_programme_asks_for(silva: Candidate) -> None:
    assert silva.ladder().rungs == (
        (Certification.KNOWLEDGE, Rung.BETWEEN, 0),
        (Certification.BRONZE, Rung.HELD, 0),
        (Certification.SILVER, Rung.BETWEEN, 1),
        (Certification.GOLD, Rung.PURSUED, 2),
    )
