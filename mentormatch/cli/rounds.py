"""`mentormatch rounds`: run, publish, verify and list matching rounds from a shell."""

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import click

from mentormatch.cli.applications import application, use_cases
from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.errors import Fault, InputRefused, MentormatchError, NotFound
from mentormatch.domain.notices import NoticeKind
from mentormatch.domain.reviews import Look
from mentormatch.domain.rounds import RoundState, Stage
from mentormatch.matching.solution import Totals
from mentormatch.services.bundle import Services
from mentormatch.services.knowing_viewers import ProgrammeHead
from mentormatch.services.publishing_rounds import Seen

_ROUND: Final = re.compile(r"([a-z0-9][a-z0-9-]{0,59})/([1-9][0-9]{0,8})")
_PAUSE: Final = 0.3
_STAGES: Final = {
    Stage.READING: "Reading the sign-ups",
    Stage.SCORING: "Scoring every possible pair",
    Stage.SOLVING: "Finding the best pairs",
    Stage.CHECKING: "Checking the answer",
    Stage.WRITING: "Writing the notices",
    Stage.SAVING: "Saving the proposal",
}
_KINDS: Final = {
    NoticeKind.MENTOR: "to mentors",
    NoticeKind.MENTEE: "to mentees",
    NoticeKind.MENTOR_AND_MENTEE: "to people who are both",
    NoticeKind.UNPAIRED: "to people not paired this time",
}


@dataclass(frozen=True, slots=True)
class _Place:
    """What a command is about: the use cases, the programme, and a round's number where one is named."""

    services: Services
    programme: ProgrammeHead
    number: int = 0


class _Refused(click.ClickException):
    exit_code = 2


@click.group()
def rounds() -> None:
    """Run, publish and verify matching rounds; ROUND is written like north/3."""


@rounds.command("run")
@click.argument("programme")
@click.pass_context
def run(context: click.Context, programme: str) -> None:
    """Start a round of PROGRAMME, solve it here and say what came of it."""
    with _in_programme(context, programme) as place:
        number = place.services.starting_rounds.start(place.programme.id, CONSOLE)
        click.echo(f"Round {programme}/{number}")
        _solve(place, number)
        head = place.services.reviewing_rounds.head(place.programme.id, number)
        if head.state == RoundState.FAILED:
            raise click.ClickException(head.failure)
        if head.state != RoundState.PROPOSED:
            raise click.ClickException(f"The round was called off; it is {head.state} now.")
        _tell_proposal(place, number)


@rounds.command("publish")
@click.argument("round_name", metavar="ROUND")
@click.option("--yes", is_flag=True, help="Do not ask once more.")
@click.pass_context
def publish(context: click.Context, round_name: str, *, yes: bool) -> None:
    """Announce the pairings of ROUND and let its notices go."""
    with _at_round(context, round_name) as place:
        page = place.services.reviewing_rounds.publication(place.programme.id, place.number)
        # A script has nobody to ask; whoever types the command is asked once more.
        if not yes and sys.stdin.isatty():
            click.confirm(f"Publish round {round_name} and send {page.mails_in_all} mails?", abort=True)
        seen = Seen(publish_key=page.publish_key, version=page.head.version, inputs_version=page.inputs_version)
        place.services.publishing_rounds.publish(place.programme.id, place.number, seen, CONSOLE)
        click.echo(f"Round {round_name} is published; {page.mails_in_all} mails are on their way.")
        for kind, count in page.mails.items():
            click.echo(f"  {count:>5} {_KINDS[kind]}")


@rounds.command("verify")
@click.argument("round_name", metavar="ROUND")
@click.pass_context
def verify(context: click.Context, round_name: str) -> None:
    """Solve ROUND again from its frozen input, compare, and check its proof; exits with 1 when anything differs."""
    with _at_round(context, round_name) as place:
        found = place.services.verifying_rounds.verify(place.programme.id, place.number)
        for difference in found.differences:
            click.echo(difference, err=True)
        if found.differences:
            raise click.ClickException(f"Round {round_name} is not what its frozen input gives.")
        click.echo(f"Round {round_name} is verified: solved again, it gives the same {found.pairs} pairs.")
        if found.proven:
            click.echo("Its certificate proves them the best in every tier.")
        click.echo(f"  input  {found.snapshot_sha256}\n  answer {found.result_sha256}")


@rounds.command("list")
@click.argument("programme")
@click.pass_context
def list_rounds(context: click.Context, programme: str) -> None:
    """List the rounds of PROGRAMME, newest first."""
    with _in_programme(context, programme) as place:
        lines = place.services.reviewing_rounds.all_of(place.programme.id).rounds
        for line in lines:
            click.echo(f"{programme}/{line.number}  {line.state:<9}  {_in_short(line.totals)}".rstrip())
        if not lines:
            click.echo(f"No rounds yet. Start one: mentormatch rounds run {programme}")


@contextmanager
def _in_programme(context: click.Context, slug: str) -> Iterator[_Place]:
    """Open a programme for a command; what it refuses is one line on the error output and exit code 2."""
    try:
        with use_cases(application(context)) as services:
            programme = services.knowing_viewers.programme(slug)
            if programme is None:
                raise NotFound(f"There is no programme {slug!r}.")
            yield _Place(services, programme)
    except MentormatchError as refused:
        raise _Refused(str(refused)) from refused


@contextmanager
def _at_round(context: click.Context, name: str) -> Iterator[_Place]:
    parts = _ROUND.fullmatch(name)
    if parts is None:
        message = f"{name!r} is not a round; write the programme's name in addresses and the number, like north/3"
        raise _Refused(str(InputRefused([Fault(None, "ROUND", message)])))
    with _in_programme(context, parts[1]) as place:
        yield _Place(place.services, place.programme, int(parts[2]))


def _solve(place: _Place, number: int) -> None:
    """Solve the round here; where another worker was faster, follow it to the end."""
    told: list[Stage] = []

    def tell(stage: Stage | None, *_steps: int) -> None:
        if stage is not None and stage not in told:
            told.append(stage)
            click.echo(f"  {_STAGES[stage]}")

    reviewing = place.services.reviewing_rounds
    while (head := reviewing.head(place.programme.id, number)).is_at_work:
        if not place.services.solving_rounds.solve_next(head.id, tell):
            tell(head.stage)
            time.sleep(_PAUSE)


def _tell_proposal(place: _Place, number: int) -> None:
    view = place.services.reviewing_rounds.one(place.programme.id, number, Look())
    if view.proposal is not None:
        click.echo(f"Proposed: {_in_short(view.proposal.totals)}.")
        click.echo(f"  {view.proposal.left_over.total} unpaired, {sum(view.mails.values())} notices held.")
        click.echo(f"  {_price(view.proposal.totals)}")
    click.echo(f"Publish it: mentormatch rounds publish {place.programme.slug}/{number}")


def _in_short(totals: Totals | None) -> str:
    if totals is None:
        return ""
    return (
        f"{totals.mentees_paired} of {totals.mentees} mentees paired, "
        f"{totals.candidates_served} of {totals.candidates} candidates served, {totals.total_score} points"
    )


def _price(totals: Totals) -> str:
    if totals.candidates_served <= totals.plain.candidates_served and totals.price_of_candidates == 0:
        return "Serving the candidates costs nothing."
    return (
        f"Serving the candidates costs {totals.price_of_candidates} of {totals.plain.total_score} points "
        f"and changes {totals.plain.pairings_that_differ} pairs."
    )
