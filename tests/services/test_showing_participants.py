"""One participant and a coordinator's steps on them, on both databases."""

import pytest

from mentormatch.domain.actors import Actor
from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import Conflict, IllegalStep, NotFound
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.programmes import programme_of
from mentormatch.services.bundle import Services
from tests.builders.accounts import add_coordinator
from tests.builders.people import candidate, mentee
from tests.builders.programmes import add_participant, add_programme
from tests.builders.settings import settings

USUAL = settings().targets


@pytest.fixture
def north(services: Services) -> int:
    with Transactions().writing() as session:
        return add_programme(session).id


@pytest.fixture
def cora(services: Services, north: int) -> Actor:
    with Transactions().writing() as session:
        return Actor.account(add_coordinator(session, "cora@firm.example", north).id)


def added(programme_id: int, signup: Signup, state: SignupState = SignupState.ACTIVE) -> int:
    with Transactions().writing() as session:
        return add_participant(session, programme_id, signup, state=state).id


def inputs_version(programme_id: int) -> int:
    with Transactions().reading() as session:
        return programme_of(session, programme_id).inputs_version


def test_a_person_is_shown_with_every_target_filled_in(services: Services, north: int) -> None:
    mei = added(north, mentee(targets={Competency.FLOW_PULL: 1}))

    person = services.showing_participants.page(north, mei)

    assert person.signup == mentee(targets={Competency.FLOW_PULL: 1})
    assert person.targets == {**USUAL[mentee().position_aimed_at], Competency.FLOW_PULL: 1}


@pytest.mark.parametrize(("completed", "needed"), [(0, 1), (1, 0)])
def test_a_candidate_is_shown_with_what_is_still_needed(
    services: Services, north: int, completed: int, needed: int
) -> None:
    silva = added(north, candidate(mentorships_completed=completed))

    person = services.showing_participants.page(north, silva)

    assert (person.required, person.places_needed) == (1, needed)


def test_people_of_another_programme_are_not_found(services: Services, north: int, cora: Actor) -> None:
    with Transactions().writing() as session:
        stranger = add_participant(session, add_programme(session, slug="south").id, mentee()).id

    with pytest.raises(NotFound):
        services.showing_participants.page(north, stranger)
    with pytest.raises(NotFound):
        services.showing_participants.pause(north, stranger, seen=1, actor=cora, why="a try")


def test_a_pause_and_its_end_are_noted_with_their_reasons(services: Services, north: int, cora: Actor) -> None:
    mei = added(north, mentee())

    services.showing_participants.pause(north, mei, seen=1, actor=cora, why="on leave")
    services.showing_participants.resume(north, mei, seen=2, actor=cora, why="back")

    person = services.showing_participants.page(north, mei)
    told = [(step.old_state, step.new_state, step.actor, step.why) for step in person.steps]
    assert told == [
        ("active", "paused", "cora@firm.example", "on leave"),
        ("paused", "active", "cora@firm.example", "back"),
    ]
    assert inputs_version(north) == 2


@pytest.mark.parametrize("state", [SignupState.UNCONFIRMED, SignupState.PAUSED, SignupState.WITHDRAWN])
def test_only_active_people_are_paused(services: Services, north: int, cora: Actor, state: SignupState) -> None:
    mei = added(north, mentee(), state)

    with pytest.raises(IllegalStep):
        services.showing_participants.pause(north, mei, seen=1, actor=cora, why="a try")

    assert services.showing_participants.page(north, mei).state is state
    assert inputs_version(north) == 0


@pytest.mark.parametrize("state", [SignupState.UNCONFIRMED, SignupState.ACTIVE, SignupState.WITHDRAWN])
def test_nobody_but_the_paused_is_resumed(services: Services, north: int, cora: Actor, state: SignupState) -> None:
    mei = added(north, mentee(), state)

    with pytest.raises(IllegalStep):
        services.showing_participants.resume(north, mei, seen=1, actor=cora, why="a try")


def test_a_step_on_a_person_who_changed_meanwhile_is_refused(services: Services, north: int, cora: Actor) -> None:
    mei = added(north, mentee())

    with pytest.raises(Conflict):
        services.showing_participants.pause(north, mei, seen=2, actor=cora, why="seen later than it is")
