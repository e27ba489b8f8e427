"""How fairly a proposal shares out what there is, for the coordinators of its programme."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mentormatch.web.access import Rule, programme, rule, services

blueprint = Blueprint("fairness", __name__, url_prefix="/programmes/<slug:slug>")


@blueprint.get("/rounds/<id:number>/fairness")
@rule(Rule.COORDINATOR)
def page(slug: str, number: int) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show the spread of coverage, by group, who is left out again, and the load of the mentors."""
    seen = services().policies.fairness.look(programme().id, number)
    return render_template("web/fairness/page.html", active="rounds", seen=seen)
