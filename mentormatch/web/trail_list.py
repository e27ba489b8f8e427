"""The audit trail in its address: what is looked for, and the links that narrow it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import request, url_for
from marshmallow import EXCLUDE, ValidationError

from mentormatch.domain.trails import TrailSearch
from mentormatch.schemas.trails import TrailSearchSchema

_SCHEMA: Final = TrailSearchSchema()
_LABELS: Final = {"q": "Person", "about": "About", "by": "Done by", "since": "From", "until": "To", "page": "Page"}


@dataclass(frozen=True, slots=True)
class TrailQuestion:
    """What the address asks for; a part that is not valid is left out and named in `errors`."""

    search: TrailSearch
    page: int
    typed: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)

    def page_address(self, slug: str) -> str:
        """Give the address of this list's pages with "{page}" where the number goes."""
        kept: dict[str, Any] = {name: value for name, value in self.typed.items() if name != "page"}
        address = url_for("audit.trail", slug=slug, **kept)
        return f"{address}{'&' if '?' in address else '?'}page={{page}}"


def read_trail_question() -> TrailQuestion:
    """Read the question off the request's address."""
    typed = {name: request.args[name] for name in _SCHEMA.fields if request.args.get(name)}
    try:
        search, page = _SCHEMA.load(typed, unknown=EXCLUDE)
        return TrailQuestion(search, page, typed)
    except ValidationError as refused:
        faults = refused.messages_dict
    valid = {name: value for name, value in typed.items() if name not in faults}
    told = {name: f"{_LABELS.get(name, name)}: {messages[0]}" for name, messages in faults.items()}
    search, page = _SCHEMA.load(valid, unknown=EXCLUDE)
    return TrailQuestion(search, page, typed, told)
