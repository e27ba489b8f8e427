"""A participant's wishes: whom they would like, whom they must not meet, how many they take, pausing and leaving."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.choices import Act
from mentormatch.domain.errors import InputRefused
from mentormatch.domain.sentences import said
from mentormatch.schemas.wishes import AvoidSchema, ListedSchema, PlacesSchema, SeenSchema, WishesSchema
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.forms import Form, read_form, read_seen
from mentormatch.web.languages import gettext, translated

blueprint = Blueprint("wishes", __name__, url_prefix="/my/<slug:slug>/wishes")

_SAID: Mapping[Act, str] = {
    Act.PAUSE: said("You are paused: no round takes you in until you come back."),
    Act.RESUME: said("You are back: the next round takes you in."),
    Act.WITHDRAW: said("You have left the programme. No mail about its rounds comes any more."),
}


@blueprint.get("")
@rule(Rule.PARTICIPANT)
def page(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show everything that can be asked for, and what it does to a round under way."""
    return _page(Form({}))


@blueprint.post("/mentors")
@rule(Rule.PARTICIPANT)
def wish(slug: str) -> ResponseReturnValue:
    """Take in the mentors somebody would like."""
    form = read_form(WishesSchema())
    if not form.is_valid:
        return _page(form), 422
    try:
        services().own.wishing.wish(programme().id, account_id(), form.data["mentors"])
    except InputRefused as refused:
        return _page(form.refused(refused)), 422
    return _back(slug, gettext("Your wishes are saved."))


@blueprint.post("/keep-apart")
@rule(Rule.PARTICIPANT)
def avoid(slug: str) -> ResponseReturnValue:
    """Keep somebody apart from this person."""
    form = read_form(AvoidSchema())
    if not form.is_valid:
        return _page(form), 422
    try:
        services().own.wishing.avoid(programme().id, account_id(), form.data["email"])
    except InputRefused as refused:
        return _page(form.refused(refused)), 422
    return _back(slug, gettext("Saved. You will not be paired with whoever has this address."))


@blueprint.post("/keep-apart/take-back")
@rule(Rule.PARTICIPANT)
def avoid_no_longer(slug: str) -> ResponseReturnValue:
    """Let a pair be possible again."""
    services().own.wishing.avoid_no_longer(programme().id, account_id(), read_seen(AvoidSchema())["email"])
    return _back(slug, gettext("Taken back. You can be paired again."))


@blueprint.post("/places")
@rule(Rule.PARTICIPANT)
def take_mentees(slug: str) -> ResponseReturnValue:
    """Change how many mentees somebody takes."""
    form = read_form(PlacesSchema())
    if not form.is_valid:
        return _page(form), 422
    places, version = form.data["places"], form.data["version"]
    try:
        services().own.stepping_back.take_mentees(programme().id, account_id(), places, version=version)
    except InputRefused as refused:
        return _page(form.refused(refused)), 422
    return _back(slug, gettext("Your places are saved."))


@blueprint.post("/listed")
@rule(Rule.PARTICIPANT)
def be_listed(slug: str) -> ResponseReturnValue:
    """Let others find this mentor by name, or no longer."""
    listed = read_seen(ListedSchema())["listed"]
    services().own.wishing.be_listed(programme().id, account_id(), listed=listed)
    return _back(slug, gettext("You are listed now.") if listed else gettext("You are not listed any more."))


@blueprint.post("/pause")
@rule(Rule.PARTICIPANT)
def pause(slug: str) -> ResponseReturnValue:
    """Leave the rounds to come alone for a while."""
    return _step(slug, Act.PAUSE)


@blueprint.post("/resume")
@rule(Rule.PARTICIPANT)
def resume(slug: str) -> ResponseReturnValue:
    """Come back."""
    return _step(slug, Act.RESUME)


@blueprint.get("/withdraw")
@rule(Rule.PARTICIPANT)
def ask_withdraw(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Ask once more before somebody leaves."""
    wishes = services().own.wishing.page(programme().id, account_id())
    return render_template("web/wishes/withdraw.html", active="wishes", wishes=wishes)


@blueprint.post("/withdraw")
@rule(Rule.PARTICIPANT)
def withdraw(slug: str) -> ResponseReturnValue:
    """Leave the programme."""
    return _step(slug, Act.WITHDRAW)


def _step(slug: str, act: Act) -> ResponseReturnValue:
    seen = read_seen(SeenSchema())
    services().own.stepping_back.step(programme().id, account_id(), act, version=seen["version"])
    return _back(slug, translated(_SAID[act]))


def _page(form: Form) -> str:
    wishes = services().own.wishing.page(programme().id, account_id())
    return render_template("web/wishes/page.html", active="wishes", wishes=wishes, form=form, errors=form.errors)


def _back(slug: str, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for("wishes.page", slug=slug), 303)
