"""The page of a proposal for a thousand people: its time and its queries."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from mentormatch.domain.pairings import Reason, Side
from mentormatch.persistence.database import Transactions, db
from mentormatch.persistence.models import Pairing, Participant
from mentormatch.services.bundle import Services
from tests.builders import people
from tests.builders.rounds import add_pairing, add_proposal, add_round, add_unpaired
from tests.builders.running import running_programme
from tests.web.pressing import ROUND, browser_of

pytestmark = pytest.mark.slow

MANY = [
    *(people.mentor(email=f"mentor{i}@firm.example", name=f"Mentor{i} Major") for i in range(500)),
    *(people.mentee(email=f"mentee{i}@firm.example", name=f"Mentee{i} Minor") for i in range(500)),
]


@pytest.fixture
def browser(app: Flask, services: Services) -> FlaskClient:
    """Show a round that pairs four hundred mentors and leaves some over."""
    running = running_programme(app, services, MANY)
    with Transactions().writing() as session:
        proposal = add_proposal(session, add_round(session, running.programme_id).id)
        ids = list(running.ids.values())
        first = add_pairing(session, proposal, *(session.get_one(Participant, i) for i in (ids[0], ids[500])))
        alike = {c.key: getattr(first, c.key) for c in sa.inspect(Pairing).column_attrs if c.key != "id"}
        pairs = [alike | {"mentor_id": a, "mentee_id": b} for a, b in zip(ids[1:400], ids[501:900], strict=True)]
        session.execute(sa.insert(Pairing), pairs)
        for i in (*ids[400:500:10], *ids[900::10]):
            side, reason = (Side.MENTOR, Reason.MENTEES_TAKEN) if i < ids[500] else (Side.MENTEE, Reason.MENTORS_FULL)
            add_unpaired(session, proposal, session.get_one(Participant, i), side=side, reason=reason)
    return browser_of(running)


@contextmanager
def counted_queries(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that are sent to the database."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_the_page_of_a_thousand_people_comes_well_within_a_second_and_asks_few_questions(
    app: Flask, browser: FlaskClient
) -> None:
    browser.get(ROUND)

    with counted_queries(app) as sent:
        began = time.perf_counter()
        browser.get(ROUND)
        took = time.perf_counter() - began

    assert took < 1
    assert len(sent) <= 20


def test_every_page_of_a_long_proposal_can_be_reached(browser: FlaskClient) -> None:
    pages = [browser.get(f"{ROUND}?page={n}&unpaired_page={n}").text for n in (1, 2, 4, 9)]

    assert ["Mentor399" in page for page in pages] == [False, False, True, True]
