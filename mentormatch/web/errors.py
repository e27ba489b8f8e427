"""The one table from named facts to answers, and the page that says what happened and what to do."""

from typing import Final

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from mentormatch.domain import errors
from mentormatch.domain.sentences import said
from mentormatch.web.languages import translated

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
    400: said("That request could not be read"),
    403: said("That is not possible"),
    404: said("There is no such page"),
    405: said("That cannot be done here"),
    409: said("Something has changed"),
    413: said("That is too large"),
    422: said("There is a problem with what was sent"),
    429: said("Too many requests"),
    500: said("Something went wrong on our side"),
    503: said("The service is busy"),
}
_ADVICE: Final = {
    400: said("Go back, reload the page and try again."),
    403: said("Ask your coordinator if you think you should be able to do this."),
    404: said("Check the address, or start again from the first page."),
    405: said("Go back and use the buttons on the page."),
    409: said("Go back, reload the page to see how things stand now, and decide again."),
    413: said("Send a smaller file or a shorter text."),
    422: said("Go back and correct it; nothing was changed."),
    429: said("Wait a minute and try again."),
    500: said("Nothing was changed. Try again; if it happens twice, tell your coordinator when it was."),
    503: said("Nothing was changed. Try again in a minute."),
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
    return _page(known, "" if known == 404 else _words(error))


def _words(error: errors.MentormatchError) -> str:
    # Several sentences in one text are no sentence any more: each is translated before.
    if isinstance(error, errors.PublishRefused | errors.AdjustmentRefused):
        return " ".join(map(translated, error.reasons))
    if isinstance(error, errors.InputRefused):
        return "; ".join(translated(str(fault)) for fault in error.faults)
    return str(error)


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    words = said("The form was open too long or came from somewhere else. (%(reason)s)", reason=error.description)
    return _page(400, words)


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
