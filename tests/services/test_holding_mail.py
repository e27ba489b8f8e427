import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.app import create_app
from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.errors import Conflict
from mentormatch.domain.notices import NoticeState
from mentormatch.persistence.database import Transactions, db
from mentormatch.persistence.installation_files import InstallationFiles
from mentormatch.persistence.models import AuditEntry, Notice
from mentormatch.services.holding_mail import COPIED, RESTORED, HoldingMail
from mentormatch.services.sending_notices import SendingNotices
from tests.builders.outboxes import add_link_mail, add_notices
from tests.installations import StandingClock, settings_for
from tests.transports import ScriptedTransport


@dataclass
class Sender:
    """An installation's outbox, the mails that left it, and its gate."""

    outbox: ScriptedTransport
    sending: SendingNotices
    holding: HoldingMail

    def send_all(self) -> int:
        before = len(self.outbox.delivered)
        while self.sending.send_next():
            pass
        return len(self.outbox.delivered) - before


def sender(folder: Path, clock: StandingClock, name: str | None = None) -> Sender:
    """Return the outbox of the installation that lives in this folder."""
    folder.mkdir(exist_ok=True)
    outbox, holding = ScriptedTransport(), HoldingMail(Transactions(), clock, InstallationFiles(folder, name))
    return Sender(outbox, SendingNotices(Transactions(), clock, outbox, "from@firm.example", gate=holding), holding)


@contextmanager
def using(file: Path) -> Iterator[Flask]:
    """Work on another database file."""
    app = create_app(settings_for(f"sqlite:///{file}", file.parent))
    with app.app_context():
        yield app
        db.engine.dispose()


@pytest.fixture
def home(app: Flask, tmp_path: Path, clock: StandingClock) -> Iterator[Sender]:
    """An installation with three notices that are due."""
    with app.app_context():
        with Transactions().writing() as session:
            add_notices(session, 3)
        yield sender(tmp_path / "home", clock)


def test_an_installation_sends_from_its_own_database(home: Sender) -> None:
    assert home.send_all() == 3
    assert not home.holding.look().is_on


def test_it_goes_on_after_a_restart(home: Sender, tmp_path: Path, clock: StandingClock) -> None:
    home.sending.send_next()

    assert sender(tmp_path / "home", clock).send_all() == 2


def test_a_copy_in_another_installation_sends_nothing_but_links(
    home: Sender, tmp_path: Path, clock: StandingClock
) -> None:
    home.sending.send_next()
    with Transactions().writing() as session:
        add_link_mail(session)
    staging = sender(tmp_path / "staging", clock)

    assert staging.send_all() == 1
    assert staging.outbox.delivered[0][0] == "ana@firm.example"
    assert (staging.holding.look().why, staging.holding.look().waiting) == (COPIED, 2)


def test_a_copied_folder_is_another_installation(home: Sender, tmp_path: Path, clock: StandingClock) -> None:
    home.sending.send_next()
    shutil.copytree(tmp_path / "home", tmp_path / "copy")

    assert sender(tmp_path / "copy", clock).send_all() == 0


def test_machines_that_are_given_one_name_share_a_database(home: Sender, tmp_path: Path, clock: StandingClock) -> None:
    home.holding.check()
    with Transactions().writing() as session:
        session.execute(sa.text("UPDATE installation SET name = 'north'"))

    sent = [sender(tmp_path / folder, clock, "north").sending.send_next() for folder in ("one", "two")]

    assert sent == [True, True]


def test_a_restored_sqlite_file_sends_none_of_its_mails_again(
    sqlite_template: Path, tmp_path: Path, clock: StandingClock
) -> None:
    live, backup = tmp_path / "live.sqlite3", tmp_path / "backup.sqlite3"
    shutil.copy(sqlite_template, live)
    with using(live):
        with Transactions().writing() as session:
            add_notices(session, 5)
        sender(tmp_path / "home", clock).holding.check()
    shutil.copy(live, backup)
    with using(live):
        assert sender(tmp_path / "home", clock).send_all() == 5
    for leftover in tmp_path.glob("live.sqlite3*"):
        leftover.unlink()
    shutil.copy(backup, live)

    with using(live):
        restored = sender(tmp_path / "home", clock)
        assert restored.send_all() == 0
        assert (restored.holding.look().why, restored.holding.look().waiting) == (RESTORED, 5)


def test_a_release_lets_the_waiting_mails_go(home: Sender, tmp_path: Path, clock: StandingClock) -> None:
    home.sending.send_next()
    staging = sender(tmp_path / "staging", clock)
    staging.send_all()

    staging.holding.release(CONSOLE)

    assert staging.send_all() == 2
    assert home.send_all() == 0


def test_a_release_may_drop_what_waits(home: Sender, tmp_path: Path, clock: StandingClock) -> None:
    home.holding.hold("A restore.", CONSOLE)

    assert home.holding.release(CONSOLE, drop_waiting=True) == 3

    assert home.send_all() == 0
    with Transactions().reading() as session:
        assert set(session.scalars(sa.select(Notice.state))) == {NoticeState.CANCELLED}


def test_mail_that_is_not_on_hold_cannot_be_released(home: Sender) -> None:
    with pytest.raises(Conflict):
        home.holding.release(CONSOLE)


def test_holding_and_releasing_are_in_the_audit_trail(home: Sender) -> None:
    home.holding.hold("A restore.", CONSOLE)
    home.holding.release(CONSOLE)

    with Transactions().reading() as session:
        steps = sa.select(AuditEntry.new_state, AuditEntry.why).where(AuditEntry.object_table == "installation")
        found = [tuple(row) for row in session.execute(steps.order_by(AuditEntry.id))]
    assert found == [("on_hold", "A restore."), ("sending", "released")]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"message_id": 7}'])
def test_a_file_that_cannot_be_read_is_no_evidence(home: Sender, tmp_path: Path, content: str) -> None:
    home.sending.send_next()
    (tmp_path / "home" / "last_mail").write_text(content)

    assert home.send_all() == 2
