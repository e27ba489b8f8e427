"""How a command gets at the application: made by the wiring, only when a command needs it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import click
from environs import EnvError
from flask import Flask
from sqlalchemy.exc import DBAPIError

from mentormatch.services.bundle import Services


class RunsInBackground(Protocol):
    """Background work that can be started and told to stop."""

    def start(self) -> None:
        """Start the work."""

    def stop(self, patience: float = 30.0) -> None:
        """Let the piece in hand finish."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the command line is handed: how to make the application and its background work."""

    create_app: Callable[..., Flask]
    workers: Callable[[Flask], RunsInBackground]


def application(context: click.Context, *, public_url: str | None = None, demo: bool = False) -> Flask:
    """Make the application; a setting that is not usable ends the command with its name."""
    try:
        return wiring(context).create_app(public_url=public_url, demo=demo)
    except EnvError as refused:
        raise click.ClickException(str(refused)) from refused


def wiring(context: click.Context) -> Wiring:
    """Return what the command line was handed at its start."""
    handed = context.find_root().obj
    assert isinstance(handed, Wiring)  # noqa: S101 -- narrows what the framework keeps untyped
    return handed


class DatabaseUnusable(click.ClickException):
    """The database is not there, or nobody has brought it up to date yet."""

    exit_code = 2


@contextmanager
def use_cases(app: Flask) -> Iterator[Services]:
    """Open the application for a command and hand it the use cases; raises DatabaseUnusable."""
    try:
        with app.app_context():
            yield app.extensions["mentormatch"]
    except DBAPIError as fault:
        words = str(fault.orig).partition("\n")[0]
        raise DatabaseUnusable(
            f"The database cannot be used: {words}. `mentormatch serve` brings a new one up to date."
        ) from fault
