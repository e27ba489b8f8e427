"""The public page of a programme, its sign-up form, and a participant's own sign-up."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.errors import Conflict
from mentormatch.domain.sentences import said
from mentormatch.services.changing_signup import MySignup
from mentormatch.services.showing_programmes import ProgrammePage
from mentormatch.services.weighing_answers import outlook_of
from mentormatch.web.access import Rule, account_id, programme, rule, services, viewer
from mentormatch.web.browsers import browser_secret, client_address
from mentormatch.web.forms import Form
from mentormatch.web.languages import gettext, speaking
from mentormatch.web.signup_form import LANGUAGE_CHOICES, empty_form, filled_in, read_signup, ticked_and_typed
from mentormatch.web.time_zones import time_zone_groups

blueprint = Blueprint("public", __name__, url_prefix="/p/<slug:slug>")

_CHANGED_ELSEWHERE = said(
    "Your sign-up has changed since you opened this page, and nothing of this was saved. "
    "Below is what you typed; save once more to keep it."
)


@blueprint.get("", endpoint="programme")
@rule(Rule.ANYONE)
def look_at(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show what a programme is, how its people are paired, and whether sign-up is open."""
    return render_template("web/public/programme.html", page=services().showing_programmes.page(programme().id))


@blueprint.route("/sign-up", methods=["GET", "POST"])
@rule(Rule.ANYONE)
def signup(slug: str) -> ResponseReturnValue:
    """Show the sign-up form while sign-up is open, and take it in."""
    page = services().showing_programmes.page(programme().id)
    if not page.is_open:
        return render_template("web/public/not_open.html", page=page), 409 if request.method == "POST" else 200
    if request.method != "POST":
        return _signup_form(page, empty_form())
    form = read_signup(page.settings.targets)
    if _only_wants_targets():
        return _signup_form(page, replace(form, errors={}))
    return _take_in(slug, page, form) if form.is_valid else (_signup_form(page, form), 422)


@blueprint.get("/sign-up/sent")
@rule(Rule.ANYONE)
def signup_sent(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Say that a mail is on its way, whoever has signed up, and take the code from it."""
    page = services().showing_programmes.page(programme().id)
    return render_template("web/public/signup_sent.html", page=page, form=Form({}))


@blueprint.get("/my-sign-up")
@rule(Rule.PARTICIPANT)
def my_signup(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Show people what they answered, what follows from it and what happens next."""
    return render_template("web/public/my_signup.html", mine=_mine())


@blueprint.route("/my-sign-up/change", methods=["GET", "POST"])
@rule(Rule.PARTICIPANT)
def change_signup(slug: str) -> ResponseReturnValue:
    """Let people change their answers while sign-up is open."""
    mine = _mine()
    if not mine.can_change:
        return _too_late(slug)
    if request.method != "POST":
        return _change_form(mine, filled_in(mine.signup))
    form = read_signup(mine.page.settings.targets, email=mine.signup.email)
    if _only_wants_targets():
        return _change_form(mine, replace(form, errors={}))
    return _change(slug, form) if form.is_valid else (_change_form(mine, form), 422)


@blueprint.post("/my-sign-up/confirm")
@rule(Rule.PARTICIPANT)
def confirm_signup(slug: str) -> ResponseReturnValue:
    """Let the owner say that these answers are theirs."""
    services().confirming_signups.confirm(programme().id, account_id())
    return redirect(url_for("public.my_signup", slug=slug), 303)


def _mine() -> MySignup:
    return services().changing_signup.mine(programme().id, viewer().account_id)


def _only_wants_targets() -> bool:
    # The button that stands in for the script: it fills in the targets of the chosen position and keeps the rest.
    return "show_targets" in request.form


def _take_in(slug: str, page: ProgrammePage, form: Form) -> ResponseReturnValue:
    next_path = url_for("public.my_signup", slug=slug)
    services().signing_up.sign_up(
        programme().id,
        form.data,
        browser=browser_secret(),
        client=client_address(),
        next_path=next_path,
        language=speaking().code,
    )
    _warn(page, form)
    return redirect(url_for("public.signup_sent", slug=slug), 303)


def _change(slug: str, form: Form) -> ResponseReturnValue:
    version = request.form.get("version", default=0, type=int)
    try:
        services().changing_signup.change(programme().id, viewer().account_id, form.data, version=version)
    except Conflict:
        return _change_form(_mine(), replace(form, errors={"version": _CHANGED_ELSEWHERE})), 409
    flash(gettext("Your answers are saved."), "success")
    return redirect(url_for("public.my_signup", slug=slug), 303)


def _too_late(slug: str) -> ResponseReturnValue:
    if request.method == "POST":
        words = gettext("Your answers can no longer be changed. Nothing was saved; they are as you see them below.")
        flash(words, "error")
    return redirect(url_for("public.my_signup", slug=slug), 303)


def _warn(page: ProgrammePage, form: Form) -> None:
    outlook = outlook_of(form.data, page.settings.policy())
    if outlook.offers_in_vain:
        flash(
            gettext(
                "You offer to mentor, but rate no competency at level %(level)s or above, so no mentee can be found "
                "for you. That is fine; you can change your ratings until sign-up closes.",
                level=page.settings.teach_level,
            ),
            "warning",
        )
    if outlook.seeks_in_vain:
        flash(
            gettext(
                "You ask for a mentor, but aim at no level above the one you have, so there is nothing to close. "
                "You can raise the levels you aim at until sign-up closes."
            ),
            "warning",
        )


def _signup_form(page: ProgrammePage, form: Form) -> str:
    return render_template("web/public/signup.html", page=page, **_choices(form))


def _change_form(mine: MySignup, form: Form) -> str:
    return render_template("web/public/change_signup.html", mine=mine, page=mine.page, **_choices(form))


def _choices(form: Form) -> dict[str, object]:
    return {
        "form": form,
        "errors": form.errors,
        "zones": time_zone_groups(),
        "languages": LANGUAGE_CHOICES,
        "spoken": ticked_and_typed(form),
    }
