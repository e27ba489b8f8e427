"""Choosing the language of the pages."""

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mentormatch.web.access import Rule, rule, services, viewer
from mentormatch.web.addresses import safe_path
from mentormatch.web.languages import language_named, remember

blueprint = Blueprint("languages", __name__)


@blueprint.post("/language")
@rule(Rule.ANYONE)
def choose() -> ResponseReturnValue:
    """Keep the chosen language for this browser and, for who is signed in, for mails and other browsers too."""
    chosen = language_named(request.form.get("language", ""))
    services().people.languages.choose(viewer().account_id, chosen.code)
    back = redirect(safe_path(request.form.get("next", ""), url_for("home.home")), 303)
    return remember(back, chosen, secure=current_app.config["SESSION_COOKIE_SECURE"])
