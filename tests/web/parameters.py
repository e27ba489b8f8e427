"""The query parameters that views read: those that stand in their code, and those they are heard to ask for."""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.utils import cached_property

from tests.architecture.sources import ROOT
from tests.web.forms_seen import Value
from tests.web.routes import Route
from tests.web.sites import Site

COMMON: Final = {"q", "page", "state", "sort", "next", "round"}
_READS: Final = re.compile(r"args(?:\.get(?:list)?)?[(\[]\s*[\"'](\w+)")


def query_parameters() -> list[str]:
    """Return every query parameter that stands in the code of a view, and those that are tried everywhere."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "mentormatch" / "web").rglob("*.py"))
    return sorted(COMMON | set(_READS.findall(code)))


BEGUN: Final = {"what_if.page": {"columns": "2"}}
"""What an address has to ask for before its view reads the rest."""


def parameters_read(site: Site, route: Route, name: str, fields: Mapping[str, Value] | None = None) -> list[str]:
    """Return the query parameters that a view asks for when somebody sends this form, which may change the site."""
    heard = set[str]()

    class Whole(dict[str, str]):
        def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 -- dict's own signature
            heard.add(key)
            return super().get(key, default)

    class Heard(MultiDict[str, str]):
        def __getitem__(self, key: str) -> str:
            heard.add(key)
            return super().__getitem__(key)

        def __contains__(self, key: object) -> bool:
            heard.add(str(key))
            return super().__contains__(key)

        def getlist(self, key: str, *rest: Any) -> list[Any]:  # noqa: ANN401 -- werkzeug's own signature
            heard.add(key)
            return super().getlist(key, *rest)

        def to_dict(self, *_: Any) -> Whole:  # type: ignore[override]  # noqa: ANN401 -- werkzeug's own signature
            return Whole(self.items())

    class Listening(Request):
        @cached_property
        def args(self) -> Heard:
            return Heard(parse_qsl(self.query_string.decode(), keep_blank_values=True))

    usual, site.app.request_class = site.app.request_class, Listening
    try:
        address = f"{route.address(site.world.north)}?{urlencode(BEGUN.get(route.endpoint, {}))}"
        site.send(site.browser(name), route.method, address, **(fields or {}))
    finally:
        site.app.request_class = usual
    return sorted(heard)


def others_than(read: list[str]) -> list[str]:
    """Return the parameters that stand in the code of any view and are none of these."""
    return [name for name in query_parameters() if name not in read]
