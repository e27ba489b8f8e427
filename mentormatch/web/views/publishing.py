"""Publishing a round and taking it back: each is asked once more, in plain words, before it is done."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.actors import Actor
from mentormatch.domain.errors import InputRefused, PublishRefused, RecallRefused
from mentormatch.schemas.mail_texts import RecallSchema
from mentormatch.schemas.rounds import PublishSchema, VersionSchema
from mentormatch.services.publishing_rounds import Seen
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.forms import Form, read_form, read_seen
from mentormatch.web.languages import gettext, ngettext, translated

blueprint = Blueprint("publishing", __name__, url_prefix="/programmes/<slug:slug>/rounds/<id:number>")


@blueprint.get("/publish")
@rule(Rule.COORDINATOR)
def ask(slug: str, number: int) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Ask once more, with the count of mails, before anything leaves."""
    return _publish_page(number)


@blueprint.post("/publish")
@rule(Rule.COORDINATOR)
def publish(slug: str, number: int) -> ResponseReturnValue:
    """Publish the round; the same form sent again finds the first one's result."""
    seen = Seen(**read_seen(PublishSchema()))
    try:
        services().publishing_rounds.publish(programme().id, number, seen, Actor.account(account_id()))
    except PublishRefused as refused:
        return _publish_page(number, refused.reasons), 409
    flash(gettext("Round %(number)s is published, and its mails are on their way.", number=number), "success")
    return redirect(url_for("rounds.one", slug=slug, number=number), 303)


@blueprint.post("/write-anew")
@rule(Rule.COORDINATOR)
def write_anew(slug: str, number: int) -> ResponseReturnValue:
    """Write the held notices anew whose text was edited since."""
    version = read_seen(VersionSchema())["version"]
    try:
        count = services().mail.rewriting.rewrite(programme().id, number, version, Actor.account(account_id()))
    except InputRefused as refused:
        flash(translated(str(refused)), "error")
    else:
        flash(_written_anew(count), "success")
    return redirect(url_for("rehearsals.list_held", slug=slug, number=number), 303)


@blueprint.get("/recall")
@rule(Rule.COORDINATOR)
def ask_recall(slug: str, number: int) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Say what taking the round back would do, and ask for the reason."""
    return _recall_page(number, Form({}))


@blueprint.post("/recall")
@rule(Rule.COORDINATOR)
def recall(slug: str, number: int) -> ResponseReturnValue:
    """Take the round back and tell everybody who was told."""
    form = read_form(RecallSchema())
    if not form.is_valid:
        return _recall_page(number, form), 422
    by = Actor.account(account_id())
    try:
        told = services().mail.recalls.recall(
            programme().id, number, form.data["reason"], seen=form.data["version"], actor=by
        )
    except RecallRefused as refused:
        return _recall_page(number, form, refused.reasons), 409
    flash(_telling(number, told), "success")
    return redirect(url_for("rounds.one", slug=slug, number=number), 303)


def _written_anew(count: int) -> str:
    return ngettext("%(num)s notice is written anew and held.", "%(num)s notices are written anew and held.", count)


def _telling(number: int, told: int) -> str:
    if not told:
        return gettext("Round %(number)s is taken back. Nobody had been told, so no mail is sent.", number=number)
    return ngettext(
        "Round %(number)s is taken back. %(num)s person who was told is told so by mail.",
        "Round %(number)s is taken back. %(num)s people who were told are told so by mail.",
        told,
        number=number,
    )


def _publish_page(number: int, reasons: tuple[str, ...] = ()) -> str:
    page = services().reviewing_rounds.publication(programme().id, number)
    return render_template("web/publishing/publish.html", active="rounds", page=page, reasons=reasons)


def _recall_page(number: int, form: Form, reasons: tuple[str, ...] = ()) -> str:
    view = services().mail.recalls.look(programme().id, number)
    return render_template(
        "web/publishing/recall.html", active="rounds", view=view, form=form, errors=form.errors, reasons=reasons
    )
