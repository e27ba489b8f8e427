"""Everything that is held about a person, taken away, on both databases."""

import csv
import io
import json
import zipfile

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import NotFound
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, Participant
from mentormatch.persistence.repositories.holdings import HOLDINGS
from mentormatch.services.bundle import Services
from tests.builders import people
from tests.builders.accounts import add_account, add_browser_session
from tests.builders.running import Running, running_programme


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services, [people.mentor(), people.mentee(hopes="=Lead, an event")])


@pytest.fixture
def mei(running: Running) -> int:
    with Transactions().writing() as session:
        account = add_account(session, "mei@firm.example")
        add_browser_session(session, account.id)
        return account.id


def files(running: Running, account_id: int) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(running.services.own.data.archive(running.programme_id, account_id))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_archive_holds_a_file_for_every_table_and_all_of_it_as_json(running: Running, mei: int) -> None:
    held = files(running, mei)

    shown = {name for name, rule in HOLDINGS.items() if rule.shown}
    assert set(held) == {"data.json", *(f"{name}.csv" for name in shown)}
    assert set(json.loads(held["data.json"])) == shown


def test_the_answers_and_ratings_are_those_that_were_given(running: Running, mei: int) -> None:
    held = json.loads(files(running, mei)["data.json"])

    (answers,) = held["participant"]
    assert (answers["name"], answers["email"], answers["hopes"]) == (
        "Mei Tanaka",
        "mei@firm.example",
        "=Lead, an event",
    )
    assert {row["competency"]: row["level"] for row in held["rating"]} == dict.fromkeys(map(str, Competency), 1)


def test_a_spreadsheet_takes_no_answer_for_a_formula(running: Running, mei: int) -> None:
    (row,) = csv.DictReader(io.StringIO(files(running, mei)["participant.csv"].decode()))

    assert row["hopes"] == "'=Lead, an event"


def test_what_is_still_a_draft_is_not_told(running: Running, mei: int) -> None:
    running.propose()

    held = running.services.own.data.held(running.programme_id, mei)

    assert (held["pairing"], held["notice"], held["unpaired"]) == ([], [], [])


def test_a_pairing_that_was_told_names_both(running: Running, mei: int) -> None:
    running.propose()
    running.publish()

    (pairing,) = running.services.own.data.held(running.programme_id, mei)["pairing"]

    assert (pairing["mentor"], pairing["mentee"], pairing["state"]) == ("Omar Haddad", "Mei Tanaka", "announced")


def test_nobody_elses_answers_are_in_it(running: Running, mei: int) -> None:
    running.propose()
    running.publish()

    told = b"".join(content for name, content in files(running, mei).items())

    assert b"Lyon" not in told.replace(b"Lyon, ", b"")
    assert b'"level": 4' not in told


def test_what_others_ask_of_this_person_is_not_in_it(running: Running, mei: int) -> None:
    with Transactions().writing() as session:
        omar = add_account(session, "omar@firm.example").id
    running.services.own.wishing.avoid(running.programme_id, omar, "mei@firm.example")

    assert running.services.own.data.held(running.programme_id, mei)["avoidance"] == []


def test_a_stranger_is_given_nothing(running: Running) -> None:
    with Transactions().writing() as session:
        stranger = add_account(session, "stranger@firm.example").id

    with pytest.raises(NotFound):
        running.services.own.data.archive(running.programme_id, stranger)


def test_to_take_it_away_changes_nothing(running: Running, mei: int) -> None:
    def state() -> object:
        with Transactions().reading() as session:
            kept = sa.select(Participant.version, Account.email).join(Account, Account.mailbox == Participant.mailbox)
            return session.execute(kept).all()

    before = state()
    running.services.own.data.archive(running.programme_id, mei)

    assert state() == before
