import csv
import io
from importlib.resources import files

import pytest
from flask import Flask

from mentormatch.domain.errors import NotFound
from mentormatch.domain.policies import Policy
from mentormatch.services.bundle import Services
from mentormatch.services.solving_files import solve_files
from mentormatch.spreadsheets.signups import read_signups
from tests.builders import people
from tests.builders.running import Running, running_programme

PEOPLE = files("mentormatch.cli").joinpath("demo", "people.csv").read_bytes()


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def exported(running: Running) -> tuple[bytes, bytes]:
    exporting = running.services.exporting_rounds
    return exporting.pairings(running.programme_id, 1), exporting.unpaired(running.programme_id, 1)


def test_a_round_gives_the_same_files_as_solving_the_spreadsheet(app: Flask, services: Services) -> None:
    signups = read_signups(PEOPLE)
    running = running_programme(app, services, signups[::-1])
    running.propose()

    solved = solve_files(PEOPLE, Policy())

    assert exported(running) == (solved.pairs, solved.unpaired)
    assert len(rows(solved.pairs)) > 40


def test_the_unpaired_are_exported_with_their_reason(app: Flask, services: Services) -> None:
    running = running_programme(app, services)
    running.propose()

    (row,) = [row for row in rows(exported(running)[1]) if row["email"] == "li@firm.example"]

    assert (row["side"], row["reason"], row["candidate"]) == ("mentee", "no_shared_language", "no")


def test_a_name_that_a_spreadsheet_would_run_is_guarded(app: Flask, services: Services) -> None:
    running = running_programme(app, services, [people.mentor(), people.mentee(name="=1+1")])
    running.propose()

    assert rows(exported(running)[0])[0]["mentee_name"] == "'=1+1"


def test_a_round_without_a_proposal_has_nothing_to_export(app: Flask, services: Services) -> None:
    running = running_programme(app, services)
    running.start()

    with pytest.raises(NotFound):
        exported(running)
