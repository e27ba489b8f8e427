"""The audit trail of a programme: who did what, to whom, when and why."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mentormatch.web.access import Rule, programme, rule, services
from mentormatch.web.trail_list import read_trail_question

blueprint = Blueprint("audit", __name__, url_prefix="/programmes/<slug:slug>/audit")


@blueprint.get("")
@rule(Rule.COORDINATOR)
def trail(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show the rows looked for, a page at a time."""
    question = read_trail_question()
    page = services().records.trail.page(programme().id, question.search, question.page)
    body = render_template(
        "web/audit/trail.html", active="history", page=page, question=question, errors=question.errors
    )
    return body, 422 if question.errors else 200
