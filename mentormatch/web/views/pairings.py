"""A participant's pairings: who and why, accepting and declining, how it fits, and the first meeting."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.errors import InputRefused
from mentormatch.schemas.pairings import ChangeWishSchema, DeclineSchema, FitSchema, InviteSchema, RemindersSchema
from mentormatch.services.seats import OwnSeat
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.downloads import handed_out
from mentormatch.web.forms import Form, read_form
from mentormatch.web.languages import gettext

blueprint = Blueprint("pairings", __name__, url_prefix="/my/<slug:slug>/pairings")


@blueprint.get("")
@rule(Rule.PARTICIPANT)
def page(slug: str) -> ResponseReturnValue:
    """List every pairing that somebody was told of."""
    pairings = services().pairings.answering.mine(programme().id, account_id())
    reminders = services().pairings.reminding.are_on(programme().id, account_id())
    return render_template("web/pairings/list.html", active="pairings", slug=slug, pairings=pairings, is_on=reminders)


@blueprint.get("/<id:pairing_id>")
@rule(Rule.PARTICIPANT)
def one(slug: str, pairing_id: int) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show one pairing and its next step."""
    return _page(pairing_id)


@blueprint.post("/<id:pairing_id>/accept")
@rule(Rule.PARTICIPANT)
def accept(slug: str, pairing_id: int) -> ResponseReturnValue:
    """Accept for one side."""
    services().pairings.answering.accept(_seat(pairing_id))
    flash(gettext("You have accepted this pairing."), "success")
    return _back(slug, pairing_id)


@blueprint.post("/<id:pairing_id>/decline")
@rule(Rule.PARTICIPANT)
def decline(slug: str, pairing_id: int) -> ResponseReturnValue:
    """Decline with a reason, which only the coordinators read."""
    form = read_form(DeclineSchema())
    if not form.is_valid:
        return _page(pairing_id, form), 422
    services().pairings.answering.decline(_seat(pairing_id), form.data["reason"])
    flash(gettext("You have declined this pairing. Your coordinators know and look for somebody else."), "success")
    return _back(slug, pairing_id)


@blueprint.post("/<id:pairing_id>/fit")
@rule(Rule.PARTICIPANT)
def fit(slug: str, pairing_id: int) -> ResponseReturnValue:
    """Keep how one of the two finds the pairing."""
    form = read_form(FitSchema())
    if not form.is_valid:
        return _page(pairing_id, form), 422
    services().pairings.answering.find_fitting(_seat(pairing_id), form.data["fit"])
    flash(gettext("Thank you, that is noted. Only your coordinators see it."), "success")
    return _back(slug, pairing_id)


@blueprint.post("/<id:pairing_id>/change")
@rule(Rule.PARTICIPANT)
def change(slug: str, pairing_id: int) -> ResponseReturnValue:
    """Pass a wish for a change on to the coordinators."""
    form = read_form(ChangeWishSchema())
    if not form.is_valid:
        return _page(pairing_id, form), 422
    services().pairings.answering.ask_for_change(_seat(pairing_id), form.data["words"])
    flash(gettext("Your coordinators have been told, and nobody else."), "success")
    return _back(slug, pairing_id)


@blueprint.post("/<id:pairing_id>/meeting")
@rule(Rule.PARTICIPANT)
def invite(slug: str, pairing_id: int) -> ResponseReturnValue:
    """Invite both to the first meeting, or move it."""
    form = read_form(InviteSchema())
    if not form.is_valid:
        return _page(pairing_id, form), 422
    try:
        services().pairings.inviting.invite(_seat(pairing_id), form.data["starts_at"])
    except InputRefused as refused:
        return _page(pairing_id, form.refused(refused)), 422
    flash(gettext("The invitation is on its way to both of you by mail."), "success")
    return _back(slug, pairing_id)


@blueprint.get("/<id:pairing_id>/meetings.ics")
@rule(Rule.PARTICIPANT)
def calendar(slug: str, pairing_id: int) -> ResponseReturnValue:
    """Hand out the first meeting and the later ones as a suggestion, for one's own calendar."""
    content = services().pairings.inviting.calendar(_seat(pairing_id))
    return handed_out(content, f"{slug}-meetings.ics")


@blueprint.post("/reminders")
@rule(Rule.PARTICIPANT)
def reminders(slug: str) -> ResponseReturnValue:
    """Switch the reminders on or off."""
    form = read_form(RemindersSchema())
    if form.is_valid:
        services().pairings.reminding.choose(programme().id, account_id(), is_on=form.data["reminders"])
        flash(gettext("That is noted."), "success")
    return redirect(url_for("pairings.page", slug=slug), 303)


def _seat(pairing_id: int) -> OwnSeat:
    return OwnSeat(programme().id, pairing_id, account_id())


def _page(pairing_id: int, form: Form | None = None) -> str:
    view = services().pairings.answering.look(_seat(pairing_id))
    form = form or Form({})
    return render_template("web/pairings/one.html", active="pairings", pairing=view, form=form, errors=form.errors)


def _back(slug: str, pairing_id: int) -> ResponseReturnValue:
    return redirect(url_for("pairings.one", slug=slug, pairing_id=pairing_id), 303)
