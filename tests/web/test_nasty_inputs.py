"""No input makes the site fail, and what is refused leaves no trace."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import make_url

from tests.web.crawling import entering, form_of
from tests.web.nasty import Input, body_of, inputs_for, query_of
from tests.web.parameters import query_parameters
from tests.web.routes import ROUTES, Route
from tests.web.sites import Site, restored


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
        self._engine = sa.create_engine(make_url(app.config["SQLALCHEMY_DATABASE_URI"]), poolclass=sa.NullPool)
        self._connection = self._engine.connect()
        self._seen = self._version()

    def _version(self) -> int:
        return int(self._connection.exec_driver_sql("PRAGMA data_version").scalar_one())

    def has_changed(self) -> bool:
        return self._version() != self._seen

    def close(self) -> None:
        self._connection.close()


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_no_input_makes_a_page_fail_and_what_is_refused_changes_nothing(site: Site, kept: Path, route: Route) -> None:
    failed, traces, before = [], [], site.rows()
    watch = Watch(site.app)
    for sent in inputs_for(route, site, form_of(site, route), query_parameters()):
        met = status(site, route, sent)
        if isinstance(met, str) or met >= 500:
            failed.append(f"{met}: {sent}")
        if watch.has_changed():
            changed = {name for name, rows in site.rows().items() if rows != before[name]}
            if (isinstance(met, str) or met >= 400) and changed - KEPT_WHEN_REFUSED.get(route.endpoint, set()):
                traces.append(f"{met} changed {changed}: {sent}")
            watch.close()
            restored(site.app, kept)
            watch = Watch(site.app)
    watch.close()

    assert (failed, traces) == ([], [])


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_both_databases_give_the_same_answers(site: Site, postgresql_site: Site, route: Route) -> None:
    inputs = inputs_for(route, site, form_of(site, route), query_parameters())

    met = [(status(site, route, sent), status(postgresql_site, route, sent), str(sent)) for sent in inputs]

    assert [each for each in met if each[0] != each[1]] == []
