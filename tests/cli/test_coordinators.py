from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from mentormatch.app import create_app
from mentormatch.cli import commands
from mentormatch.cli.applications import Wiring
from mentormatch.persistence.database import db
from mentormatch.worker.loops import Workers
from tests.installations import settings_for


def coordinators(app: Flask, *words: str) -> Result:
    return CliRunner().invoke(commands.main, ["coordinators", *words], obj=Wiring(lambda **_: app, Workers))


@pytest.fixture
def untouched(tmp_path: Path) -> Iterator[Flask]:
    """An installation whose database has no tables yet."""
    app = create_app(settings_for(f"sqlite:///{tmp_path}/new.sqlite3", tmp_path))
    yield app
    with app.app_context():
        db.engine.dispose()


def test_whoever_is_named_gets_a_link_of_the_site(app: Flask) -> None:
    coordinators(app, "add", "ana@firm.example")

    link = coordinators(app, "link", "ANA@firm.example")

    assert link.output.startswith("http://localhost/sign-in/")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "no address"), "is not an email address"),
        (("add", "ana@firm.example", "--programme", "nowhere"), "no programme 'nowhere'"),
        (("link", "nobody@firm.example"), "mentormatch coordinators add nobody@firm.example"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(app: Flask, words: tuple[str, ...], said: str) -> None:
    refused = coordinators(app, *words)

    assert (refused.exit_code, said in refused.output) == (1, True)


def test_a_database_that_nobody_has_brought_up_to_date_is_named_as_such(untouched: Flask) -> None:
    refused = coordinators(untouched, "add", "ana@firm.example")

    assert refused.exit_code == 2
    assert "mentormatch serve" in refused.output
