"""Policies tried on what a round was solved from: the people of then, whoever has come or gone since."""

from dataclasses import replace

import pytest

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import NotFound
from mentormatch.domain.positions import Position
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.services.comparing_policies import ComparingPolicies, Trial
from mentormatch.services.posing_policies import Ground, PosingPolicies
from mentormatch.services.working_out import WorkingOut
from tests.builders.running import Running
from tests.installations import StandingClock


@pytest.fixture
def running(proposed: Running) -> Running:
    return proposed


@pytest.fixture
def comparing(running: Running, clock: StandingClock) -> ComparingPolicies:
    return ComparingPolicies(PosingPolicies(Transactions(), clock), WorkingOut(patience=60))


def tried(comparing: ComparingPolicies, ground: Ground) -> tuple[Trial, ...]:
    chosen = [ground.begin_with, replace(ground.begin_with, shared_language=False)]
    answer = comparing.compare(ground, chosen, "cora").answer
    assert answer is not None
    return answer


def test_the_policy_of_then_gives_the_proposal_that_stands(running: Running, comparing: ComparingPolicies) -> None:
    proposal = running.view().proposal

    first = tried(comparing, comparing.ground(running.programme_id, 1))[0]

    assert proposal is not None
    assert first.totals == proposal.totals


def test_what_happened_since_is_not_counted(running: Running, comparing: ComparingPolicies) -> None:
    before = tried(comparing, comparing.ground(running.programme_id, 1))

    running.step("Mei", SignupState.WITHDRAWN)
    now = comparing.glance(running.programme_id).now
    other = {p: {c: 20 if c is Competency.FLOW_PULL else 1 for c in Competency} for p in Position}
    chosen = replace(
        now.policy, emphasis=other, mentorships_required={**now.policy.mentorships_required, Certification.SILVER: 0}
    )
    running.services.policies.setting.change(running.programme_id, chosen, seen=now.version, actor=CONSOLE)

    assert tried(comparing, comparing.ground(running.programme_id, 1)) == before
    assert tried(comparing, comparing.ground(running.programme_id)) != before


def test_the_rules_of_then_come_first_even_when_others_are_set(running: Running, comparing: ComparingPolicies) -> None:
    now = comparing.glance(running.programme_id).now
    chosen = replace(now.policy, floor_percent=77)
    running.services.policies.setting.change(running.programme_id, chosen, seen=now.version, actor=CONSOLE)

    ground = comparing.glance(running.programme_id, 1)

    assert (ground.begin_with.floor_percent, ground.now.policy.floor_percent) == (10, 77)


def test_those_who_change_are_named_as_they_are_called_now(running: Running, comparing: ComparingPolicies) -> None:
    ground = comparing.ground(running.programme_id, 1)

    listed = comparing.changes(ground, tried(comparing, ground)[1], 1)

    li = next(line for line in listed.lines if line.mentee == "Li Wei")
    assert (li.before, li.after in {"Omar Haddad", "Silva Candida"}) == (None, True)


def test_a_round_without_a_proposal_has_nothing_to_try(running: Running, comparing: ComparingPolicies) -> None:
    with pytest.raises(NotFound):
        comparing.ground(running.programme_id, 7)
