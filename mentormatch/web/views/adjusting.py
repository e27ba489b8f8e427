"""Adjusting the proposal of a round: what a change would do, making it, and undoing."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, ValidationError
from werkzeug.exceptions import BadRequest

from mentormatch.domain.actors import Actor
from mentormatch.domain.adjustments import Adjustment, Change, Scope
from mentormatch.domain.errors import AdjustedMeanwhile, AdjustmentRefused
from mentormatch.schemas.rounds import AdjustSchema, ChangeSchema, UndoSchema
from mentormatch.services.adjusting_proposals import SeenAct, Terms
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.forms import Form, read_form
from mentormatch.web.languages import gettext

blueprint = Blueprint("adjusting", __name__, url_prefix="/programmes/<slug:slug>/rounds/<id:number>")


@blueprint.get("/change")
@rule(Rule.COORDINATOR)
def foresee(slug: str, number: int) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show what a change would do, before anybody makes it."""
    return _foreseen(number, Form(request.args.to_dict()))


@blueprint.post("/change")
@rule(Rule.COORDINATOR)
def make(slug: str, number: int) -> ResponseReturnValue:
    """Make a change, unless another coordinator was faster."""
    form = read_form(AdjustSchema())
    if not form.is_valid:
        return _foreseen(number, form), 422
    adjusting, data = services().workbench.adjusting, form.data
    seen, terms = SeenAct(data["version"], data["act"]), Terms(data["scope"] is Scope.GOOD, data["reason"])
    try:
        adjusting.make(programme().id, number, data["change"], seen, _actor(), terms)
    except AdjustedMeanwhile:
        return _foreseen(number, form, adjusting.since(programme().id, number, seen.act)), 409
    except AdjustmentRefused:
        return _foreseen(number, form), 409
    flash(gettext("Noted. It takes effect when you re-solve."), "success")
    return _to_round(slug, number)


@blueprint.post("/undo")
@rule(Rule.COORDINATOR)
def undo(slug: str, number: int) -> ResponseReturnValue:
    """Undo one adjustment, or whatever was decided last."""
    form = read_form(UndoSchema())
    if not form.is_valid:
        raise BadRequest(gettext("The form did not say which state of the round it was made for."))
    data = form.data
    named = Adjustment(data["of"], data["mentor"], data["mentee"]) if data["of"] else None
    seen = SeenAct(data["version"], data["act"])
    services().workbench.adjusting.undo(programme().id, number, seen, _actor(), named)
    flash(gettext("Undone."), "success")
    return _to_round(slug, number)


def _actor() -> Actor:
    return Actor.account(account_id())


def _to_round(slug: str, number: int) -> ResponseReturnValue:
    return redirect(url_for("rounds.one", slug=slug, number=number, _anchor="adjustments"), 303)


def _foreseen(number: int, form: Form, meanwhile: tuple[object, ...] = ()) -> str:
    page = services().workbench.effects.foresee(programme().id, number, _change(form))
    return render_template(
        "web/rounds/change.html", active="rounds", page=page, form=form, errors=form.errors, meanwhile=meanwhile
    )


def _change(form: Form) -> Change | None:
    try:
        loaded: dict[str, Change] = ChangeSchema().load(form.values, unknown=EXCLUDE)
    except ValidationError:
        return None
    return loaded["change"]
