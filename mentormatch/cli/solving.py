"""The commands that solve a round from files, check one and show the default policy; they need no database."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from math import isinf
from pathlib import Path

import click

from mentormatch.domain.errors import InputRefused
from mentormatch.domain.policies import Policy
from mentormatch.matching.bounds import HIGHEST_SEED
from mentormatch.matching.footprint import Footprint
from mentormatch.services.checking_files import CheckedFiles, check_files, read_certificate
from mentormatch.services.posing_problems import USUAL_DAY
from mentormatch.services.solving_files import default_policy, read_policy, solve_files

_MEGABYTE = 10**6
_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
_TO_WRITE = click.Path(dir_okay=False, writable=True, path_type=Path)
_day_option = click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=USUAL_DAY.isoformat(),
    show_default=True,
    help="Whose working hours count: clocks go forward and back.",
)


@click.command()
@click.argument("people", type=_EXISTING)
@click.option("--out", "pairs", type=_TO_WRITE, required=True, help="Where to write the pairings as CSV.")
@click.option(
    "--policy", "policy_file", type=_EXISTING, help="Settings as JSON; those it leaves out keep their defaults."
)
@click.option("--unpaired", type=_TO_WRITE, help="Where to write who is unpaired and why, as CSV.")
@click.option("--summary", type=_TO_WRITE, help="Where to write the counts as JSON.")
@click.option("--certificate", type=_TO_WRITE, help="Where to write the prices that prove the pairings, as JSON.")
@click.option("--seed", type=click.IntRange(0, HIGHEST_SEED), default=0, help="Settles ties; 0 unless given.")
@_day_option
def solve(
    people: Path,
    pairs: Path,
    policy_file: Path | None,
    unpaired: Path | None,
    summary: Path | None,
    certificate: Path | None,
    seed: int,
    day: datetime,
) -> None:
    """Pair the people of a CSV file; exits with 2 and writes nothing if a file cannot be used."""
    with _refusals_of(policy_file):
        settings = read_policy(policy_file.read_bytes()) if policy_file else Policy()
    with _refusals_of(people):
        solved = solve_files(people.read_bytes(), settings, seed, day.date(), begun=_say_how_much)
    for path, content in (
        (pairs, solved.pairs),
        (unpaired, solved.unpaired),
        (summary, solved.summary),
        (certificate, solved.certificate),
    ):
        if path is not None:
            _write(path, content)
    totals = solved.totals
    click.echo(
        f"{pairs}: {totals.mentees_paired} of {totals.mentees} mentees paired, "
        f"{totals.candidates_served} of {totals.candidates} candidates served."
    )


def _say_how_much(footprint: Footprint) -> None:
    most = -(-footprint.memory // _MEGABYTE)
    click.echo(f"Mentees: {footprint.mentees}, mentors: {footprint.mentors}, memory: at most {most} MB.")


@click.command()
@click.argument("people", type=_EXISTING)
@click.argument("policy_file", metavar="POLICY", type=_EXISTING)
@click.argument("pairs", type=_EXISTING)
@click.argument("certificate", type=_EXISTING)
@_day_option
def check(people: Path, policy_file: Path, pairs: Path, certificate: Path, day: datetime) -> None:
    """Check that pairings are allowed and that their certificate proves them the best.

    Exits with 1 and says what is wrong or how much better others may be if not, and with 2 if a file cannot be used.
    """
    with _refusals_of(policy_file):
        settings = read_policy(policy_file.read_bytes())
    with _refusals_of(certificate):
        prices = read_certificate(certificate.read_bytes())
    with _refusals_of(people):
        checked = check_files(people.read_bytes(), settings, pairs.read_bytes(), prices, day.date())
    for what in checked.wrong:
        click.echo(what)
    if not checked.wrong:
        click.echo(f"{pairs}: {_verdict(checked)}")
    if checked.wrong or checked.gap:
        sys.exit(1)


@click.command()
def policy() -> None:
    """Print the default policy as JSON."""
    click.echo(default_policy(), nl=False)


def _verdict(checked: CheckedFiles) -> str:
    if checked.gap is None:
        return "allowed, and proven the best in every tier."
    tier, gap = checked.gap
    if isinf(gap):
        return f"allowed; proven the best in every tier before {tier}."
    return f"allowed; proven to within {gap:.0f} {'points' if tier == 'score' else f'in {tier}'} of the best."


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as refused:
        raise click.FileError(str(path), refused.strerror) from refused


@contextmanager
def _refusals_of(path: Path | None) -> Iterator[None]:
    """Print what is wrong with the file, one fault per line, and exit with 2."""
    try:
        yield
    except InputRefused as refused:
        for fault in refused.faults:
            click.echo(f"{path}: {fault}", err=True)
        sys.exit(2)
