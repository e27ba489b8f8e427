"""The coordinator's programmes: the list, a new one, one at a glance, and its settings."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.actors import Actor
from mentormatch.domain.certification import CERTIFIER_REMARK
from mentormatch.domain.errors import Conflict, InputRefused
from mentormatch.schemas.programme import FaceSchema, NewProgrammeSchema
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.forms import Form
from mentormatch.web.languages import gettext
from mentormatch.web.programme_form import (
    OBJECTIVES,
    OVERTAKEN,
    blank_form,
    face_instead,
    filled_form,
    read_programme,
    seen_version,
    shares_of,
    wants_proposal,
    with_proposal,
)
from mentormatch.web.time_zones import time_zone_groups

blueprint = Blueprint("programmes", __name__, url_prefix="/programmes")

_NEW: Final = "web/programmes/new.html"
_SETTINGS: Final = "web/programmes/settings.html"


@blueprint.get("")
@rule(Rule.CREATOR)
def list_programmes() -> ResponseReturnValue:
    """Show the programmes that this person coordinates."""
    lines = services().overseeing_programmes.programmes_of(account_id())
    return render_template("web/programmes/list.html", active="programmes", lines=lines)


@blueprint.route("/new", methods=["GET", "POST"])
@rule(Rule.CREATOR)
def new() -> ResponseReturnValue:
    """Ask for a new programme, and make it."""
    if request.method != "POST":
        return _page(_NEW, blank_form())
    form = read_programme(NewProgrammeSchema())
    if wants_proposal():
        return _page(_NEW, with_proposal(form))
    return _create(form) if form.is_valid else (_page(_NEW, form), 422)


@blueprint.get("/<slug:slug>")
@rule(Rule.COORDINATOR)
def overview(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show one programme at a glance and the next thing to do."""
    glance = services().overseeing_programmes.glance(programme().id)
    return render_template("web/programmes/overview.html", active="overview", glance=glance)


@blueprint.route("/<slug:slug>/settings", methods=["GET", "POST"])
@rule(Rule.COORDINATOR)
def settings(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Show the public face and the window, and change them."""
    if request.method != "POST":
        kept = services().editing_programmes.look(programme().id)
        return _page(_SETTINGS, filled_form(kept.settings), version=kept.version)
    form, version = read_programme(FaceSchema()), seen_version()
    return _change(form, version) if form.is_valid else (_page(_SETTINGS, form, version=version), 422)


def _create(form: Form) -> ResponseReturnValue:
    slug, chosen = form.data
    try:
        services().editing_programmes.create(slug, chosen, coordinator=account_id())
    except InputRefused as refused:
        return _page(_NEW, form.refused(refused)), 422
    flash(gettext("%(name)s is made. Its sign-up page is ready to share.", name=chosen.name), "success")
    return redirect(url_for("programmes.overview", slug=slug), 303)


def _change(form: Form, version: int) -> ResponseReturnValue:
    try:
        kept = services().editing_programmes.look(programme().id)
        face = kept.settings.with_face(form.data)
        services().editing_programmes.change(programme().id, face, seen=version, actor=Actor.account(account_id()))
    except Conflict:
        return _overtaken(form), 409
    flash(gettext("The settings are saved."), "success")
    return redirect(url_for("programmes.settings", slug=programme().slug), 303)


def _overtaken(form: Form) -> str:
    kept = services().editing_programmes.look(programme().id)
    overtaken = replace(form, errors={"version": OVERTAKEN})
    return _page(_SETTINGS, overtaken, version=kept.version, instead=face_instead(kept.settings, form.values))


def _page(template: str, form: Form, *, version: int = 0, instead: tuple[tuple[str, str], ...] = ()) -> str:
    return render_template(
        template,
        active="programmes" if template == _NEW else "settings",
        form=form,
        errors=form.errors,
        shares=shares_of(form.values),
        version=version,
        instead=instead,
        proposal_shown=wants_proposal(),
        objectives=OBJECTIVES,
        zones=time_zone_groups(),
        certifier_remark=CERTIFIER_REMARK,
    )
