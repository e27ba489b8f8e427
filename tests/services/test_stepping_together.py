"""Steps with many people at once, on both databases."""

from collections.abc import Mapping

import pytest
import sqlalchemy as sa

from mentormatch.domain import choices
from mentormatch.domain.actors import Actor
from mentormatch.domain.choices import Act, Chosen
from mentormatch.domain.errors import InputRefused, NotFound
from mentormatch.domain.searches import Wanted
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, Participant
from mentormatch.persistence.repositories.programmes import programme_of
from mentormatch.services import stepping_together
from mentormatch.services.bundle import Services
from mentormatch.services.stepping_together import Asking, Outcome
from tests.builders.accounts import add_coordinator
from tests.builders.people import mentee
from tests.builders.programmes import add_participant, add_programme

EVERYBODY = Chosen(wanted=Wanted())
STATES = (SignupState.ACTIVE, SignupState.ACTIVE, SignupState.PAUSED, SignupState.UNCONFIRMED, SignupState.WITHDRAWN)


@pytest.fixture
def north(services: Services) -> int:
    with Transactions().writing() as session:
        north = add_programme(session).id
        for n, state in enumerate(STATES):
            add_participant(session, north, mentee(email=f"m{n}@firm.example", name=f"Mei {n}"), state=state)
        return north


@pytest.fixture
def cora(north: int) -> int:
    with Transactions().writing() as session:
        return add_coordinator(session, "cora@firm.example", north).id


def asked(services: Services, north: int, act: Act, chosen: Chosen = EVERYBODY) -> Asking:
    return services.people.stepping.ask(north, act, chosen)


def taken(services: Services, north: int, cora: int, act: Act, seen: Mapping[int, int]) -> Outcome:
    return services.people.stepping.take(north, act, seen, actor=Actor.account(cora), why="asked by mail")


def states(north: int) -> list[SignupState]:
    with Transactions().reading() as session:
        rows = sa.select(Participant.state).where(Participant.programme_id == north).order_by(Participant.id)
        return list(session.scalars(rows))


def inputs_version(north: int) -> int:
    with Transactions().reading() as session:
        return programme_of(session, north).inputs_version


@pytest.mark.parametrize(
    ("act", "able", "unable"),
    [
        (Act.PAUSE, ["Mei 0", "Mei 1"], {"paused": 1, "unconfirmed": 1, "withdrawn": 1}),
        (Act.RESUME, ["Mei 2"], {"active": 2, "unconfirmed": 1, "withdrawn": 1}),
        (Act.WITHDRAW, ["Mei 0", "Mei 1", "Mei 2", "Mei 3"], {"withdrawn": 1}),
    ],
)
def test_the_question_says_who_can_and_who_cannot_and_why(
    services: Services, north: int, act: Act, able: list[str], unable: dict[str, int]
) -> None:
    asking = asked(services, north, act)

    assert ([one.name for one in asking.able], asking.unable_by_state) == (able, unable)
    assert asking.chosen == 5


def test_everybody_who_can_takes_the_step_with_a_line_of_history_each(
    services: Services, north: int, cora: int
) -> None:
    asking, before = asked(services, north, Act.PAUSE), inputs_version(north)

    outcome = taken(services, north, cora, Act.PAUSE, asking.seen)

    assert states(north)[:3] == [SignupState.PAUSED] * 3
    assert (len(outcome.done), outcome.overtaken, inputs_version(north)) == (2, (), before + 1)
    with Transactions().reading() as session:
        entries = session.execute(sa.select(AuditEntry.object_id, AuditEntry.actor_id, AuditEntry.why)).all()
    assert [tuple(entry) for entry in entries] == [(key, cora, "asked by mail") for key in asking.seen]


def test_a_step_can_be_undone_and_comes_back_to_where_it_was(services: Services, north: int, cora: int) -> None:
    outcome = taken(services, north, cora, Act.PAUSE, asked(services, north, Act.PAUSE).seen)
    assert outcome.undone_by is Act.RESUME

    taken(services, north, cora, Act.RESUME, outcome.done)

    assert tuple(states(north)) == STATES


def test_nobody_is_offered_to_undo_a_withdrawal(services: Services, north: int, cora: int) -> None:
    outcome = taken(services, north, cora, Act.WITHDRAW, asked(services, north, Act.WITHDRAW).seen)

    assert (outcome.undone_by, set(states(north))) == (None, {SignupState.WITHDRAWN})


def test_whoever_was_changed_meanwhile_stays_as_they_are(services: Services, north: int, cora: int) -> None:
    seen = asked(services, north, Act.PAUSE).seen
    (first, version), _ = seen.items()
    actor = Actor.account(cora)
    services.showing_participants.pause(north, first, seen=version, actor=actor, why="on leave")
    services.showing_participants.resume(north, first, seen=version + 1, actor=actor, why="back")

    outcome = taken(services, north, cora, Act.PAUSE, seen)

    assert ([one.name for one in outcome.overtaken], len(outcome.done)) == (["Mei 0"], 1)
    assert states(north)[:2] == [SignupState.ACTIVE, SignupState.PAUSED]


def test_a_button_pressed_twice_does_it_once_and_tells_the_same(services: Services, north: int, cora: int) -> None:
    seen = asked(services, north, Act.PAUSE).seen

    first, second = (taken(services, north, cora, Act.PAUSE, seen) for _ in range(2))

    assert second == first
    with Transactions().reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) == len(seen)


def test_whoever_was_paused_in_another_way_meanwhile_is_not_counted(services: Services, north: int, cora: int) -> None:
    seen = asked(services, north, Act.PAUSE).seen
    (first, version), _ = seen.items()
    actor = Actor.account(cora)
    services.showing_participants.pause(north, first, seen=version, actor=actor, why="on leave")
    services.showing_participants.resume(north, first, seen=version + 1, actor=actor, why="back")
    services.showing_participants.pause(north, first, seen=version + 2, actor=actor, why="on leave again")

    assert [one.name for one in taken(services, north, cora, Act.PAUSE, seen).overtaken] == ["Mei 0"]


def test_people_of_another_programme_are_not_found(services: Services, north: int, cora: int) -> None:
    with Transactions().writing() as session:
        stranger = add_participant(session, add_programme(session, slug="south").id, mentee()).id
    seen = {**asked(services, north, Act.PAUSE).seen, stranger: 1}

    with pytest.raises(NotFound):
        taken(services, north, cora, Act.PAUSE, seen)

    assert tuple(states(north)) == STATES


def test_more_people_than_one_step_may_take_are_refused(
    services: Services, north: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stepping_together, "MOST_CHOSEN", 4)

    assert choices.MOST_CHOSEN == 10_000
    with pytest.raises(InputRefused):
        asked(services, north, Act.PAUSE)


def test_nothing_moves_when_nobody_can(services: Services, north: int, cora: int) -> None:
    seen, before = dict.fromkeys(asked(services, north, Act.PAUSE).seen, 99), inputs_version(north)

    outcome = taken(services, north, cora, Act.PAUSE, seen)

    assert (outcome.done, len(outcome.overtaken), inputs_version(north)) == ({}, 2, before)
