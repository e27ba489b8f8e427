"""The look at a proposal in its address: what is searched for, in which order, and the links that change it."""

from collections.abc import Mapping
from typing import Any, Final

from flask import url_for

from mentormatch.domain.reviews import PairOrder
from mentormatch.schemas.rounds import LookSchema
from mentormatch.web.questions import Question, paged, question_of

_SCHEMA: Final = LookSchema()


def read_look() -> Question:
    """Read the look off the request's address; a part that is not valid is passed over."""
    return question_of(_SCHEMA)


def read_unpaired_pages() -> tuple[int, int]:
    """Read off the address which pages of the candidates and of the mentees without a partner are looked at."""
    look = read_look().loaded
    return look.page, look.left_over_page


def links(asked: Question, endpoint: str, **values: Any) -> dict[str, Any]:  # noqa: ANN401 -- parts of any address
    """Give the addresses that sort the pairs, and those of the pages of both lists with "{page}" for the number."""
    return {
        "sorts": {order.value: _sort_link(asked, order, endpoint, values) for order in PairOrder},
        "pairs_page": _page_address(asked, "page", endpoint, values | {"_anchor": "pairs"}),
        "unpaired_page": _page_address(asked, "unpaired_page", endpoint, values | {"_anchor": "unpaired"}),
    }


def _page_address(asked: Question, name: str, endpoint: str, values: Mapping[str, Any]) -> str:
    kept: dict[str, Any] = {other: value for other, value in asked.typed.items() if other != name}
    return paged(url_for(endpoint, **kept, **values), name)


def _sort_link(asked: Question, order: PairOrder, endpoint: str, values: Mapping[str, Any]) -> dict[str, str | None]:
    is_sorted, descending = asked.loaded.order is order, asked.loaded.descending
    turned = "down" if (not descending if is_sorted else order in {PairOrder.COVERAGE, PairOrder.SHARE}) else "up"
    kept: dict[str, Any] = {n: v for n, v in asked.typed.items() if n in {"q", "unpaired_page"}}
    href = url_for(endpoint, **values, **kept, order=order, direction=turned, _anchor="pairs")
    return {"href": href, "direction": ("descending" if descending else "ascending") if is_sorted else None}
