"""What participants ask of coming rounds, on both databases."""

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.errors import IllegalStep, InputRefused, NotFound, PublishRefused
from mentormatch.domain.signups import SignupState
from mentormatch.domain.wishes import MOST_AVOIDED
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant, Wish
from mentormatch.persistence.repositories.wishes import avoided_pairs, wished_pairs
from mentormatch.services.bundle import Services
from tests.builders import people
from tests.builders.accounts import NOW, add_account
from tests.builders.running import Running, running_programme

TWINS = (
    people.mentor(email="omar@firm.example", name="Omar Haddad", capacity=1),
    people.mentor(email="ola@firm.example", name="Ola Nord", capacity=1),
    people.mentee(),
    people.mentee(email="ana@firm.example", name="Ana Ruiz"),
)
"""Two mentors alike and two mentees alike: only a wish or a bar can tell who gets whom."""


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services, TWINS)


def account(running: Running, name: str) -> int:
    with Transactions().writing() as session:
        return add_account(session, session.get_one(Participant, running.ids[name]).email).id


def listed(running: Running, *names: str) -> None:
    for name in names:
        running.services.own.wishing.be_listed(running.programme_id, account(running, name), listed=True)


def wish(running: Running, who: int, *mentors: str) -> None:
    running.services.own.wishing.wish(running.programme_id, who, [running.ids[name] for name in mentors])


def test_only_mentors_who_agreed_can_be_wished_for(running: Running) -> None:
    listed(running, "Ola")
    mei = account(running, "Mei")

    assert [m.name for m in running.services.own.wishing.page(running.programme_id, mei).mentors] == ["Ola Nord"]
    with pytest.raises(InputRefused):
        wish(running, mei, "Omar")


def test_nobody_can_wish_for_their_own_manager(running: Running) -> None:
    listed(running, "Ola")
    running.change("Mei", manager_email="OLA@firm.example")

    assert running.services.own.wishing.page(running.programme_id, account(running, "Mei")).mentors == ()


def test_new_wishes_take_the_place_of_the_old(running: Running) -> None:
    listed(running, "Ola", "Omar")
    mei = account(running, "Mei")

    wish(running, mei, "Ola", "Omar")
    wish(running, mei, "Omar")

    assert running.services.own.wishing.page(running.programme_id, mei).wished == (running.ids["Omar"],)


def test_six_wishes_are_too_many(running: Running) -> None:
    with pytest.raises(InputRefused):
        running.services.own.wishing.wish(running.programme_id, account(running, "Mei"), range(1, 7))


def test_both_databases_refuse_a_sixth_place(running: Running) -> None:
    columns = {"mentee_id": running.ids["Mei"], "mentor_id": running.ids["Ola"], "programme_id": running.programme_id}

    with pytest.raises(sa.exc.IntegrityError), Transactions().writing() as session:
        session.execute(sa.insert(Wish).values(place=6, made_at=NOW, **columns))


@pytest.mark.parametrize(("mei", "ana"), [("Ola", "Omar"), ("Omar", "Ola")])
def test_a_wish_decides_between_mentors_who_teach_the_same(running: Running, mei: str, ana: str) -> None:
    listed(running, "Ola", "Omar")
    wish(running, account(running, "Mei"), mei)

    running.propose()

    assert running.pairs() == {(mei, "Mei"), (ana, "Ana")}


def test_a_wish_for_somebody_who_is_listed_no_more_counts_for_nothing(running: Running) -> None:
    listed(running, "Ola")
    wish(running, account(running, "Mei"), "Ola")

    with Transactions().writing() as session:
        session.execute(sa.update(Participant).values(agreed_to_be_listed=False))

    with Transactions().reading() as session:
        assert wished_pairs(session, running.programme_id) == []


@pytest.mark.parametrize(("by", "named"), [("Mei", "OMAR@firm.example"), ("Omar", "mei@firm.example")])
def test_people_kept_apart_are_never_paired_whoever_asked(running: Running, by: str, named: str) -> None:
    running.services.own.wishing.avoid(running.programme_id, account(running, by), named)

    running.propose()

    assert running.pairs() == {("Ola", "Mei"), ("Omar", "Ana")}


def test_to_keep_apart_holds_against_a_wish(running: Running) -> None:
    listed(running, "Omar")
    mei = account(running, "Mei")
    wish(running, mei, "Omar")
    running.services.own.wishing.avoid(running.programme_id, mei, "omar@firm.example")

    running.propose()

    assert running.pairs() == {("Ola", "Mei"), ("Omar", "Ana")}


def test_a_proposal_that_pairs_people_kept_apart_since_is_not_published(running: Running) -> None:
    running.propose()
    ((mentor, _),) = [pair for pair in running.pairs() if pair[1] == "Mei"]

    running.services.own.wishing.avoid(running.programme_id, account(running, "Mei"), f"{mentor.lower()}@firm.example")

    with pytest.raises(PublishRefused, match="must not be paired"):
        running.publish()


def test_somebody_who_signs_up_later_is_kept_apart_too(running: Running) -> None:
    mei = account(running, "Mei")
    running.services.own.wishing.avoid(running.programme_id, mei, "late@firm.example")

    running.join(people.mentor(email="LATE@firm.example", name="Late Comer", capacity=5))
    running.propose()

    assert ("Late", "Mei") not in running.pairs()


def test_known_and_unknown_addresses_are_answered_alike(running: Running) -> None:
    mei, wishing = account(running, "Mei"), running.services.own.wishing
    for address in ("omar@firm.example", "nobody@firm.example", "omar@firm.example"):
        wishing.avoid(running.programme_id, mei, address)

    assert [one.email for one in wishing.page(running.programme_id, mei).avoided] == [
        "omar@firm.example",
        "nobody@firm.example",
    ]


def test_people_can_be_paired_again_once_it_is_taken_back(running: Running) -> None:
    mei, wishing = account(running, "Mei"), running.services.own.wishing
    wishing.avoid(running.programme_id, mei, "omar@firm.example")

    wishing.avoid_no_longer(running.programme_id, mei, "OMAR@firm.example")

    with Transactions().reading() as session:
        assert avoided_pairs(session, running.programme_id) == []


def test_places_that_became_free_are_used_again(running: Running) -> None:
    mei, wishing = account(running, "Mei"), running.services.own.wishing
    for number in range(MOST_AVOIDED):
        wishing.avoid(running.programme_id, mei, f"p{number}@firm.example")

    with pytest.raises(InputRefused, match="ten"):
        wishing.avoid(running.programme_id, mei, "more@firm.example")
    wishing.avoid_no_longer(running.programme_id, mei, "p3@firm.example")
    wishing.avoid(running.programme_id, mei, "more@firm.example")


def test_nobody_keeps_apart_from_themselves(running: Running) -> None:
    with pytest.raises(InputRefused):
        running.services.own.wishing.avoid(running.programme_id, account(running, "Mei"), "MEI@firm.example")


def test_who_has_left_asks_for_nothing(running: Running) -> None:
    mei = account(running, "Mei")
    running.step("Mei", SignupState.WITHDRAWN)

    with pytest.raises(IllegalStep):
        wish(running, mei)


def test_who_has_no_sign_up_asks_for_nothing(running: Running) -> None:
    with Transactions().writing() as session:
        stranger = add_account(session, "stranger@firm.example").id

    with pytest.raises(NotFound):
        running.services.own.wishing.avoid(running.programme_id, stranger, "omar@firm.example")
