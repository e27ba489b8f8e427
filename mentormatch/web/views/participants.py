"""The participants of a programme for its coordinators: the list, one person, and the import."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.actors import Actor
from mentormatch.domain.errors import InputRefused
from mentormatch.domain.sentences import said
from mentormatch.schemas.participants import StepSchema
from mentormatch.services.importing_participants import ImportPreview
from mentormatch.spreadsheets.signups import SIGNUP_COLUMNS
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.downloads import handed_out
from mentormatch.web.forms import Form, read_form
from mentormatch.web.languages import gettext
from mentormatch.web.people_list import CHOICES, links_of, read_question
from mentormatch.web.security import takes_upload

blueprint = Blueprint("participants", __name__, url_prefix="/programmes/<slug:slug>")


@blueprint.get("/participants")
@rule(Rule.COORDINATOR)
def list_participants(slug: str) -> ResponseReturnValue:
    """Show the people looked for, a page at a time."""
    question = read_question()
    asked = question.loaded
    people = services().listing_participants.page(programme().id, asked.wanted, asked.page, asked.size)
    body = render_template(
        "web/participants/list.html",
        active="participants",
        people=people,
        question=question,
        choices=CHOICES,
        site_choices=[(site, site) for site in people.sites],
        errors=question.errors,
        **links_of(question, slug),
    )
    return body, 422 if question.errors else 200


@blueprint.get("/participants/<id:participant_id>")
@rule(Rule.COORDINATOR)
def one(slug: str, participant_id: int) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show one participant with all answers."""
    return _person(participant_id, Form({}))


@blueprint.post("/participants/<id:participant_id>/pause")
@rule(Rule.COORDINATOR)
def pause(slug: str, participant_id: int) -> ResponseReturnValue:
    """Keep a participant out of the rounds to come."""
    form = read_form(StepSchema())
    if not form.is_valid:
        return _person(participant_id, form), 422
    steps = services().showing_participants
    steps.pause(programme().id, participant_id, seen=form.data["version"], actor=_actor(), why=form.data["why"])
    flash(gettext("Paused: this person enters no round until you resume them."), "success")
    return redirect(url_for("participants.one", slug=slug, participant_id=participant_id), 303)


@blueprint.post("/participants/<id:participant_id>/resume")
@rule(Rule.COORDINATOR)
def resume(slug: str, participant_id: int) -> ResponseReturnValue:
    """Let a paused participant enter rounds again."""
    form = read_form(StepSchema())
    if not form.is_valid:
        return _person(participant_id, form), 422
    steps = services().showing_participants
    steps.resume(programme().id, participant_id, seen=form.data["version"], actor=_actor(), why=form.data["why"])
    flash(gettext("Resumed: this person enters the next round."), "success")
    return redirect(url_for("participants.one", slug=slug, participant_id=participant_id), 303)


@blueprint.route("/participants/import", methods=["GET", "POST"])
@rule(Rule.COORDINATOR)
@takes_upload
def import_people(slug: str) -> ResponseReturnValue:
    """Take a spreadsheet in, and lead to what importing it would do; nobody is changed yet."""
    if request.method != "POST":
        return _upload_page({})
    file = request.files.get("file")
    data = file.read() if file else b""
    if not data:
        return _upload_page({"file": said("Choose a file that is not empty.")}), 422
    preview = services().importing_participants.send_in(programme().id, data, account_id=account_id())
    if preview.faults:
        return _faults_page(preview), 422
    return redirect(url_for("participants.preview_import", slug=slug, sha256=preview.sha256), 303)


@blueprint.get("/participants/import/<string(length=64):sha256>")
@rule(Rule.COORDINATOR)
def preview_import(slug: str, sha256: str) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Show what importing a file would do."""
    preview = services().importing_participants.preview(programme().id, sha256)
    if preview.faults:
        return _faults_page(preview)
    return render_template("web/participants/preview.html", active="participants", preview=preview)


@blueprint.post("/participants/import/<string(length=64):sha256>")
@rule(Rule.COORDINATOR)
def confirm_import(slug: str, sha256: str) -> ResponseReturnValue:
    """Import the file; a second press finds the first one's result."""
    try:
        done = services().importing_participants.confirm(programme().id, sha256, actor=_actor())
    except InputRefused:
        return _faults_page(services().importing_participants.preview(programme().id, sha256)), 422
    flash(gettext("Imported: %(added)s added, %(changed)s changed.", added=done.added, changed=done.changed), "success")
    return redirect(url_for("participants.list_participants", slug=slug), 303)


@blueprint.get("/participants/import/<string(length=64):sha256>/faults.csv")
@rule(Rule.COORDINATOR)
def import_faults(slug: str, sha256: str) -> ResponseReturnValue:
    """Hand out what is wrong with a file as a spreadsheet."""
    return handed_out(services().importing_participants.faults(programme().id, sha256), f"{slug}-faults.csv")


def _person(participant_id: int, form: Form) -> str:
    person = services().showing_participants.page(programme().id, participant_id)
    return render_template(
        "web/participants/one.html", active="participants", person=person, form=form, errors=form.errors
    )


def _upload_page(errors: dict[str, str]) -> str:
    return render_template("web/participants/import.html", active="participants", columns=SIGNUP_COLUMNS, errors=errors)


def _faults_page(preview: ImportPreview) -> str:
    errors = {"file": said("Nothing was imported: the file has faults.")}
    return render_template("web/participants/faults.html", active="participants", preview=preview, errors=errors)


def _actor() -> Actor:
    return Actor.account(account_id())
