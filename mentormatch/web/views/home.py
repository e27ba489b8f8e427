"""The first page, and the way on for whoever has just signed in."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mentormatch.web.access import Rule, rule, services, viewer

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@rule(Rule.ANYONE)
def home() -> ResponseReturnValue:
    """Show what this is and which programmes take sign-ups."""
    showing = services().showing_programmes
    return render_template(
        "web/home.html", programmes=showing.taking_signups(), mine=showing.signed_up_to(viewer().account_id)
    )


@blueprint.get("/arrive")
@rule(Rule.SIGNED_IN)
def arrive() -> ResponseReturnValue:
    """Lead a person who has signed in to where their work is."""
    if viewer().is_coordinator:
        return redirect(url_for("programmes.list_programmes"), 303)
    mine = services().showing_programmes.signed_up_to(viewer().account_id)
    return redirect(url_for("my.home", slug=mine[0].slug) if mine else url_for("home.home"), 303)


@blueprint.get("/healthz")
@rule(Rule.ANYONE)
def healthz() -> ResponseReturnValue:
    """Tell a monitor that the site answers."""
    return {"status": "ok"}
