"""What is held about a participant: to be looked at, taken away, and erased."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from mentormatch.schemas.wishes import SeenSchema
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.downloads import handed_out
from mentormatch.web.forms import read_seen
from mentormatch.web.languages import gettext

blueprint = Blueprint("my_data", __name__, url_prefix="/my/<slug:slug>/data")


@blueprint.get("")
@rule(Rule.PARTICIPANT)
def page(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Say what is held, and lead to the archive and to erasing it."""
    held = services().own.data.held(programme().id, account_id())
    return render_template("web/my_data/page.html", active="data", held=held)


@blueprint.get("/archive")
@rule(Rule.PARTICIPANT)
def archive(slug: str) -> ResponseReturnValue:
    """Hand out everything that is held about this person."""
    return handed_out(services().own.data.archive(programme().id, account_id()), f"{slug}-my-data.zip")


@blueprint.get("/erase")
@rule(Rule.PARTICIPANT)
def ask_erase(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Say what goes and what stays, and ask once more."""
    mine = services().changing_signup.mine(programme().id, account_id())
    return render_template("web/my_data/erase.html", active="data", mine=mine)


@blueprint.post("/erase")
@rule(Rule.PARTICIPANT)
def erase(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Erase this person, and sign this browser out where nothing is left to sign in to."""
    seen = read_seen(SeenSchema())
    services().own.erasing.erase(programme().id, account_id(), version=seen["version"])
    session.clear()
    flash(gettext("Your data in this programme is erased."), "success")
    return redirect(url_for("home.home"), 303)
