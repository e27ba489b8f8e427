"""The matching rounds of a programme: the list, one round from the button to its publication, its files."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.actors import Actor
from mentormatch.domain.errors import InputRefused, RoundAlreadyOpen
from mentormatch.schemas.rounds import VersionSchema
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.downloads import handed_out
from mentormatch.web.forms import read_seen
from mentormatch.web.languages import gettext, translated
from mentormatch.web.proposal_look import links, read_look, read_unpaired_pages

blueprint = Blueprint("rounds", __name__, url_prefix="/programmes/<slug:slug>/rounds")


@blueprint.get("")
@rule(Rule.COORDINATOR)
def list_rounds(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show every round, and the button that starts the next one."""
    return render_template(
        "web/rounds/list.html", active="rounds", page=services().reviewing_rounds.all_of(programme().id)
    )


@blueprint.post("")
@rule(Rule.COORDINATOR)
def start(slug: str) -> ResponseReturnValue:
    """Start a round; a second press leads to the one that the first started."""
    try:
        number = services().starting_rounds.start(programme().id, _actor())
    except RoundAlreadyOpen as already:
        flash(gettext("Round %(number)s is still open, so no other was started. Here it is.", number=already.number))
        number = already.number
    except InputRefused as refused:
        flash(translated(str(refused)), "error")
        return redirect(url_for("rounds.list_rounds", slug=slug), 303)
    return _to_round(slug, number)


@blueprint.get("/<id:number>")
@rule(Rule.COORDINATOR)
def one(slug: str, number: int) -> ResponseReturnValue:
    """Show how far a round has come, and its proposal."""
    asked = read_look()
    page = services().reviewing_rounds.one(programme().id, number, asked.loaded)
    addresses = links(asked, "rounds.one", slug=slug, number=number)
    return render_template("web/rounds/one.html", active="rounds", page=page, look=asked.loaded, **addresses)


@blueprint.get("/<id:number>/proposals/<id:proposal_number>")
@rule(Rule.COORDINATOR)
def proposal(slug: str, number: int, proposal_number: int) -> ResponseReturnValue:
    """Show one proposal of a round, older or newest, and what moved against the one before it."""
    asked = read_look()
    page = services().reviewing_rounds.proposal(programme().id, number, proposal_number, asked.loaded)
    addresses = links(asked, "rounds.proposal", slug=slug, number=number, proposal_number=proposal_number)
    return render_template("web/rounds/older.html", active="rounds", page=page, look=asked.loaded, **addresses)


@blueprint.get("/<id:number>/people/<id:participant_id>")
@rule(Rule.COORDINATOR)
def person(slug: str, number: int, participant_id: int) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Show one person in a round: whom they have, whom else they could have and at what price."""
    page = services().workbench.people.person(programme().id, number, participant_id)
    return render_template("web/rounds/person.html", active="rounds", page=page)


@blueprint.get("/<id:number>/unpaired")
@rule(Rule.COORDINATOR)
def unpaired(slug: str, number: int) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Show who has no partner, why, and what would help."""
    pages = read_unpaired_pages()
    page = services().workbench.people.unpaired(programme().id, number, pages)
    return render_template("web/rounds/unpaired_people.html", active="rounds", page=page, pages=pages)


@blueprint.get("/<id:number>/progress")
@rule(Rule.COORDINATOR)
def progress(slug: str, number: int) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Show how far the solving has come, as a fragment that the round's page asks for each second."""
    head = services().reviewing_rounds.head(programme().id, number)
    return render_template("web/rounds/progress.html", head=head)


@blueprint.post("/<id:number>/cancel")
@rule(Rule.COORDINATOR)
def cancel(slug: str, number: int) -> ResponseReturnValue:
    """Stop the solving of a round."""
    services().calling_off_rounds.cancel(programme().id, number, _actor())
    flash(gettext("The solving is cancelled. Nothing was sent to anybody."), "success")
    return _to_round(slug, number)


@blueprint.post("/<id:number>/discard")
@rule(Rule.COORDINATOR)
def discard(slug: str, number: int) -> ResponseReturnValue:
    """Drop the proposal of a round."""
    version = read_seen(VersionSchema())["version"]
    services().calling_off_rounds.discard(programme().id, number, version, _actor())
    flash(gettext("The proposal is discarded and its notices are cancelled. Nothing was sent to anybody."), "success")
    return _to_round(slug, number)


@blueprint.post("/<id:number>/solve-again")
@rule(Rule.COORDINATOR)
def solve_again(slug: str, number: int) -> ResponseReturnValue:
    """Solve a round once more with the people and settings of now."""
    version = read_seen(VersionSchema())["version"]
    services().starting_rounds.solve_again(programme().id, number, version, _actor())
    return _to_round(slug, number)


@blueprint.get("/<id:number>/pairings.csv")
@rule(Rule.COORDINATOR)
def pairings_csv(slug: str, number: int) -> ResponseReturnValue:
    """Hand out the pairings as a spreadsheet."""
    content = services().exporting_rounds.pairings(programme().id, number)
    return handed_out(content, f"{slug}-round-{number}-pairings.csv")


@blueprint.get("/<id:number>/unpaired.csv")
@rule(Rule.COORDINATOR)
def unpaired_csv(slug: str, number: int) -> ResponseReturnValue:
    """Hand out the unpaired and why they are, as a spreadsheet."""
    content = services().exporting_rounds.unpaired(programme().id, number)
    return handed_out(content, f"{slug}-round-{number}-unpaired.csv")


def _actor() -> Actor:
    return Actor.account(account_id())


def _to_round(slug: str, number: int) -> ResponseReturnValue:
    return redirect(url_for("rounds.one", slug=slug, number=number), 303)
