"""How somebody comes in: the browsers that are signed in, the programmes they are in, their time zone."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from mentormatch.schemas.wishes import TimeZoneSchema
from mentormatch.web.access import SESSION_KEY, Rule, account_id, rule, services
from mentormatch.web.forms import Form, read_form
from mentormatch.web.languages import gettext
from mentormatch.web.time_zones import time_zone_groups

blueprint = Blueprint("sessions", __name__, url_prefix="/account")


@blueprint.get("")
@rule(Rule.SIGNED_IN)
def page() -> ResponseReturnValue:
    """Show where this account is signed in and what it is in."""
    return _page(Form({}))


@blueprint.post("/sign-out-elsewhere")
@rule(Rule.SIGNED_IN)
def end_others() -> ResponseReturnValue:
    """Sign every other browser out."""
    services().own.sessions.end_all(account_id(), but=_token())
    flash(gettext("Every other browser is signed out."), "success")
    return redirect(url_for("sessions.page"), 303)


@blueprint.post("/sign-out-everywhere")
@rule(Rule.SIGNED_IN)
def end_all() -> ResponseReturnValue:
    """Sign every browser out, this one too."""
    services().own.sessions.end_all(account_id())
    session.clear()
    flash(gettext("You are signed out everywhere."))
    return redirect(url_for("home.home"), 303)


@blueprint.post("/time-zone")
@rule(Rule.SIGNED_IN)
def move() -> ResponseReturnValue:
    """Take in the time zone somebody lives in."""
    form = read_form(TimeZoneSchema())
    if not form.is_valid:
        return _page(form), 422
    services().own.sessions.move_to(account_id(), form.data["time_zone"])
    flash(gettext("Your time zone is saved."), "success")
    return redirect(url_for("sessions.page"), 303)


def _page(form: Form) -> str:
    account = services().own.sessions.page(account_id(), _token())
    zones = time_zone_groups()
    return render_template("web/sessions/page.html", account=account, zones=zones, form=form, errors=form.errors)


def _token() -> str:
    return str(session.get(SESSION_KEY, ""))
