"""Signing in by mailed link and signing out."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from mentormatch.schemas.signing_in import AskLinkSchema, CodeSchema
from mentormatch.services.signing_in import SignedIn
from mentormatch.web.access import SESSION_KEY, Rule, rule, services
from mentormatch.web.addresses import safe_path
from mentormatch.web.browsers import browser_secret, client_address
from mentormatch.web.forms import Form, read_form
from mentormatch.web.languages import gettext, speaking

blueprint = Blueprint("signing_in", __name__, url_prefix="/sign-in")


@blueprint.get("/")
@rule(Rule.ANYONE)
def ask() -> ResponseReturnValue:
    """Show the form that asks for a link."""
    return render_template("web/signing_in/ask.html", form=Form({"next": request.args.get("next", "")}))


@blueprint.post("/")
@rule(Rule.ANYONE)
def send() -> ResponseReturnValue:
    """Ask for a link; the answer is the same for every mailbox."""
    form = read_form(AskLinkSchema())
    if not form.is_valid:
        return render_template("web/signing_in/ask.html", form=form), 422
    next_path = safe_path(form.data["next"], url_for("home.arrive"))
    services().asking_links.ask(
        form.data["email"],
        browser=browser_secret(),
        client=client_address(),
        next_path=next_path,
        language=speaking().code,
    )
    return redirect(url_for("signing_in.sent"), 303)


@blueprint.get("/sent")
@rule(Rule.ANYONE)
def sent() -> ResponseReturnValue:
    """Say that a mail is on its way, and take the code from it."""
    return render_template("web/signing_in/sent.html", form=Form({}))


@blueprint.post("/code")
@rule(Rule.ANYONE)
def code() -> ResponseReturnValue:
    """Sign in by the code that stands beside the link."""
    form = read_form(CodeSchema())
    if not form.is_valid:
        return render_template("web/signing_in/sent.html", form=form), 422
    return _enter(services().signing_in.by_code(form.data["code"], browser=browser_secret()))


@blueprint.get("/<token>")
@rule(Rule.ANYONE)
def look(token: str) -> ResponseReturnValue:
    """Show the button: looking at a link, as mail scanners do, never uses it up."""
    return render_template("web/signing_in/enter.html", token=token)


@blueprint.post("/<token>")
@rule(Rule.ANYONE)
def enter(token: str) -> ResponseReturnValue:
    """Use up the link."""
    return _enter(services().signing_in.by_link(token, browser=browser_secret()))


@blueprint.post("/out")
@rule(Rule.ANYONE)
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    services().signing_in.sign_out(str(session.get(SESSION_KEY, "")))
    session.clear()
    flash(gettext("You are signed out."))
    return redirect(url_for("home.home"), 303)


def _enter(signed_in: SignedIn) -> ResponseReturnValue:
    session.clear()
    session[SESSION_KEY] = signed_in.token
    return make_response(redirect(signed_in.next_path, 303))
