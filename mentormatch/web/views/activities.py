"""The activities that a programme advises for each competency, in the coordinator's own words or in ours."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.activities import PROPOSED
from mentormatch.domain.actors import Actor
from mentormatch.domain.errors import Conflict
from mentormatch.domain.plans import LONGEST_ACTIVITY
from mentormatch.schemas.plans import ActivitiesSchema, activity_key
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.forms import Form, read_form
from mentormatch.web.languages import gettext

blueprint = Blueprint("activities", __name__, url_prefix="/programmes/<slug:slug>/settings/activities")


@blueprint.route("", methods=["GET", "POST"])
@rule(Rule.COORDINATOR)
def page(slug: str) -> ResponseReturnValue:
    """Show all activities, and keep other words for them."""
    if request.method != "POST":
        kept = services().development.activities.look(programme().id)
        return _page(Form({activity_key(*key): text for key, text in kept.own.items()}))
    form = read_form(ActivitiesSchema())
    return _save(slug, form) if form.is_valid else (_page(form), 422)


def _save(slug: str, form: Form) -> ResponseReturnValue:
    texts, version = form.data
    by = Actor.account(account_id())
    try:
        services().development.activities.change(programme().id, texts, seen=version, actor=by)
    except Conflict as overtaken:
        return _page(replace(form, errors={"version": str(overtaken)})), 409
    flash(gettext("The activities are saved. They stand in everybody’s plan from now on."), "success")
    return redirect(url_for("activities.page", slug=slug), 303)


def _page(form: Form) -> str:
    return render_template(
        "web/plans/activities.html",
        active="settings",
        form=form,
        errors=form.errors,
        version=services().development.activities.look(programme().id).version,
        proposed={activity_key(*key): text for key, text in PROPOSED.items()},
        longest=LONGEST_ACTIVITY,
    )
