"""What the pairs of a programme say, for its coordinators: declined ones first, with who else is free."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mentormatch.web.access import Rule, programme, rule, services

blueprint = Blueprint("pairing_answers", __name__, url_prefix="/programmes/<slug:slug>/pairings")


@blueprint.get("")
@rule(Rule.COORDINATOR)
def page(slug: str) -> ResponseReturnValue:
    """Show how the announced pairings stand and which need a coordinator."""
    answers = services().pairings.reviewing.page(programme().id)
    return render_template("web/pairings/answers.html", active="rounds", slug=slug, answers=answers)
