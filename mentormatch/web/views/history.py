"""The history of a programme's rounds: every proposal, its proof as files, and solving it again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.errors import InputRefused
from mentormatch.web.access import Rule, programme, rule, services
from mentormatch.web.downloads import handed_out
from mentormatch.web.languages import translated

blueprint = Blueprint("history", __name__, url_prefix="/programmes/<slug:slug>/history")

_HIGHEST_PAGE = 100_000


@blueprint.get("")
@rule(Rule.COORDINATOR)
def proposals(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show every proposal, the newest first."""
    asked = request.args.get("page", default=1, type=int)
    page = services().records.rounds.page(programme().id, min(max(1, asked), _HIGHEST_PAGE))
    return render_template("web/history/list.html", active="history", page=page)


@blueprint.post("/<id:number>/verify")
@rule(Rule.COORDINATOR)
def verify(slug: str, number: int) -> ResponseReturnValue:
    """Solve a round again and say whether it comes to the same."""
    try:
        found = services().records.rounds.verify(programme().id, number)
    except InputRefused as refused:
        flash(translated(str(refused)), "error")
        return redirect(url_for("history.proposals", slug=slug), 303)
    return render_template("web/history/verified.html", active="history", number=number, found=found)


@blueprint.get("/<id:number>/<id:proposal_number>/input.json")
@rule(Rule.COORDINATOR)
def frozen_input(slug: str, number: int, proposal_number: int) -> ResponseReturnValue:
    """Hand out what a proposal was solved from: whole numbers and opaque ids."""
    content = services().records.rounds.frozen_input(programme().id, number, proposal_number)
    return handed_out(content, f"{slug}-round-{number}-{proposal_number}-input.json")


@blueprint.get("/<id:number>/<id:proposal_number>/certificate.json")
@rule(Rule.COORDINATOR)
def certificate(slug: str, number: int, proposal_number: int) -> ResponseReturnValue:
    """Hand out the prices that prove a proposal the best."""
    content = services().records.rounds.certificate(programme().id, number, proposal_number)
    return handed_out(content, f"{slug}-round-{number}-{proposal_number}-certificate.json")
