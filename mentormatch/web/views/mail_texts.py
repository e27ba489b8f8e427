"""The mail texts of a programme: the list, one text with its preview, saving it and putting the default back."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentormatch.domain.actors import Actor
from mentormatch.domain.errors import Conflict, InputRefused
from mentormatch.domain.mail_texts import LONGEST_BODY_TEXT, LONGEST_SUBJECT_TEXT
from mentormatch.domain.notices import WORDED_KINDS, NoticeKind
from mentormatch.domain.sentences import said
from mentormatch.schemas.mail_texts import MailTextSchema
from mentormatch.schemas.rounds import VersionSchema
from mentormatch.services.previewing_mails import Preview
from mentormatch.web.access import Rule, account_id, programme, rule, services
from mentormatch.web.forms import Form, read_form, read_seen
from mentormatch.web.languages import gettext, speaking, translated
from mentormatch.web.mail_frames import framed

blueprint = Blueprint("mail_texts", __name__, url_prefix="/programmes/<slug:slug>/mail-texts")

_KIND: Final = f"/<any({', '.join(WORDED_KINDS)}):kind>"


@blueprint.get("")
@rule(Rule.COORDINATOR)
def list_texts(slug: str) -> ResponseReturnValue:  # noqa: ARG001 -- the guard has found the programme by it
    """Show which texts there are, and which the programme words itself."""
    texts = services().mail.texts.all_of(programme().id, speaking().code)
    return render_template("web/mail_texts/list.html", active="notices", texts=texts)


@blueprint.route(_KIND, methods=["GET", "POST"])
@rule(Rule.COORDINATOR)
def edit(slug: str, kind: str) -> ResponseReturnValue:
    """Show one text with a preview, and save it."""
    if request.method != "POST":
        return _page(NoticeKind(kind), _kept(NoticeKind(kind)))
    form = read_form(MailTextSchema())
    if "preview" in request.form:
        return _page(NoticeKind(kind), form)
    return _save(slug, NoticeKind(kind), form) if form.is_valid else (_page(NoticeKind(kind), form), 422)


@blueprint.post(f"{_KIND}/preview")
@rule(Rule.COORDINATOR)
def preview(slug: str, kind: str) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Show what was typed so far as a mail: a part of the page, asked for while somebody types."""
    form, seen = _previewed(NoticeKind(kind), read_form(MailTextSchema()))
    return render_template("web/mail_texts/preview.html", preview=seen, errors=form.errors)


@blueprint.route(f"{_KIND}/formatted", methods=["GET", "POST"])
@rule(Rule.COORDINATOR)
def formatted(slug: str, kind: str) -> ResponseReturnValue:  # noqa: ARG001 -- as above
    """Show what is kept, or what was typed so far, as a formatted mail: shut off from the site, for a frame."""
    form = read_form(MailTextSchema()) if request.method == "POST" else _kept(NoticeKind(kind))
    form, seen = _previewed(NoticeKind(kind), form)
    if seen is None:
        words = render_template("web/mail_texts/cannot_be_shown.html", errors=form.errors)
        return framed(Response(words, status=422, mimetype="text/html"))
    return framed(Response(seen.mail.html, mimetype="text/html"))


@blueprint.post(f"{_KIND}/put-back")
@rule(Rule.COORDINATOR)
def put_back(slug: str, kind: str) -> ResponseReturnValue:
    """Put the default text back."""
    version = read_seen(VersionSchema())["version"]
    by = Actor.account(account_id())
    services().mail.texts.put_back(programme().id, NoticeKind(kind), seen=version, actor=by)
    flash(gettext("The text is the default again. Notices that are held already keep their words until written anew."))
    return redirect(url_for("mail_texts.edit", slug=slug, kind=kind), 303)


def _kept(kind: NoticeKind) -> Form:
    kept = services().mail.texts.look(programme().id, kind, speaking().code)
    return Form({"subject": kept.text.subject, "body": kept.text.body}, data=(kept.text, kept.version))


def _save(slug: str, kind: NoticeKind, form: Form) -> ResponseReturnValue:
    text, seen = form.data
    try:
        services().mail.texts.change(programme().id, kind, text, seen=seen, actor=Actor.account(account_id()))
    except InputRefused as refused:
        return _page(kind, _with_faults(form, refused)), 422
    except Conflict as conflict:
        told = said(
            "%(conflict)s Nothing of this page was saved. Save once more to keep what you see here.",
            conflict=str(conflict),
        )
        return _page(kind, replace(form, errors={"version": told})), 409
    flash(gettext("The text is saved. Notices that are held already keep their words until written anew."), "success")
    return redirect(url_for("mail_texts.edit", slug=slug, kind=kind), 303)


def _previewed(kind: NoticeKind, form: Form) -> tuple[Form, Preview | None]:
    if not form.is_valid:
        return form, None
    try:
        return form, services().mail.previews.preview(programme().id, kind, form.data[0], speaking().code)
    except InputRefused as refused:
        return _with_faults(form, refused), None


def _with_faults(form: Form, refused: InputRefused) -> Form:
    columns = dict.fromkeys(fault.column or "body" for fault in refused.faults)
    said = {c: " ".join(translated(f.message) for f in refused.faults if (f.column or "body") == c) for c in columns}
    return replace(form, errors=said)


def _page(kind: NoticeKind, form: Form) -> str:
    kept = services().mail.texts.look(programme().id, kind, speaking().code)
    form, seen = (form, None) if "version" in form.errors else _previewed(kind, form)
    # After a conflict the version of now goes into the form: pressing once more is then an answer to what was shown.
    is_late = "version" in form.errors
    version = kept.version if is_late or not form.data else form.data[1]
    return render_template(
        "web/mail_texts/edit.html",
        active="notices",
        kept=kept,
        form=form,
        errors=form.errors,
        preview=seen,
        version=version,
        is_late=is_late,
        longest_subject=LONGEST_SUBJECT_TEXT,
        longest_body=LONGEST_BODY_TEXT,
    )
