"""The list of notices in its address: what is looked for, and the links that narrow it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import request, url_for
from marshmallow import EXCLUDE, ValidationError

from mentormatch.domain.notices import NoticeSearch
from mentormatch.schemas.notices import NoticeSearchSchema

_SCHEMA: Final = NoticeSearchSchema()
_LABELS: Final = {"q": "Search", "state": "State", "kind": "Kind", "round": "Round", "page": "Page"}


@dataclass(frozen=True, slots=True)
class NoticeQuestion:
    """What the address asks for; a part that is not valid is left out and named in `errors`."""

    search: NoticeSearch
    page: int
    typed: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)

    def address(self, slug: str, **other: str) -> str:
        """Give the address of the list with some parts changed; an empty one goes away, and so does the page."""
        kept: dict[str, Any] = {name: value for name, value in self.typed.items() if name != "page"} | other
        return url_for("notices.list_notices", slug=slug, **{n: v for n, v in kept.items() if v})

    def page_address(self, slug: str) -> str:
        """Give the address of this list's pages with "{page}" where the number goes."""
        address = self.address(slug)
        return f"{address}{'&' if '?' in address else '?'}page={{page}}"


def read_question() -> NoticeQuestion:
    """Read the question off the request's address."""
    typed = {name: request.args[name] for name in _SCHEMA.fields if request.args.get(name)}
    try:
        search, page = _SCHEMA.load(typed, unknown=EXCLUDE)
        return NoticeQuestion(search, page, typed)
    except ValidationError as refused:
        faults = refused.messages_dict
    valid = {name: value for name, value in typed.items() if name not in faults}
    told = {name: f"{_LABELS.get(name, name)}: {messages[0]}" for name, messages in faults.items()}
    search, page = _SCHEMA.load(valid, unknown=EXCLUDE)
    return NoticeQuestion(search, page, typed, told)
