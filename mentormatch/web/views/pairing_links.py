"""The pages behind links in mails that need no sign-in: answering one pairing, and ending reminders.

Looking never changes anything, as mail scanners look at every link; a button does.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from mentormatch.schemas.pairings import DeclineSchema
from mentormatch.services.seats import LinkedSeat
from mentormatch.web.access import Rule, rule, services
from mentormatch.web.forms import Form, read_form
from mentormatch.web.languages import gettext
from mentormatch.web.security import for_mail_programs

blueprint = Blueprint("pairing_links", __name__)

_ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""What mail programs post by themselves (RFC 8058)."""


@blueprint.get("/answer/<token>")
@rule(Rule.ANYONE)
def look(token: str) -> ResponseReturnValue:
    """Show the one pairing that the link is for."""
    return _page(token, Form({}))


@blueprint.post("/answer/<token>/accept")
@rule(Rule.ANYONE)
def accept(token: str) -> ResponseReturnValue:
    """Accept for the side that the link was mailed to."""
    services().pairings.answering.accept(LinkedSeat(token))
    return redirect(url_for("pairing_links.look", token=token), 303)


@blueprint.post("/answer/<token>/decline")
@rule(Rule.ANYONE)
def decline(token: str) -> ResponseReturnValue:
    """Decline for the side that the link was mailed to."""
    form = read_form(DeclineSchema())
    if not form.is_valid:
        return _page(token, form), 422
    services().pairings.answering.decline(LinkedSeat(token), form.data["reason"])
    return redirect(url_for("pairing_links.look", token=token), 303)


@blueprint.get("/reminders/<token>")
@rule(Rule.ANYONE)
def reminders(token: str) -> ResponseReturnValue:
    """Show what would end, and the button."""
    return render_template("web/pairings/reminders.html", standing=services().pairings.reminding.by_link(token))


@blueprint.post("/reminders/<token>")
@rule(Rule.ANYONE)
@for_mail_programs
def end_reminders(token: str) -> ResponseReturnValue:
    """End the reminders: by the button of the page, or by the one of a mail program, which has no cookie of ours."""
    services().pairings.reminding.by_link(token)
    if request.form.get("end") != "yes" and request.form.get(_ONE_CLICK[0]) != _ONE_CLICK[1]:
        raise BadRequest(gettext("Nothing was ended: press the button on the page of the link."))
    services().pairings.reminding.end_by_link(token)
    return reminders(token)  # not a redirect: mail programs do not follow it


def _page(token: str, form: Form) -> str:
    view = services().pairings.answering.look(LinkedSeat(token))
    return render_template("web/pairings/by_link.html", token=token, pairing=view, form=form, errors=form.errors)
