"""What every answer carries and every request must satisfy, whatever the page."""

import re
from collections.abc import Callable
from typing import Final, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from mentormatch.domain.sentences import said

MOST_FIELDS: Final = 200
LARGEST_UPLOAD: Final = 6 * 1024 * 1024
_UPLOAD_ATTRIBUTE: Final = "takes_upload"
_MAIL_PROGRAMS_ATTRIBUTE: Final = "takes_mail_programs"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_CANNOT_BE_KEPT: Final = re.compile("[\x00\ud800-\udfff]")
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-src 'self'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # With no-referrer browsers would send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


View = TypeVar("View", bound=Callable[..., object])


def takes_upload(view: View) -> View:
    """Let this view receive a file: the limit must be known before the form is first read, which is before the view."""
    setattr(view, _UPLOAD_ATTRIBUTE, True)
    return view


def for_mail_programs(view: View) -> View:
    """Let mail programs post to this view by themselves, without a form of ours: what the address holds is the right.

    Such a view reads no cookie, and does one harmless thing that its own page can undo.
    """
    setattr(view, _MAIL_PROGRAMS_ATTRIBUTE, True)
    return view


def takes_mail_programs(view: Callable[..., object] | None) -> bool:
    """Tell whether mail programs post to this view."""
    return bool(getattr(view, _MAIL_PROGRAMS_ATTRIBUTE, False))


def check_request() -> None:
    """Refuse what no page of this site sends: another site's form, too many fields, characters that cannot be kept."""
    _check_characters(request.path)
    _check_fields(request.args)
    if request.method in _SAFE:
        return
    if not takes_mail_programs(current_app.view_functions.get(request.endpoint or "")):
        _check_origin()
    if getattr(current_app.view_functions.get(request.endpoint or ""), _UPLOAD_ATTRIBUTE, False):
        request.max_content_length = LARGEST_UPLOAD
    _check_fields(request.form)


def protect(response: Response) -> Response:
    """Put the security headers on an answer; only style sheets, scripts and pictures may be cached."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def configure_security(app: Flask) -> None:
    """Switch the checks on for every request and the headers on for every answer."""
    app.before_request(check_request)
    app.after_request(protect)


def _check_origin() -> None:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise BadRequest(said("The form was sent from another site."))
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != urlsplit(current_app.config["PUBLIC_URL"]).netloc:
        raise BadRequest(said("The form was sent from another site."))


def _check_fields(typed: MultiDict[str, str]) -> None:
    for count, (name, value) in enumerate(typed.items(multi=True), start=1):
        if count > MOST_FIELDS:
            raise BadRequest(said("The form has too many fields."))
        _check_characters(name)
        _check_characters(value)


def _check_characters(text: str) -> None:
    if _CANNOT_BE_KEPT.search(text):
        raise BadRequest(said("The request holds a character that cannot be used."))
