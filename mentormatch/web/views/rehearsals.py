"""The rehearsal of a publication: all held notices as they will arrive, one by one, and a test mail to oneself."""

from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, ValidationError

from mentormatch.domain.errors import TooMany
from mentormatch.domain.notices import HeldSearch
from mentormatch.schemas.mail_texts import HeldSearchSchema
from mentormatch.web.access import Rule, account_id, programme, rule, services

blueprint = Blueprint("rehearsals", __name__, url_prefix="/programmes/<slug:slug>/rounds/<id:number>/rehearsal")

_SCHEMA: Final = HeldSearchSchema()


@dataclass(frozen=True, slots=True)
class _Asked:
    search: HeldSearch
    page: int
    kept: dict[str, str]
    """What narrows the list, to be carried on in links."""


@blueprint.get("")
@rule(Rule.COORDINATOR)
def list_held(slug: str, number: int) -> ResponseReturnValue:
    """Show what publishing would send, a page at a time."""
    asked = _asked()
    page = services().mail.rehearsals.page(programme().id, number, asked.search, asked.page)
    here = url_for("rehearsals.list_held", slug=slug, number=number, **asked.kept)  # type: ignore[arg-type]  # all text
    address = f"{here}{'&' if asked.kept else '?'}page={{page}}"
    return render_template("web/rehearsals/list.html", active="rounds", page=page, asked=asked, page_address=address)


@blueprint.get("/<id:notice_id>")
@rule(Rule.COORDINATOR)
def one(slug: str, number: int, notice_id: int) -> ResponseReturnValue:  # noqa: ARG001 -- the guard used the slug
    """Show one held notice, with the way to the one before and the one after."""
    asked = _asked()
    notice = services().mail.rehearsals.one(programme().id, number, notice_id, asked.search)
    return render_template("web/rehearsals/one.html", active="rounds", notice=notice, number=number, asked=asked)


@blueprint.post("/<id:notice_id>/test")
@rule(Rule.COORDINATOR)
def send_test(slug: str, number: int, notice_id: int) -> ResponseReturnValue:
    """Send a held notice to whoever is signed in, marked as a test."""
    try:
        to = services().mail.tests.send(programme().id, number, notice_id, account_id=account_id())
    except TooMany as refused:
        flash(str(refused), "error")
    else:
        flash(f"A test mail is on its way to {to}. Nobody else gets it, and the notice stays held.", "success")
    return redirect(url_for("rehearsals.one", slug=slug, number=number, notice_id=notice_id), 303)


def _asked() -> _Asked:
    typed = {name: request.args[name] for name in _SCHEMA.fields if request.args.get(name)}
    try:
        data: dict[str, Any] = _SCHEMA.load(typed, unknown=EXCLUDE)
    except ValidationError as refused:
        # A part that is not valid is passed over, as if it had not been typed.
        typed = {name: value for name, value in typed.items() if name not in refused.messages_dict}
        data = _SCHEMA.load(typed, unknown=EXCLUDE)
    kept = {name: value for name, value in typed.items() if name != "page"}
    return _Asked(HeldSearch(data["q"], data["kind"]), data["page"], kept)
