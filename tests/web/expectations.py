"""The reviewed file of who may come in where."""

import tomllib
from pathlib import Path
from typing import Any, Final

from tests.web.routes import Route
from tests.web.sites import VISITORS

_FILE: Final[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "access_expectations.toml").read_text(encoding="utf-8")
)
CLASSES: Final[dict[str, Any]] = _FILE["classes"]
EXPECTED: Final[dict[tuple[str, str], str]] = {
    (endpoint, method): rule for endpoint, methods in _FILE["routes"].items() for method, rule in methods.items()
}


def may_enter(route: Route, name: str, programme: str) -> bool:
    """Tell whether one of the cast comes in, at a route of programme "north" or "south"."""
    who = CLASSES[EXPECTED[route.endpoint, route.method].split(":")[0]]
    if who.get("everyone"):
        return True
    if name in VISITORS:
        return False
    return bool(who.get("everyone_signed_in") or name in who.get(programme, ()))


def answer_inside(route: Route) -> int:
    """Return the status that whoever comes in meets."""
    return int(EXPECTED[route.endpoint, route.method].split(":")[1])


def answer(route: Route, name: str, programme: str) -> int:
    """Return the status that one of the cast meets."""
    if may_enter(route, name, programme):
        return answer_inside(route)
    return 303 if name in VISITORS else 404
