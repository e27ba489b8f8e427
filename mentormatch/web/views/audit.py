"""The audit trail of a programme: who did what, to whom, when and why."""

from typing import Final

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.sentences import said
from mentormatch.schemas.trails import TrailSearchSchema
from mentormatch.web.access import Rule, programme, rule, services
from mentormatch.web.questions import paged, question_of

blueprint = Blueprint("audit", __name__, url_prefix="/programmes/<slug:slug>/audit")

_SCHEMA: Final = TrailSearchSchema()
_LABELS: Final = {
    "q": said("Person"),
    "about": said("About"),
    "by": said("Done by"),
    "since": said("From"),
    "until": said("To"),
    "page": said("Page"),
}


@blueprint.get("")
@rule(Rule.COORDINATOR)
def trail(slug: str) -> ResponseReturnValue:
    """Show the rows looked for, a page at a time."""
    question = question_of(_SCHEMA, _LABELS)
    page = services().records.trail.page(programme().id, *question.loaded)
    body = render_template(
        "web/audit/trail.html",
        active="history",
        page=page,
        typed=question.typed,
        page_address=paged(url_for("audit.trail", slug=slug, **question.kept)),
        errors=question.errors,
    )
    return body, 422 if question.errors else 200
