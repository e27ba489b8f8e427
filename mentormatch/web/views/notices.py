"""The notices of a programme for its coordinators: the list, one notice, and sending a failed one again."""

from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.actors import Actor
from mentormatch.domain.errors import InputRefused
from mentormatch.domain.sentences import said
from mentormatch.schemas.mail_texts import UpToSchema
from mentormatch.schemas.notices import NoticeSearchSchema, ResendSchema
from mentormatch.schemas.rounds import VersionSchema
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.forms import Form, read_form, read_seen
from mentormatch.web.languages import gettext, ngettext
from mentormatch.web.mail_frames import framed
from mentormatch.web.questions import paged, question_of

blueprint = Blueprint("notices", __name__, url_prefix="/programmes/<slug:slug>/notices")

_SEARCH: Final = NoticeSearchSchema()
_LABELS: Final = {
    "q": said("Search"),
    "state": said("State"),
    "kind": said("Kind"),
    "round": said("Round"),
    "page": said("Page"),
}


@blueprint.get("")
@rule(Rule.COORDINATOR)
def list_notices(slug: str) -> ResponseReturnValue:
    """Show the notices looked for, a page at a time, with how far they have come."""
    question = question_of(_SEARCH, _LABELS)
    page = services().reading_notices.page(programme().id, *question.loaded)
    body = render_template(
        "web/notices/list.html",
        active="notices",
        page=page,
        question=question,
        page_address=paged(url_for("notices.list_notices", slug=slug, **question.kept_with())),
        errors=question.errors,
        hold=services().mail.hold.look(),
    )
    return body, 422 if question.errors else 200


@blueprint.get("/<id:notice_id>")
@rule(Rule.COORDINATOR)
def one(slug: str, notice_id: int) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show one notice: its headers, its text, and what became of it."""
    return _notice(notice_id, Form({}))


@blueprint.get("/<id:notice_id>/html")
@rule(Rule.COORDINATOR)
def html_part(slug: str, notice_id: int) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Show the HTML part of a notice and nothing else, shut off from the site."""
    part = services().reading_notices.html(programme().id, notice_id)
    return framed(Response(part, mimetype="text/html"))


@blueprint.post("/<id:notice_id>/resend")
@rule(Rule.COORDINATOR)
def correct(slug: str, notice_id: int) -> ResponseReturnValue:
    """Send a failed notice again, to a corrected address."""
    form = read_form(ResendSchema())
    if not form.is_valid:
        return _notice(notice_id, form), 422
    try:
        new_id = _resend(notice_id, form)
    except InputRefused as refusal:
        return _notice(notice_id, form.refused(refusal)), 422
    flash(gettext("It is on its way to the corrected address."), "success")
    return redirect(url_for("notices.one", slug=slug, notice_id=new_id), 303)


@blueprint.post("/<id:notice_id>/came-back")
@rule(Rule.COORDINATOR)
def came_back(slug: str, notice_id: int) -> ResponseReturnValue:
    """Note that a sent notice came back."""
    seen = read_seen(VersionSchema())["version"]
    services().mail.bounces.note(programme().id, notice_id, seen=seen, actor=Actor.account(account_id()))
    flash(gettext("It is noted as bounced. Correct the address and send it again."), "success")
    return redirect(url_for("notices.one", slug=slug, notice_id=notice_id), 303)


@blueprint.get("/failed")
@rule(Rule.COORDINATOR)
def ask_resend_failed(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Ask once more before everything that failed is sent again."""
    failures = services().mail.failures.look(programme().id)
    return render_template("web/notices/failed.html", active="notices", failures=failures)


@blueprint.post("/failed")
@rule(Rule.COORDINATOR)
def resend_failed(slug: str) -> ResponseReturnValue:
    """Send everything again that had failed when the page was shown."""
    up_to = read_seen(UpToSchema())["up_to"]
    count = services().mail.failures.resend(programme().id, up_to=up_to, actor=Actor.account(account_id()))
    flash(_on_the_way(count), "success" if count else "notice")
    return redirect(url_for("notices.list_notices", slug=slug), 303)


def _on_the_way(count: int) -> str:
    if not count:
        return gettext("Nothing was left.")
    return ngettext("%(num)s mail is on the way again.", "%(num)s mails are on the way again.", count)


def _resend(notice_id: int, form: Form) -> int:
    return services().resending_notices.resend(
        programme().id,
        notice_id,
        form.data["email"],
        seen=form.data["version"],
        keep_address=form.data["keep_address"],
        actor=Actor.account(account_id()),
    )


def _notice(notice_id: int, form: Form) -> str:
    notice = services().reading_notices.one(programme().id, notice_id)
    return render_template("web/notices/one.html", active="notices", notice=notice, form=form, errors=form.errors)
