"""Telling the partner when somebody leaves after publication, on both databases."""

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.choices import Act
from mentormatch.domain.errors import Conflict
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice
from mentormatch.services.bundle import Services
from tests.builders import people
from tests.builders.pairs import Pairs, published
from tests.builders.running import running_programme

LEFT = NoticeKind.PARTNER_LEFT
TO_OMAR = ("partner_left", "omar@firm.example")


@pytest.fixture
def pairs(app: Flask, services: Services) -> Pairs:
    return published(running_programme(app, services, (people.mentor(), people.mentee())))


def withdraw(pairs: Pairs, version: int = 1) -> None:
    own = pairs.running.services.own.stepping_back
    own.step(pairs.running.programme_id, pairs.accounts["Mei"], Act.WITHDRAW, version=version)


def withdraw_together(pairs: Pairs, *names: str) -> None:
    seen = {pairs.running.ids[name]: 1 for name in names}
    pairs.running.services.people.stepping.take(
        pairs.running.programme_id, Act.WITHDRAW, seen, actor=CONSOLE, why="by a coordinator"
    )


def erase(pairs: Pairs) -> None:
    pairs.running.services.own.erasing.erase(pairs.running.programme_id, pairs.accounts["Mei"], version=1)


def test_the_partner_is_told_who_has_left(pairs: Pairs) -> None:
    withdraw(pairs)

    assert pairs.mails(LEFT) == [TO_OMAR]
    assert b"Mei Tanaka has left the programme" in pairs.text(LEFT, "omar@firm.example")


def test_the_mail_to_the_partner_of_an_accepted_pairing_goes_out(pairs: Pairs) -> None:
    pairs.both_accept("Mei")

    withdraw(pairs)

    with Transactions().reading() as session:
        assert session.scalars(sa.select(Notice.state).where(Notice.kind == LEFT)).all() == [NoticeState.PENDING]


def test_the_partner_of_somebody_who_was_erased_is_told_without_a_name(pairs: Pairs) -> None:
    erase(pairs)

    with Transactions().reading() as session:
        (told,) = session.scalars(sa.select(Notice).where(Notice.kind == LEFT))
    assert (told.recipient, told.state) == ("omar@firm.example", NoticeState.PENDING)
    assert b"Mei" not in (told.message or b"") + told.subject.encode()


def test_the_partner_is_told_when_a_coordinator_takes_somebody_out(pairs: Pairs) -> None:
    withdraw_together(pairs, "Mei")

    assert pairs.mails(LEFT) == [TO_OMAR]


def test_where_both_leave_nobody_is_told(pairs: Pairs) -> None:
    withdraw_together(pairs, "Mei", "Omar")

    assert pairs.mails(LEFT) == []


def test_a_pairing_that_was_declined_before_is_told_of_no_more(pairs: Pairs) -> None:
    pairs.answering.decline(pairs.seat("Mei"), "")

    withdraw(pairs)

    assert pairs.mails(LEFT) == []


def test_a_step_that_comes_too_late_tells_nobody(pairs: Pairs) -> None:
    with pytest.raises(Conflict):
        withdraw(pairs, version=7)

    assert pairs.mails(LEFT) == []


def test_whoever_leaves_before_publication_is_not_spoken_of(app: Flask, services: Services) -> None:
    running = running_programme(app, services, (people.mentor(), people.mentee()))
    running.propose()
    services.people.stepping.take(
        running.programme_id, Act.WITHDRAW, {running.ids["Mei"]: 1}, actor=CONSOLE, why="by a coordinator"
    )

    with Transactions().reading() as session:
        assert session.scalars(sa.select(Notice.id).where(Notice.kind == LEFT)).all() == []
