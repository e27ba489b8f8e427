"""Which language a page is in: the person's own, else this browser's choice, else what the browser asks for."""

from collections.abc import Mapping
from typing import Final

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_locale
from werkzeug.wrappers import Response

from mentormatch.domain.errors import Fault, InputRefused
from mentormatch.domain.sentences import said
from mentormatch.translations.catalogues import SOURCE, Language, codes, known, language, languages
from mentormatch.translations.speaking import teach

COOKIE: Final = "language"
_YEAR: Final = 365 * 24 * 60 * 60


def configure_languages(app: Flask) -> None:
    """Let every page speak the language of whoever looks at it."""
    Babel(app, default_locale=SOURCE, locale_selector=_chosen, configure_jinja=False)
    teach(app.jinja_env, speaking)
    app.jinja_env.globals["page_languages"] = languages


def speaking() -> Language:
    """Return the language of the page that is being written; English where none is."""
    return known(str(get_locale() or SOURCE)) if has_request_context() else language(SOURCE)


def gettext(source: str, /, **values: object) -> str:
    """Return a sentence of the view's own in the reader's language; values that are sentences are translated too."""
    return str(speaking().gettext(source) % _put(values))


def ngettext(source: str, plural: str, num: int, /, **values: object) -> str:
    """Return the one of two sentences that fits the number, in the reader's language; `%(num)s` is the number."""
    return str(speaking().ngettext(source, plural, num) % _put({"num": num} | values))


def translated(text: str) -> str:
    """Return a sentence in the reader's language; any other text as it is."""
    return str(speaking().put(text))


def language_named(code: str) -> Language:
    """Return the language that was chosen; raises InputRefused where there is no such language."""
    if code not in codes():
        raise InputRefused([Fault(None, "language", said("There is no such language."))])
    return language(code)


def remember(response: Response, chosen: Language, *, secure: bool) -> Response:
    """Let this browser keep its language, also when nobody is signed in."""
    response.set_cookie(COOKIE, chosen.code, max_age=_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def _put(values: Mapping[str, object]) -> dict[str, object]:
    return {name: speaking().put(value) for name, value in values.items()}


def _chosen() -> str:
    own = g.viewer.language if "viewer" in g else None
    for code in (own, request.cookies.get(COOKIE)):
        if code in codes():
            return str(code)
    asked = request.accept_languages.best_match([code.replace("_", "-") for code in codes()])
    return asked.replace("-", "_") if asked else SOURCE
