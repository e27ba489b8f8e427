"""The rehearsal of a publication: all held notices as they will arrive, one by one, and a test mail to oneself."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.errors import TooMany
from mentormatch.schemas.mail_texts import HeldSearchSchema
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.languages import gettext, translated
from mentormatch.web.questions import paged, question_of

blueprint = Blueprint("rehearsals", __name__, url_prefix="/programmes/<slug:slug>/rounds/<id:number>/rehearsal")

_SCHEMA: Final = HeldSearchSchema()


@blueprint.get("")
@rule(Rule.COORDINATOR)
def list_held(slug: str, number: int) -> ResponseReturnValue:
    """Show what publishing would send, a page at a time."""
    question = question_of(_SCHEMA)
    search, page_number = question.loaded
    page = services().mail.rehearsals.page(programme().id, number, search, page_number)
    return render_template(
        "web/rehearsals/list.html",
        active="rounds",
        page=page,
        search=search,
        kept=question.kept,
        page_address=paged(url_for("rehearsals.list_held", slug=slug, number=number, **question.kept)),
    )


@blueprint.get("/<id:notice_id>")
@rule(Rule.COORDINATOR)
def one(slug: str, number: int, notice_id: int) -> ResponseReturnValue:  # noqa: ARG001 -- the guard used the slug
    """Show one held notice, with the way to the one before and the one after."""
    question = question_of(_SCHEMA)
    notice = services().mail.rehearsals.one(programme().id, number, notice_id, question.loaded[0])
    return render_template("web/rehearsals/one.html", active="rounds", notice=notice, number=number, kept=question.kept)


@blueprint.post("/<id:notice_id>/test")
@rule(Rule.COORDINATOR)
def send_test(slug: str, number: int, notice_id: int) -> ResponseReturnValue:
    """Send a held notice to whoever is signed in, marked as a test."""
    try:
        to = services().mail.tests.send(programme().id, number, notice_id, account_id=account_id())
    except TooMany as refused:
        flash(translated(str(refused)), "error")
    else:
        flash(
            gettext("A test mail is on its way to %(to)s. Nobody else gets it, and the notice stays held.", to=to),
            "success",
        )
    return redirect(url_for("rehearsals.one", slug=slug, number=number, notice_id=notice_id), 303)
