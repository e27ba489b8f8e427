"""A participant's way up the certification ladder."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mentormatch.web.access import Rule, account_id, programme, rule, services

blueprint = Blueprint("ladders", __name__, url_prefix="/my/<slug:slug>/ladder")


@blueprint.get("")
@rule(Rule.PARTICIPANT)
def page(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show what is held and pursued, and the mentoring that is still to come."""
    mine = services().development.ladder.mine(programme().id, account_id())
    return render_template("web/ladders/page.html", active="ladder", ladder=mine)
