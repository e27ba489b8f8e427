"""The one table from named facts to answers, and the page that says what happened and what to do."""

from typing import Final

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from mentormatch.domain import errors

_STATUS: Final[dict[type[errors.MentormatchError], int]] = {
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.IllegalStep: 409,
    errors.RoundAlreadyOpen: 409,
    errors.PublishRefused: 409,
    errors.AdjustmentRefused: 409,
    errors.SignupClosed: 409,
    errors.LinkRefused: 403,
    errors.TooMany: 429,
    errors.InputRefused: 422,
}
_TITLES: Final = {
    400: "That request could not be read",
    403: "That is not possible",
    404: "There is no such page",
    405: "That cannot be done here",
    409: "Something has changed",
    413: "That is too large",
    422: "There is a problem with what was sent",
    429: "Too many requests",
    500: "Something went wrong on our side",
    503: "The service is busy",
}
_ADVICE: Final = {
    400: "Go back, reload the page and try again.",
    403: "Ask your coordinator if you think you should be able to do this.",
    404: "Check the address, or start again from the first page.",
    405: "Go back and use the buttons on the page.",
    409: "Go back, reload the page to see how things stand now, and decide again.",
    413: "Send a smaller file or a shorter text.",
    422: "Go back and correct it; nothing was changed.",
    429: "Wait a minute and try again.",
    500: "Nothing was changed. Try again; if it happens twice, tell your coordinator when it was.",
    503: "Nothing was changed. Try again in a minute.",
}


def register_error_pages(app: Flask) -> None:
    """Answer every fact and every fault with a page of ours."""
    app.register_error_handler(errors.MentormatchError, _fact)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(SecurityError, _other_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _fault)


def _page(status: int, message: str = "") -> tuple[str, int]:
    title = _TITLES.get(status, _TITLES[400 if status < 500 else 500])
    advice = _ADVICE.get(status, _ADVICE[400 if status < 500 else 500])
    return render_template("web/error.html", title=title, message=message, advice=advice), status


def _fact(error: errors.MentormatchError) -> ResponseReturnValue:
    known = next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), 409)
    return _page(known, "" if known == 404 else str(error))


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    return _page(400, f"The form was open too long or came from somewhere else. ({error.description})")


def _other_host(_error: SecurityError) -> ResponseReturnValue:
    # No page of ours can be drawn here: addresses are not built for a host that is none of ours.
    text = f"This service is at {current_app.config['PUBLIC_URL']} and answers to no other name. Open it there.\n"
    return text, 400, {"Content-Type": "text/plain; charset=utf-8"}


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    body, status = _page(error.code, (error.description or "") if error.code == 400 else "")
    headers = {k: v for k, v in error.get_headers() if k == "Allow"}
    return body, status, headers


def _busy(error: OperationalError) -> ResponseReturnValue:
    current_app.logger.error("database not available", exc_info=error)
    return _page(503)


def _fault(error: Exception) -> ResponseReturnValue:
    if current_app.config["PROPAGATE_EXCEPTIONS"]:
        raise error
    current_app.logger.error("unhandled fault", exc_info=error)
    return _page(InternalServerError.code)
