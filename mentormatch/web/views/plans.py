"""A participant's development plan: looking at it, writing down what was done, and rating oneself again."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.competencies import Competency
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.errors import Conflict
from mentormatch.domain.plans import RATED_AGAIN
from mentormatch.domain.sentences import said
from mentormatch.schemas.plans import RatingsSchema, RecordsSchema, form_of_records
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.forms import Form, read_form
from mentormatch.web.languages import gettext

blueprint = Blueprint("plans", __name__, url_prefix="/my/<slug:slug>/plan")

_COMPETENCY: Final = f"/<any({', '.join(Competency)}):competency>"


@blueprint.get("")
@rule(Rule.PARTICIPANT)
def page(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show the whole plan."""
    mine = services().development.plan.mine(programme().id, account_id())
    return render_template("web/plans/page.html", active="plan", plan=mine)


@blueprint.route(_COMPETENCY, methods=["GET", "POST"])
@rule(Rule.PARTICIPANT)
def note(slug: str, competency: str) -> ResponseReturnValue:
    """Show what was done about one competency, and keep what is written down."""
    chosen = Competency(competency)
    if request.method != "POST":
        return _note(chosen, _kept(chosen))
    form = read_form(RecordsSchema())
    if not form.is_valid:
        return _note(chosen, form), 422
    services().development.plan.write(programme().id, account_id(), chosen, form.data)
    flash(gettext("Your plan is saved."), "success")
    return redirect(url_for("plans.page", slug=slug, _anchor=competency), 303)


@blueprint.route("/rate-again", methods=["GET", "POST"])
@rule(Rule.PARTICIPANT)
def rate_again(slug: str) -> ResponseReturnValue:
    """Ask for the levels as they are now, and put them in the place of the old ones."""
    if request.method != "POST":
        return _ratings(Form({}))
    form = read_form(RatingsSchema())
    if not form.is_valid:
        return _ratings(replace(form, errors=_told(form))), 422
    occasion, levels, version = form.data
    try:
        services().development.ratings.rate(programme().id, account_id(), occasion, levels, version=version)
    except Conflict as overtaken:
        return _ratings(replace(form, errors={"version": str(overtaken)})), 409
    flash(gettext("Your levels are saved, and the ones before are kept beside them."), "success")
    return redirect(url_for("plans.page", slug=slug, _anchor="picture"), 303)


def _kept(competency: Competency) -> Form:
    focus = services().development.plan.focus(programme().id, account_id(), competency)
    return Form(form_of_records({step.kind: step.record for step in focus.steps}))


def _note(competency: Competency, form: Form) -> str:
    focus = services().development.plan.focus(programme().id, account_id(), competency)
    return render_template("web/plans/note.html", active="plan", focus=focus, form=form, errors=form.errors)


def _ratings(form: Form) -> str:
    kept = services().development.ratings.look(programme().id, account_id())
    return render_template(
        "web/plans/rate_again.html",
        active="plan",
        signup=kept.signup,
        version=kept.version,
        occasions=RATED_AGAIN,
        form=form,
        errors=form.errors,
    )


def _told(form: Form) -> dict[str, str]:
    titles = {c.value: COMPETENCY_TEXTS[c].title for c in Competency}
    asked = {name: said("Choose your level now in %(title)s.", title=title) for name, title in titles.items()}
    asked["occasion"] = said("Choose whether this is the middle or the end.")
    return {name: asked.get(name, message) for name, message in form.errors.items()}
