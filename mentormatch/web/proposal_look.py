"""The look at a proposal in its address: what is searched for, in which order, and the links that change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import request, url_for
from marshmallow import EXCLUDE, ValidationError

from mentormatch.domain.reviews import Look, PairOrder
from mentormatch.schemas.rounds import LookSchema

_SCHEMA: Final = LookSchema()


@dataclass(frozen=True, slots=True)
class AskedLook:
    """What the address asks for; a part that is not valid is passed over, as if it had not been typed."""

    look: Look
    typed: Mapping[str, str]


def read_look() -> AskedLook:
    """Read the look off the request's address."""
    typed = {name: request.args[name] for name in _SCHEMA.fields if request.args.get(name)}
    try:
        return AskedLook(_SCHEMA.load(typed, unknown=EXCLUDE), typed)
    except ValidationError as refused:
        valid = {name: value for name, value in typed.items() if name not in refused.messages_dict}
    return AskedLook(_SCHEMA.load(valid, unknown=EXCLUDE), valid)


def read_unpaired_pages() -> tuple[int, int]:
    """Read off the address which pages of the candidates and of the mentees without a partner are looked at."""
    asked = read_look().look
    return asked.page, asked.left_over_page


def links(asked: AskedLook, endpoint: str, **values: Any) -> dict[str, Any]:  # noqa: ANN401 -- parts of any address
    """Give the addresses that sort the pairs, and those of the pages of both lists with "{page}" for the number."""
    return {
        "sorts": {order.value: _sort_link(asked, order, endpoint, values) for order in PairOrder},
        "pairs_page": _page_address(asked, "page", "pairs", url_for(endpoint, **_kept(asked, "page"), **values)),
        "unpaired_page": _page_address(
            asked, "unpaired_page", "unpaired", url_for(endpoint, **_kept(asked, "unpaired_page"), **values)
        ),
    }


def _sort_link(asked: AskedLook, order: PairOrder, endpoint: str, values: Mapping[str, Any]) -> dict[str, str | None]:
    is_sorted, descending = asked.look.order is order, asked.look.descending
    turned = "down" if (not descending if is_sorted else order in {PairOrder.COVERAGE, PairOrder.SHARE}) else "up"
    kept: dict[str, Any] = {n: v for n, v in asked.typed.items() if n in {"q", "unpaired_page"}}
    href = url_for(endpoint, **values, **kept, order=order, direction=turned, _anchor="pairs")
    return {"href": href, "direction": ("descending" if descending else "ascending") if is_sorted else None}


def _kept(asked: AskedLook, name: str) -> dict[str, Any]:
    return {n: v for n, v in asked.typed.items() if n != name}


def _page_address(asked: AskedLook, name: str, anchor: str, address: str) -> str:
    return f"{address}{'&' if _kept(asked, name) else '?'}{name}={{page}}#{anchor}"
