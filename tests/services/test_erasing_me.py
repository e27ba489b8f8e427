"""Erasing a participant, on both databases: twelve marks are put wherever something of a person can stand."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.adjustments import Adjustment
from mentormatch.domain.errors import Conflict, NotFound
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.searches import Wanted
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions, db
from mentormatch.persistence.models import (
    Account,
    BrowserSession,
    Erasure,
    ImportedFile,
    MatchingRound,
    Notice,
    Pairing,
    Participant,
    Rating,
    SignInRequest,
)
from mentormatch.services.bundle import Services
from tests.builders import people
from tests.builders.accounts import NOW, add_account, add_browser_session, add_coordinator
from tests.builders.programmes import add_participant, add_programme
from tests.builders.rounds import add_adjustment
from tests.builders.running import Running, running_programme

MARKS: Final = tuple(f"canary{number:02}" for number in range(1, 13))
MEI: Final = people.mentee(
    email=f"{MARKS[0]}@{MARKS[1]}.example",
    name=f"Mei {MARKS[2]}",
    organisation=MARKS[3],
    site=MARKS[4],
    manager_email=f"{MARKS[5]}@firm.example",
    hopes=MARKS[6],
)
"""Mei, whose every answer in words carries a mark."""


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    """A published round of Omar and Mei, with Li, whose line manager is Mei."""
    li = people.mentee(email="li@firm.example", name="Li Wei", languages=("zh",), manager_email=MEI.email)
    running = running_programme(app, services, [people.mentor(), MEI, li])
    running.propose()
    running.publish()
    return running


@pytest.fixture
def mei(running: Running) -> int:
    """Mei's account, after she has left a mark in every other place."""
    with Transactions().writing() as session:
        account = add_account(session, MEI.email)
        add_browser_session(session, account.id)
        row = session.scalars(sa.select(MatchingRound)).one()
        row.failure = f"{MEI.name} stood in the way"
        omar, mei = running.ids["Omar"], running.ids["Mei"]
        add_adjustment(session, row, Adjustment.lock(omar, mei), reason=MARKS[7])
        file = {"content": zlib.compress(MARKS[8].encode()), "sent_at": NOW, "sent_by": account.id}
        session.add(ImportedFile(programme_id=running.programme_id, sha256="0" * 64, **file))
        request = {"kind": NoticeKind.SIGN_IN, "mailbox": MEI.mailbox, "email": MEI.email, "requested_at": NOW}
        session.add(SignInRequest(client="0" * 64, next_path="/", **request))
        answered = sa.update(Notice).where(Notice.participant_id == mei)
        session.execute(answered.values(reply=f"550 {MARKS[9]}"))
        columns = {"recipient": MEI.email, "subject": MARKS[10], "message_id": "<link@test>"}
        link = {"message": MARKS[11].encode()} | {
            "kind": NoticeKind.SIGN_IN,
            "state": NoticeState.PENDING,
            "created_at": NOW,
            "next_at": NOW,
        }
        session.add(Notice(**columns, **link))
        account_id = account.id
    running.services.own.wishing.avoid(running.programme_id, account_id, "rival@firm.example")
    return account_id


def erase(running: Running, account_id: int) -> None:
    running.services.own.erasing.erase(running.programme_id, account_id, version=1)


def cells() -> Iterator[tuple[str, str]]:
    """Yield the place and the text of every cell of the database, with archives unpacked."""
    with db.engine.connect() as connection:
        for table in db.metadata.sorted_tables:
            for row in connection.execute(sa.select(table)).mappings():
                yield from ((f"{table.name}.{name}", _text(value)) for name, value in row.items())


def _text(value: object) -> str:
    if isinstance(value, bytes):
        try:
            value = zlib.decompress(value)
        except zlib.error:
            return value.decode("utf-8", "replace").lower()
        return value.decode("utf-8", "replace").lower()
    return str(value).lower()


def marked() -> set[str]:
    return {place for place, text in cells() if any(mark in text for mark in MARKS)}


def test_the_marks_are_everywhere_before(running: Running, mei: int) -> None:
    found = {mark for _, text in cells() for mark in MARKS if mark in text}

    assert (found, len(marked()) >= 15, mei > 0) == (set(MARKS), True, True)


def test_no_mark_is_left_after(running: Running, mei: int, tmp_path: Path) -> None:
    erase(running, mei)

    assert marked() == set()
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.name == "erased"]
    assert not any(mark in path.read_text(encoding="utf-8") for path in kept for mark in MARKS)


