"""Every route of the site, found in its own map of addresses, and how to fill in an address."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask
from werkzeug.routing import Rule

from mentormatch.app import create_app
from tests.builders.world import Room
from tests.installations import settings_for

UNSAFE: Final = ("POST", "PUT", "PATCH", "DELETE")
OTHER_PARTS: Final = {
    "kind": "unpaired",
    "competency": "lean_principles",
    "token": "a-token-that-nobody-was-given",
    "filename": "css/base.css",
}
"""Parts of addresses that name neither a programme nor a row in one."""

_site: Final = create_app(settings_for("sqlite://", Path()))


@dataclass(frozen=True)
class Route:
    """One way in: an endpoint with one method."""

    endpoint: str
    method: str
    rule: Rule

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}"

    @property
    def parts(self) -> frozenset[str]:
        """Return the parts of the address that differ."""
        return frozenset(self.rule.arguments)

    @property
    def things(self) -> frozenset[str]:
        """Return the parts that name a row within a programme."""
        return self.parts - {"slug", *OTHER_PARTS}

    def address(self, room: Room, **other: object) -> str:
        """Fill in the address with this programme's rows, or with other values."""
        values = {"slug": room.slug, **OTHER_PARTS, **room.ids, **other}
        return _site.url_map.bind("localhost").build(self.endpoint, {part: values[part] for part in self.parts})


def missing(part: str) -> int | str:
    """Return a value for a part of an address that no row has."""
    return "0" * 64 if part == "sha256" else 2_000_000_000


def _ways_in(site: Flask) -> list[Route]:
    rules = sorted(site.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))
    return [Route(rule.endpoint, m, rule) for rule in rules for m in sorted((rule.methods or set()) & _ASKED)]


_ASKED: Final = {"GET", *UNSAFE}

ROUTES: Final = _ways_in(_site)
GETS: Final = [route for route in ROUTES if route.method == "GET"]
CHANGES: Final = [route for route in ROUTES if route.method in UNSAFE]
OF_A_PROGRAMME: Final = [route for route in ROUTES if "slug" in route.parts]
"""Routes whose address names a programme."""
OF_A_THING: Final = [route for route in ROUTES if route.things]
"""Routes whose address names a row within a programme."""
