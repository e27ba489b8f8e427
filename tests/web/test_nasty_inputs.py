"""No input makes the site fail, what is refused leaves no trace, and both databases answer alike."""

import sqlite3
from collections.abc import Iterator, Mapping

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import make_url

from mentormatch.persistence.database import db
from tests.standing_databases import StandingDatabase, StandingFile
from tests.web.crawling import entering, form_of
from tests.web.forms_seen import Value
from tests.web.nasty import Input, body_of, inputs_for, query_of
from tests.web.parameters import others_than, parameters_read
from tests.web.routes import ROUTES, Route
from tests.web.sites import Site, restored

pytestmark = pytest.mark.slow


def status(site: Site, route: Route, sent: Input) -> int | str:
    client, body = site.browser(entering(route)), body_of(site, sent) if route.method != "GET" else {}
    try:
        answer = client.open(sent.address, method=route.method, query_string=query_of(sent), **body)
    except Exception as fault:
        return f"{type(fault).__name__}: {str(fault)[:200]}"
    return answer.status_code


KEPT_WHEN_REFUSED = {"participants.import_people": {"imported_file"}}
"""A file with faults is kept for a day, so that they can be looked at and downloaded."""


class Watch:
    """Tells whether anybody else has written to a SQLite database."""

    def __init__(self, app: Flask) -> None:
        self._connection = sqlite3.connect(make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database or "")
        self._seen = self._version()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def has_changed(self) -> bool:
        return self._version() != self._seen

    def close(self) -> None:
        self._connection.close()


class Questions:
    """Writes down what an application asks its database, word for word."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self._engine = db.engine
        self._asked = list[str]()
        sa.event.listen(self._engine, "before_cursor_execute", self._write_down)

    def _write_down(self, _connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        self._asked.append(f"{statement} {_in_words(values)}")

    def taken(self) -> str:
        """Give what was asked since the last time."""
        asked = "\n".join(self._asked)
        self._asked.clear()
        return asked

    def close(self) -> None:
        sa.event.remove(self._engine, "before_cursor_execute", self._write_down)


def _in_words(values: object) -> str:
    """Spell out the values of a statement; of bytes in a view, no more than their address would be seen."""
    if isinstance(values, tuple | list):
        return ",".join(map(_in_words, values))
    return repr(bytes(values) if isinstance(values, memoryview) else values)


class Sweep:
    """One input after another to the same site on both databases, and what came of it.

    What asks the database nothing that was not asked before cannot be answered otherwise there, and is not sent again.
    """

    def __init__(self, site: Site, kept: StandingFile, on_postgresql: Site, postgresql_kept: StandingDatabase) -> None:
        self._site, self._kept = site, kept
        self._on_postgresql, self._postgresql_kept = on_postgresql, postgresql_kept
        self._before = site.rows()
        self._watch = Watch(site.app)
        self._questions, self._asked_there = Questions(site.app), set[str]()
        self.failed, self.traces, self.unlike = list[str](), list[str](), list[str]()

    def parameters_read(self, route: Route, fields: Mapping[str, Value]) -> list[str]:
        """Name the parameters that a view reads; the site is then as it was before."""
        read = parameters_read(self._site, route, entering(route), fields)
        self._put_back()
        return read

    def send(self, route: Route, sent: Input) -> None:
        """Send one input; each database is then as it was before."""
        self._questions.taken()
        met = status(self._site, route, sent)
        is_new = (asked := self._questions.taken()) not in self._asked_there
        there = status(self._on_postgresql, route, sent) if is_new else met
        self._asked_there.add(asked)
        if isinstance(met, str) or met >= 500:
            self.failed.append(f"{met}: {sent}")
        if met != there:
            self.unlike.append(f"{met} on SQLite and {there} on PostgreSQL: {sent}")
        if self._watch.has_changed():
            if (isinstance(met, str) or met >= 400) and (traces := self._changed(route)):
                self.traces.append(f"{met} changed {traces}: {sent}")
            self._put_back()
        if is_new:
            self._postgresql_kept.put_back()

    def close(self) -> None:
        self._watch.close()
        self._questions.close()

    def _changed(self, route: Route) -> set[str]:
        changed = {name for name, rows in self._site.rows().items() if rows != self._before[name]}
        return changed - KEPT_WHEN_REFUSED.get(route.endpoint, set())

    def _put_back(self) -> None:
        self._watch.close()
        restored(self._site.app, self._kept)
        self._watch = Watch(self._site.app)


@pytest.fixture
def sweep(site: Site, kept: StandingFile, postgresql_site: Site, postgresql_kept: StandingDatabase) -> Iterator[Sweep]:
    sweep = Sweep(site, kept, postgresql_site, postgresql_kept)
    yield sweep
    sweep.close()


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_no_input_fails_or_leaves_a_trace_where_it_is_refused_and_both_databases_answer_alike(
    site: Site, sweep: Sweep, route: Route
) -> None:
    form = form_of(site, route)
    read = sweep.parameters_read(route, form.filled_in() if form else {})
    for sent in inputs_for(route, site, form, read, others_than(read)):
        sweep.send(route, sent)

    assert sweep.failed == []
    assert sweep.traces == []
    assert sweep.unlike == []
