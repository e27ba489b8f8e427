"""The `mentormatch` command and its subcommands."""

import click

from mentormatch.cli.coordinators import coordinators
from mentormatch.cli.mail import mail
from mentormatch.cli.rounds import rounds, verify
from mentormatch.cli.serving import serve, work
from mentormatch.cli.solving import check, policy, solve


@click.group()
@click.version_option(package_name="mentormatch")
def main() -> None:
    """Pair mentors and mentees so that skills are passed on and candidates get to mentor."""


for _command in (serve, work, coordinators, mail, rounds, solve, check, policy, verify):
    main.add_command(_command)
