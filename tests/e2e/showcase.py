"""A served site that shows every page full and empty: a programme in its second round, one under way, a bare one."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

import sqlalchemy as sa
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from mentormatch.app import create_app
from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.clocks import utc_now
from mentormatch.domain.notices import NoticeState
from mentormatch.persistence.database import Transactions, db
from mentormatch.persistence.models import Account, Notice, Participant, Programme
from mentormatch.services.bundle import Services
from mentormatch.services.loading_demo import DEMO_SLUG
from mentormatch.services.publishing_rounds import Seen
from mentormatch.services.signed_links import SignedLinks
from mentormatch.web.access import SESSION_KEY
from tests.builders.accounts import add_account, add_browser_session, add_coordinator
from tests.builders.programmes import add_programme
from tests.e2e.pairs import let_pairs_speak
from tests.installations import settings_for

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

VISITOR: Final = "visitor"
COORDINATOR: Final = "coordinator"
PARTICIPANT: Final = "participant"
PAIRED: Final = "paired"
"""Whose pairing both have accepted."""
BARE: Final = "bare"
"""The slug of a programme without anybody in it."""
AT_WORK: Final = "at-work"
"""The slug of a programme whose round waits to be solved."""
PERSON: Final = "agnieszka.wroblewska@tarnhollow.example"
"""Mentor, mentee and candidate at once."""
FAULTY: Final = b"email,name\nnobody,\n"


@runtime_checkable
class Closable(Protocol):
    """What has to be closed."""

    def close(self) -> None:
        """Let go of what is held."""


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 -- werkzeug's signature
        """Say nothing of every request."""


class _Server:
    """Takes a port at once and serves later: an application has to know its address before it is built."""

    def __init__(self) -> None:
        self._server = make_server("127.0.0.1", 0, _no_application, threaded=True, request_handler=_Quiet)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.address = f"http://127.0.0.1:{self._server.port}"

    def serve(self, app: Flask) -> None:
        self._server.app = _handed_over_whole(app)
        self._thread.start()

    def close(self) -> None:
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()


def _no_application(_environ: object, _start: object) -> list[bytes]:
    return []


def _handed_over_whole(app: "WSGIApplication") -> "WSGIApplication":
    """Close every answer before it is sent: the server would not if the browser goes away meanwhile."""

    def answered(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        parts = app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            if isinstance(parts, Closable):
                parts.close()

    return answered


@dataclass(frozen=True)
class Showcase:
    """The site, the cookies of its cast, and the rows that addresses name."""

    app: Flask
    address: str
    cookies: dict[str, str]
    values: dict[str, int | str]

    def url_for(self, endpoint: str, **values: object) -> str:
        """Return the full address of a page; what is not given is filled in."""
        named = {name: value for name, value in self.values.items() if name in self._parts(endpoint)}
        return self.address + self.app.url_map.bind("localhost").build(endpoint, named | values)

    def _parts(self, endpoint: str) -> set[str]:
        return {part for rule in self.app.url_map.iter_rules(endpoint) for part in rule.arguments}


@contextmanager
def showcase(database_url: str, folder: Path) -> Iterator[Showcase]:
    """Serve the site with everything in it from a thread of this process, without background work."""
    settings = settings_for(database_url, folder)
    with closing(_Server()) as server:
        app = create_app(replace(settings, public_url=server.address, testing=False), utc_now)
        with app.app_context():
            services = app.extensions["mentormatch"]
            links = SignedLinks(app.config["SECRET_KEY"], server.address)
            values = _fill(services) | let_pairs_speak(services.pairings.answering, links, PERSON)
            cookies = _cookies(app, int(values["accepted_mentee"]))
        server.serve(app)
        yield Showcase(app, server.address, cookies, values)
    with app.app_context():
        db.engine.dispose()


def _fill(services: Services) -> dict[str, int | str]:
    data = files("mentormatch.cli") / "demo"
    people = (data / "people.csv").read_bytes()
    services.loading_demo.load(people, (data / "hopes.csv").read_bytes())
    with Transactions().writing() as session:
        ids = {slug: add_programme(session, slug=slug, name=f"Programme {slug}").id for slug in (BARE, AT_WORK)}
        ids[DEMO_SLUG] = session.scalars(sa.select(Programme.id).where(Programme.slug == DEMO_SLUG)).one()
        coordinator = add_coordinator(session, "cora@firm.example", *ids.values()).id
    _publish_one_round_and_propose_another(services, ids[DEMO_SLUG])
    arrived = services.importing_participants.send_in(ids[AT_WORK], people, account_id=coordinator)
    services.importing_participants.confirm(ids[AT_WORK], arrived.sha256, actor=CONSOLE)
    services.starting_rounds.start(ids[AT_WORK], CONSOLE)
    services.importing_participants.send_in(ids[BARE], people, account_id=coordinator)
    refused = services.importing_participants.send_in(ids[DEMO_SLUG], FAULTY, account_id=coordinator)
    with Transactions().reading() as session:
        notice = session.scalars(sa.select(Notice.id).where(Notice.state == NoticeState.SENT)).first()
        held = session.scalars(sa.select(Notice.id).where(Notice.state == NoticeState.HELD)).first()
        person = session.scalars(sa.select(Participant.id).where(Participant.email == PERSON)).first()
    return {
        "slug": DEMO_SLUG,
        "number": 1,
        "token": "a-token-that-nobody-was-given",
        "sha256": refused.sha256,
        "good_sha256": arrived.sha256,
        "notice_id": notice or 0,
        "held_id": held or 0,
        "participant_id": person or 0,
        "competency": "strategic_orientation",
    }


def _publish_one_round_and_propose_another(services: Services, programme_id: int) -> None:
    number = services.starting_rounds.start(programme_id, CONSOLE)
    services.solving_rounds.solve_next()
    asked = services.reviewing_rounds.publication(programme_id, number)
    seen = Seen(publish_key=asked.publish_key, version=asked.head.version, inputs_version=asked.inputs_version)
    services.publishing_rounds.publish(programme_id, number, seen, CONSOLE)
    for _ in range(30):
        services.sending_notices.send_next()
    services.starting_rounds.start(programme_id, CONSOLE)
    services.solving_rounds.solve_next()


def _cookies(app: Flask, paired_id: int) -> dict[str, str]:
    """Sign the cast in; the server signs each cookie as it would for a browser."""
    with Transactions().writing() as session:
        participant = add_account(session, PERSON)
        paired = add_account(session, session.get_one(Participant, paired_id).email)
        coordinator = session.scalars(sa.select(Account).where(Account.mailbox == "cora@firm.example")).one()
        secrets = {
            who: add_browser_session(session, account.id, utc_now(), utc_now())
            for who, account in ((PARTICIPANT, participant), (PAIRED, paired), (COORDINATOR, coordinator))
        }
    return {who: _signed(app, secret) for who, secret in secrets.items()}


def _signed(app: Flask, secret: str) -> str:
    client = app.test_client()
    with client.session_transaction(base_url=app.config["PUBLIC_URL"]) as cookie:
        cookie[SESSION_KEY] = secret
    kept = client.get_cookie(app.config["SESSION_COOKIE_NAME"], domain="127.0.0.1")
    assert kept is not None
    return kept.value
