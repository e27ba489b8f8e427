"""Who may ask for what: every view carries one rule, and a view without a rule is refused to everybody."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response

from mentormatch.services.bundle import Services
from mentormatch.services.knowing_viewers import ProgrammeHead, Viewer

SESSION_KEY: Final = "sign_in"
RULE_ATTRIBUTE: Final = "access_rule"


class Rule(StrEnum):
    """Who a view is for."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    CREATOR = "creator"
    """Coordinators of any programme, and those who may create one."""
    COORDINATOR = "coordinator"
    """Coordinators of the programme that the address names."""
    PARTICIPANT = "participant"
    """People with a sign-up in the programme that the address names; they see their own only."""


View = TypeVar("View", bound=Callable[..., object])


def rule(who: Rule) -> Callable[[View], View]:
    """Put the rule on a view; stands directly below the route decorator."""

    def mark(view: View) -> View:
        setattr(view, RULE_ATTRIBUTE, who)
        return view

    return mark


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """Return the rule of an endpoint; None where somebody forgot it. Style sheets and scripts are for anyone."""
    if endpoint == "static":
        return Rule.ANYONE
    return getattr(app.view_functions.get(endpoint), RULE_ATTRIBUTE, None)


def services() -> Services:
    """Return the use cases of the running application."""
    bundle = current_app.extensions["mentormatch"]
    assert isinstance(bundle, Services)  # noqa: S101 -- narrows what the framework keeps untyped
    return bundle


def viewer() -> Viewer:
    """Return who is looking at this page."""
    return g.viewer if "viewer" in g else Viewer()


def account_id() -> int:
    """Return the account of whoever is looking; only inside views for people who are signed in."""
    known = viewer().account_id
    assert known is not None  # noqa: S101 -- as above
    return known


def programme() -> ProgrammeHead:
    """Return the programme that the address names; only inside views whose address names one."""
    head = g.programme
    assert isinstance(head, ProgrammeHead)  # noqa: S101 -- as above
    return head


def guard() -> Response | None:
    """Let the request pass, send a visitor to sign in, or raise what a missing page raises."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    who = rule_of(current_app, request.endpoint)
    if who is None:
        raise Forbidden
    g.viewer = services().knowing_viewers.viewer(_session_token())
    if who is not Rule.ANYONE and not g.viewer.is_signed_in:
        return redirect(url_for("signing_in.ask", next=_way_back()), 303)
    named = _named_programme()
    if not _allows(who, g.viewer, named):
        raise NotFound
    # Only now: the page that says "there is no such page" must not know the programme it denies.
    g.programme = named
    return None


def _session_token() -> str | None:
    token = session.get(SESSION_KEY)
    return token if isinstance(token, str) else None


def _way_back() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else url_for("home.home")


def _named_programme() -> ProgrammeHead | None:
    slug = (request.view_args or {}).get("slug")
    if slug is None:
        return None
    found = services().knowing_viewers.programme(slug)
    if found is None:
        raise NotFound
    return found


def _allows(who: Rule, person: Viewer, named: ProgrammeHead | None) -> bool:
    match who:
        case Rule.ANYONE | Rule.SIGNED_IN:
            return True
        case Rule.CREATOR:
            return person.is_coordinator
        case Rule.COORDINATOR:
            return named is not None and named.id in person.coordinates
        case Rule.PARTICIPANT:
            return named is not None and services().knowing_viewers.is_participant(person, named.id)
