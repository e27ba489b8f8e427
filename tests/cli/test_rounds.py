from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask

from mentormatch.app import create_app
from mentormatch.cli.applications import Wiring
from mentormatch.cli.commands import main
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Proposal
from mentormatch.services.bundle import Services
from mentormatch.worker.loops import Workers
from tests.builders.running import Running, running_programme
from tests.installations import settings_for


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services)


def rounds(running: Running, *words: str) -> Result:
    return CliRunner().invoke(main, ["rounds", *words], obj=Wiring(lambda **_: running.app, Workers))


def test_running_a_round_tells_its_stages_and_what_came_of_it(running: Running) -> None:
    told = rounds(running, "run", "north")

    assert told.exit_code == 0
    assert told.stdout.splitlines() == [
        "Round north/1",
        "  Reading the sign-ups",
        "  Scoring every possible pair",
        "  Finding the best pairs",
        "  Checking the answer",
        "  Writing the notices",
        "  Saving the proposal",
        f"Proposed: 2 of 3 mentees paired, 1 of 1 candidates served, {total_score(running)} points.",
        "  1 unpaired, 5 notices held.",
        "  Serving the candidates costs nothing.",
        "Publish it: mentormatch rounds publish north/1",
    ]


def total_score(running: Running) -> int:
    proposal = running.view().proposal
    assert proposal is not None
    return sum(pair.line.points for pair in proposal.pairs.rows)


def test_a_second_round_beside_an_open_one_is_refused_in_one_line(running: Running) -> None:
    rounds(running, "run", "north")

    refused = rounds(running, "run", "north")

    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "Round 1 is still open" in refused.stderr


def test_publishing_says_how_many_mails_leave(running: Running) -> None:
    rounds(running, "run", "north")

    told = rounds(running, "publish", "north/1")

    assert told.stdout.splitlines() == [
        "Round north/1 is published; 5 mails are on their way.",
        "      2 to mentors",
        "      2 to mentees",
        "      0 to people who are both",
        "      1 to people not paired this time",
    ]


def test_a_round_that_does_not_fit_any_more_is_not_published(running: Running) -> None:
    rounds(running, "run", "north")
    running.change("Mei", hopes="Something else")

    refused = rounds(running, "publish", "north/1")

    assert (refused.exit_code, refused.stderr) == (2, "Error: Mei Tanaka has changed their answers.\n")


def test_a_round_that_gives_the_same_pairs_is_verified(running: Running) -> None:
    rounds(running, "run", "north")

    told = rounds(running, "verify", "north/1")

    assert told.exit_code == 0
    assert "it gives the same 2 pairs" in told.stdout


def test_a_round_that_differs_is_shown_and_exits_with_one(running: Running) -> None:
    rounds(running, "run", "north")
    with Transactions().writing() as session:
        session.execute(sa.update(Proposal).values(result_sha256="0" * 64))

    refused = rounds(running, "verify", "north/1")

    assert refused.exit_code == 1
    assert "the answer hashes to" in refused.stderr


def test_the_list_names_rounds_as_commands_take_them(running: Running) -> None:
    running.propose()

    told = rounds(running, "list", "north")

    assert told.stdout.startswith("north/1  proposed   2 of 3 mentees paired, 1 of 1 candidates served")


@pytest.mark.parametrize(
    "words",
    [
        ("run", "nowhere"),
        ("list", "nowhere"),
        ("publish", "north/1"),
        ("verify", "north/7"),
        ("verify", "nowhere/1"),
        ("verify", "north"),
        ("verify", "north/0"),
        ("verify", "north/99999999999999999999"),
        ("publish", "North/1"),
    ],
)
def test_what_is_not_there_is_one_line_and_exit_code_two(running: Running, words: tuple[str, ...]) -> None:
    refused = rounds(running, *words)

    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert refused.stderr.startswith("Error: ")


def test_a_database_without_tables_is_one_line_and_exit_code_two(tmp_path: Path) -> None:
    empty = create_app(settings_for(f"sqlite:///{tmp_path}/empty.sqlite3", tmp_path))

    refused = CliRunner().invoke(main, ["rounds", "list", "north"], obj=Wiring(lambda **_: empty, Workers))

    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
