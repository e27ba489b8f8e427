"""The list of participants in its address: what is looked for, in which order, and the links that change it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import request, url_for
from marshmallow import EXCLUDE, ValidationError

from mentormatch.domain.searches import Order, Wanted
from mentormatch.schemas.participants import WantedSchema

_SCHEMA: Final = WantedSchema()
_LABELS: Final = {"q": "Search", "part": "Part", "site": "Site", "pursued": "Pursues", "state": "State", "page": "Page"}


@dataclass(frozen=True, slots=True)
class Question:
    """What the address asks for; a part that is not valid is left out and named in `errors`."""

    wanted: Wanted
    page: int
    typed: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)


def read_question() -> Question:
    """Read the question off the request's address."""
    typed = {name: request.args[name] for name in _SCHEMA.fields if request.args.get(name)}
    try:
        wanted, page = _SCHEMA.load(typed, unknown=EXCLUDE)
        return Question(wanted, page, typed)
    except ValidationError as refused:
        faults = refused.messages_dict
    valid = {name: value for name, value in typed.items() if name not in faults}
    wanted, page = _SCHEMA.load(valid, unknown=EXCLUDE)
    return Question(
        wanted, page, typed, {name: f"{_LABELS.get(name, name)}: {told[0]}" for name, told in faults.items()}
    )


def sort_links(question: Question, slug: str) -> dict[str, dict[str, str | None]]:
    """Give, for every order, the address that sorts by it (or turns it round) and how it is sorted now."""
    return {order.value: _sort_link(question, slug, order) for order in Order}


def page_address(question: Question, slug: str) -> str:
    """Give the address of this list's pages with "{page}" where the number goes."""
    kept: dict[str, Any] = {name: value for name, value in question.typed.items() if name != "page"}
    address = url_for("participants.list_participants", slug=slug, **kept)
    return f"{address}{'&' if kept else '?'}page={{page}}"


def _sort_link(question: Question, slug: str, order: Order) -> dict[str, str | None]:
    wanted = question.wanted
    is_sorted = wanted.order is order
    kept: dict[str, Any] = {n: v for n, v in question.typed.items() if n not in {"page", "order", "direction"}}
    turned = "down" if is_sorted and not wanted.descending else "up"
    href = url_for("participants.list_participants", slug=slug, **kept, order=order.value, direction=turned)
    return {"href": href, "direction": ("descending" if wanted.descending else "ascending") if is_sorted else None}
