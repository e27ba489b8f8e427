"""How a command gets at the application: made by the wiring, only when a command needs it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from environs import EnvError
from flask import Flask

from mentormatch.services.bundle import Services

CreateApp = Callable[..., Flask]


def application(context: click.Context, *, public_url: str | None = None, demo: bool = False) -> Flask:
    """Make the application; a setting that is not usable ends the command with its name."""
    create: CreateApp = context.find_root().obj
    try:
        return create(public_url=public_url, demo=demo)
    except EnvError as refused:
        raise click.ClickException(str(refused)) from refused


@contextmanager
def use_cases(app: Flask) -> Iterator[Services]:
    """Open the application for a command and hand it the use cases."""
    with app.app_context():
        yield app.extensions["mentormatch"]
