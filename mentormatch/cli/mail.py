"""`mentormatch mail`: whether mail is on hold, putting it on hold, and letting it go."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from mentormatch.cli.applications import application, use_cases
from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.errors import MentormatchError
from mentormatch.services.holding_mail import Hold, HoldingMail


@click.group()
def mail() -> None:
    """Say whether mail is on hold, put it on hold, let it go.

    A database that was copied or restored starts with mail on hold: much of what looks unsent may have been sent.
    """


@mail.command()
@click.pass_context
def status(context: click.Context) -> None:
    """Say whether mail is on hold, and why."""
    with _holding(context) as holding:
        click.echo(in_words(holding.check()))


@mail.command()
@click.option("--why", default="Put on hold from the console.", show_default=True, help="Shown to coordinators.")
@click.pass_context
def hold(context: click.Context, why: str) -> None:
    """Send nothing but links to sign in, until mail is released."""
    with _holding(context) as holding:
        holding.hold(why[:300], CONSOLE)
        click.echo(in_words(holding.look()))


@mail.command()
@click.option("--drop-waiting", is_flag=True, help="What waits was sent before the restore: never send it again.")
@click.option("--yes", is_flag=True, help="Do not ask once more.")
@click.pass_context
def release(context: click.Context, *, drop_waiting: bool, yes: bool) -> None:
    """Let mail go again; from now on this database belongs to this installation."""
    with _holding(context) as holding:
        found = holding.check()
        if found.is_on and not yes and sys.stdin.isatty():
            fate = "drop" if drop_waiting else "send"
            click.confirm(f"{in_words(found)}\nRelease it, and {fate} the {found.waiting} mails that wait?", abort=True)
        dropped = holding.release(CONSOLE, drop_waiting=drop_waiting)
        click.echo("Mail leaves again." + (f" {dropped} mails that waited were dropped." if drop_waiting else ""))


@contextmanager
def _holding(context: click.Context) -> Iterator[HoldingMail]:
    try:
        with use_cases(application(context)) as services:
            yield services.mail.hold
    except MentormatchError as refused:
        raise click.ClickException(str(refused)) from refused


def in_words(hold: Hold) -> str:
    """Say in a line or two whether mail is on hold."""
    if not hold.is_on:
        return "Mail is not on hold."
    return f"Mail is on hold: {hold.why} {hold.waiting} mails wait; only links to sign in are sent."
