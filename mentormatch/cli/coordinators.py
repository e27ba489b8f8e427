"""`mentormatch coordinators`: who may run programmes, and a way in for them from the console."""

import click

from mentormatch.cli.applications import application, use_cases
from mentormatch.domain.errors import MentormatchError


@click.group()
def coordinators() -> None:
    """Name coordinators and print sign-in links for them."""


@coordinators.command()
@click.argument("email")
@click.option(
    "--programme", "slug", help="Programme to coordinate, by its name in addresses; none: may create programmes."
)
@click.pass_context
def add(context: click.Context, email: str, slug: str | None) -> None:
    """Make EMAIL a coordinator."""
    with use_cases(application(context)) as services:
        try:
            services.appointing_coordinators.appoint(email, slug=slug)
        except MentormatchError as refused:
            raise click.ClickException(str(refused)) from refused
    click.echo(f"{email} is a coordinator.")


@coordinators.command()
@click.argument("email")
@click.pass_context
def link(context: click.Context, email: str) -> None:
    """Print a sign-in link for EMAIL that works once, from any browser."""
    with use_cases(application(context)) as services:
        try:
            click.echo(services.appointing_coordinators.console_link(email))
        except MentormatchError as refused:
            raise click.ClickException(str(refused)) from refused
