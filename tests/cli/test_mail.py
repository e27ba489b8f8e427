from click.testing import CliRunner, Result
from flask import Flask

from mentormatch.cli import commands
from mentormatch.cli.applications import Wiring
from mentormatch.persistence.database import Transactions
from mentormatch.worker.loops import Workers
from tests.builders.outboxes import add_notices


def mail(app: Flask, *words: str) -> Result:
    return CliRunner().invoke(commands.main, ["mail", *words], obj=Wiring(lambda **_: app, Workers))


def test_mail_is_put_on_hold_and_let_go_from_the_console(app: Flask) -> None:
    with app.app_context(), Transactions().writing() as session:
        add_notices(session, 3)

    said = [mail(app, *words).output.strip() for words in (["status"], ["hold", "--why", "A move."], ["release"])]

    assert said == [
        "Mail is not on hold.",
        "Mail is on hold: A move. 3 mails wait; only links to sign in are sent.",
        "Mail leaves again.",
    ]


def test_what_waits_may_be_dropped_on_release(app: Flask) -> None:
    with app.app_context(), Transactions().writing() as session:
        add_notices(session, 3)
    mail(app, "hold")

    assert "3 mails that waited were dropped" in mail(app, "release", "--drop-waiting").output


def test_mail_that_is_not_on_hold_is_not_released(app: Flask) -> None:
    refused = mail(app, "release")

    assert (refused.exit_code, refused.output.strip()) == (1, "Error: Mail is not on hold.")
