"""A participant's home: the next step, and a card for each room that is theirs alone."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mentormatch.web.access import Rule, account_id, programme, rule
from mentormatch.web.my_cards import my_cards

blueprint = Blueprint("my", __name__, url_prefix="/my/<slug:slug>")


@blueprint.get("")
@rule(Rule.PARTICIPANT)
def home(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show where a participant stands and what is to be done next."""
    return render_template("web/my/home.html", active="home", **my_cards(programme().id, account_id()))
