"""Nobody but its owner and the coordinators learns a rating, a manager, a goal, a wish, or that somebody was unpaired.

Everybody walks every page twice, and in between all of it becomes different: not a byte on their pages may.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.certification import Certification
from mentormatch.domain.positions import Position
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice, Pairing, Participant, Rating, Unpaired
from mentormatch.services.bundle import Services
from tests.builders.accounts import add_account, add_browser_session, add_coordinator, enter
from tests.builders.running import Running, running_programme
from tests.builders.world import Room
from tests.web.routes import GETS, OTHER_PARTS
from tests.web.sites import Browser, seen

ONLOOKERS = {
    "a colleague": "ana@firm.example",
    "their mentor": "omar@firm.example",
    "a candidate": "silva@firm.example",
    "a stranger": "stranger@elsewhere.example",
    "a visitor": "",
}
COORDINATOR = "cora@firm.example"


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    """A published round in which Mei has a mentor and Li has none."""
    app.test_client_class = Browser
    running = running_programme(app, services)
    running.propose()
    running.publish()
    return running


@pytest.fixture
def tokens(running: Running) -> dict[str, str]:
    """The secrets of the onlookers' browsers and of a coordinator's, by address."""
    with Transactions().writing() as session:
        addresses = [address for address in ONLOOKERS.values() if address]
        accounts = {address: add_account(session, address).id for address in addresses}
        accounts[COORDINATOR] = add_coordinator(session, COORDINATOR, running.programme_id).id
        return {address: add_browser_session(session, key) for address, key in accounts.items()}


def room_of(running: Running) -> Room:
    with Transactions().reading() as session:
        ids: dict[str, int | str] = {
            "participant_id": running.ids["Mei"],
            "number": 1,
            "proposal_number": 1,
            "notice_id": session.scalars(sa.select(Notice.id)).first() or 0,
            "pairing_id": session.scalars(sa.select(Pairing.id)).first() or 0,
            "sha256": "0" * 64,
        }
    return Room("north", running.programme_id, ids)


def walk(running: Running, token: str | None) -> Mapping[str, object]:
    """Look at every page; an address that cannot be filled in here is one more that nobody reaches."""
    client, room = running.app.test_client(), room_of(running)
    if token:
        enter(client, token)
    known = {"slug", *OTHER_PARTS, *room.ids}
    reached = [route for route in GETS if route.endpoint != "static" and route.parts <= known]

    def look() -> Mapping[str, object]:
        return {route.endpoint: seen(client.get(route.address(room)))[::2] for route in reached}

    # A thread of its own has no context of the application: each request begins with nothing known.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(look).result()


def make_everything_different(running: Running) -> None:
    """Change all that is private to Mei and Li."""
    private = [running.ids["Mei"], running.ids["Li"]]
    with Transactions().writing() as session:
        session.execute(sa.update(Rating).where(Rating.participant_id.in_(private)).values(level=0, target=4))
        session.execute(
            sa.update(Participant)
            .where(Participant.id.in_(private))
            .values(
                manager_email="boss@firm.example",
                hopes="To lead the plant.",
                position_aimed_at=Position.CORPORATE,
                certification_pursued=Certification.GOLD,
            )
        )
        session.execute(sa.delete(Unpaired).where(Unpaired.participant_id.in_(private)))
        mei = add_account(session, "mei@firm.example").id
    running.services.own.wishing.avoid(running.programme_id, mei, "ana@firm.example")


@pytest.mark.slow
@pytest.mark.parametrize("onlooker", ONLOOKERS)
def test_no_byte_tells_of_what_is_private(running: Running, tokens: dict[str, str], onlooker: str) -> None:
    token = tokens.get(ONLOOKERS[onlooker])
    before = walk(running, token)

    make_everything_different(running)

    after = walk(running, token)
    assert [endpoint for endpoint, page in before.items() if page != after[endpoint]] == []


def test_the_difference_would_be_seen(running: Running, tokens: dict[str, str]) -> None:
    before = walk(running, tokens[COORDINATOR])

    make_everything_different(running)

    after = walk(running, tokens[COORDINATOR])
    assert {endpoint for endpoint, page in before.items() if page != after[endpoint]} >= {"participants.one"}


@pytest.mark.parametrize("onlooker", ["a colleague", "a candidate"])
def test_the_list_of_mentors_tells_their_name_organisation_and_site_only(
    running: Running, tokens: dict[str, str], onlooker: str
) -> None:
    with Transactions().writing() as session:
        omar = Participant.id == running.ids["Omar"]
        session.execute(sa.update(Participant).where(omar).values(agreed_to_be_listed=True))
        session.execute(sa.update(Participant).values(wants_mentor=True))
    before = walk(running, tokens[ONLOOKERS[onlooker]])["wishes.page"]
    with Transactions().writing() as session:
        session.execute(sa.update(Rating).where(Rating.participant_id == running.ids["Omar"]).values(level=3))
        values = {"capacity": 1, "position": Position.CORPORATE, "manager_email": "x@firm.example", "hopes": "Much."}
        session.execute(sa.update(Participant).where(omar).values(**values))

    assert b"Omar Haddad" in str(before).encode()
    assert walk(running, tokens[ONLOOKERS[onlooker]])["wishes.page"] == before