def test_what_others_need_stays_as_numbers(running: Running, mei: int) -> None:
    erase(running, mei)

    with Transactions().reading() as session:
        pairing = session.scalars(sa.select(Pairing)).one()
        assert (pairing.mentee_id, pairing.state, pairing.closures) == (running.ids["Mei"], "ended_early", [])
        assert session.get_one(Participant, running.ids["Mei"]).state is SignupState.ERASED
        assert session.get_one(Erasure, running.ids["Mei"]).programme_id == running.programme_id
        rated = set(session.scalars(sa.select(Rating.participant_id)))
    assert rated == {running.ids["Omar"], running.ids["Li"]}


def test_a_published_round_can_still_be_verified(running: Running, mei: int) -> None:
    erase(running, mei)

    assert running.services.verifying_rounds.verify(running.programme_id, 1).differences == ()


def test_nothing_is_mailed_any_more(running: Running, mei: int) -> None:
    erase(running, mei)

    with Transactions().reading() as session:
        told = sa.select(Notice.state).where(
            Notice.participant_id.is_distinct_from(running.ids["Li"]), Notice.kind != NoticeKind.PARTNER_LEFT
        )
        assert set(session.scalars(told)) == {NoticeState.CANCELLED}


def test_who_was_erased_is_signed_out_and_unknown(running: Running, mei: int) -> None:
    erase(running, mei)

    with Transactions().reading() as session:
        assert session.scalars(sa.select(BrowserSession)).all() == []
        assert session.get_one(Account, mei).disabled_at is not None
    with pytest.raises(NotFound):
        running.services.changing_signup.mine(running.programme_id, mei)


def test_an_account_that_is_needed_elsewhere_stays(running: Running, mei: int) -> None:
    with Transactions().writing() as session:
        add_participant(session, add_programme(session, slug="south").id, MEI)

    erase(running, mei)

    with Transactions().reading() as session:
        assert session.get_one(Account, mei).disabled_at is None
        states = session.scalars(sa.select(Participant.state).order_by(Participant.id)).all()
    assert states.count(SignupState.ERASED) == 1


def test_a_coordinator_who_is_erased_as_a_participant_coordinates_on(running: Running) -> None:
    with Transactions().writing() as session:
        cora = add_coordinator(session, MEI.email, running.programme_id).id

    erase(running, cora)

    with Transactions().reading() as session:
        assert session.get_one(Account, cora).email == MEI.email


def test_an_erasure_of_what_has_changed_since_is_refused(running: Running, mei: int) -> None:
    with pytest.raises(Conflict):
        running.services.own.erasing.erase(running.programme_id, mei, version=9)

    assert marked() != set()


def test_the_same_mailbox_can_sign_up_again_as_somebody_new(running: Running, mei: int) -> None:
    erase(running, mei)

    running.join(MEI)

    with Transactions().reading() as session:
        newest = session.scalars(sa.select(Participant).order_by(Participant.id.desc())).first()
    assert newest is not None
    assert newest.id not in running.ids.values()


def test_whoever_was_erased_is_in_no_list(running: Running, mei: int) -> None:
    erase(running, mei)

    people_listed = running.services.listing_participants.page(running.programme_id, Wanted(), 1, 100)
    assert [line.name for line in people_listed.lines] == ["Li Wei", "Omar Haddad"]
    assert MARKS[2] not in str(running.view())


def copied(one: Path, other: Path) -> None:
    db.engine.dispose()
    with closing(sqlite3.connect(one)) as source, closing(sqlite3.connect(other)) as target:
        source.backup(target)


# A file is the simplest backup.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_restored_database_is_cleaned_of_whoever_was_erased(
    running: Running, mei: int, tmp_path: Path, database_url: str
) -> None:
    file, backup = Path(database_url.removeprefix("sqlite:///")), tmp_path / "backup"
    copied(file, backup)
    erase(running, mei)
    copied(backup, file)
    assert marked() != set()

    assert running.services.own.erasing.replay() == 1

    assert marked() == set()


def test_a_ledger_that_was_lost_beside_the_database_is_written_again(
    running: Running, mei: int, tmp_path: Path
) -> None:
    erase(running, mei)
    ledger = next(tmp_path.rglob("erased"))
    before = ledger.read_text(encoding="utf-8")
    ledger.unlink()

    assert running.services.own.erasing.replay() == 0
    assert ledger.read_text(encoding="utf-8") == before
