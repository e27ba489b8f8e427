"""A site with the whole world in it, that is put back as it was before each test, and what its database holds."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from mentormatch.persistence.database import db
from tests.builders.accounts import enter
from tests.builders.world import World
from tests.standing_databases import Standing

VISITORS: Final = (
    *("visitor", "stranger with a cookie", "disabled coordinator"),
    *("coordinator idle too long", "coordinator signed in too long"),
)
"""Nobody is signed in, or nobody any more."""
_RAW_CSRF: Final = "0" * 40
_CSRF: Final = re.compile(rb'(name="csrf_token"[^>]*value=")[^"]*')

Rows = dict[str, list[dict[str, Any]]]


class Browser(FlaskClient):
    """A test client that reads every answer to its end, as browsers do; files would stay open otherwise."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401 -- werkzeug's own signature
        """Send a request."""
        return super().open(*args, **{"buffered": True, **kwargs})


@dataclass(frozen=True)
class Site:
    """The application over a database with the whole world in it."""

    app: Flask
    world: World

    def browser(self, name: str) -> FlaskClient:
        """Return the browser of one of the cast, with a token for forms in its cookie."""
        token = "a secret nobody was given" if name == "stranger with a cookie" else self.world.tokens.get(name)
        client = self.app.test_client()
        client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], _cookie_of(self.app, token), samesite="Lax")
        return client

    @property
    def cast(self) -> list[str]:
        """Name everybody who looks at the site."""
        return ["visitor", "stranger with a cookie", *self.world.tokens]

    def form(self, /, **fields: object) -> dict[str, Any]:
        """Return a form with the token that forms of our own pages carry."""
        serializer = URLSafeTimedSerializer(self.app.config["SECRET_KEY"], salt="wtf-csrf-token")
        return {"csrf_token": serializer.dumps(_RAW_CSRF), **fields}

    def send(self, client: FlaskClient, method: str, address: str, /, **fields: object) -> TestResponse:
        """Ask for an address; a method that changes things sends a form with its token."""
        return client.open(address, method=method, data=None if method == "GET" else self.form(**fields))

    def rows(self) -> Rows:
        """Read the whole database, save the minute in which a browser was last seen."""
        with self.app.app_context(), db.engine.connect() as connection:
            return {
                table.name: [
                    {k: v for k, v in row.items() if k != "seen_at"}
                    for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
                ]
                for table in db.metadata.sorted_tables
            }

    def checksum(self) -> str:
        """Return one number for the whole database."""
        return hashlib.sha256(repr(self.rows()).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _cookie_of(app: Flask, token: str | None) -> str:
    """Return the cookie of a browser that was shown a form and may be signed in; signing it again gives the same."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = _RAW_CSRF
    if token:
        enter(client, token)
    kept = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert kept is not None
    return kept.value


def restored(app: Flask, kept: Standing) -> None:
    """Put the database of an application back as it was kept."""
    with app.app_context():
        db.engine.dispose()
    kept.put_back()


def seen(answer: TestResponse, *names: str) -> tuple[int, str, bytes]:
    """Return what a browser sees of an answer: without the form's token, and without the names that were asked for."""
    body = _CSRF.sub(rb"\1", answer.get_data())
    text = repr([(k, v) for k, v in answer.headers if k not in {"Content-Length", "Set-Cookie"}])
    for name in sorted(names, key=len, reverse=True):
        body, text = body.replace(name.encode(), b"*"), text.replace(name, "*")
    return answer.status_code, text, body
