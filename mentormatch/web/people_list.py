"""The list of participants in its address: what is looked for, in which order, and the links that change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for

from mentormatch.domain.certification import CERTIFICATION_TITLES
from mentormatch.domain.positions import POSITION_TITLES
from mentormatch.domain.searches import PAGE_SIZES, Missing, Order, Part
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.schemas.participants import WantedSchema
from mentormatch.web.questions import Question, paged, question_of

_SCHEMA: Final = WantedSchema()
_LABELS: Final = {
    "q": said("Search"),
    "part": said("Part"),
    "site": said("Site"),
    "position": said("Aims at"),
    "pursued": said("Pursues"),
    "held": said("Holds"),
    "state": said("State"),
    "missing": said("Missing"),
    "page": said("Page"),
    "size": said("Rows to a page"),
}
_HOW: Final = ("order", "direction", "size", "page")
"""What says how people are listed, not who."""
CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "part": {Part.OFFERS: said("Offers to mentor"), Part.WANTS: said("Wants a mentor"), Part.BOTH: said("Both")},
    "position": {position.value: title for position, title in POSITION_TITLES.items()},
    "pursued": {certification.value: title for certification, title in CERTIFICATION_TITLES.items()},
    "held": {certification.value: title for certification, title in CERTIFICATION_TITLES.items()},
    "state": {
        SignupState.UNCONFIRMED: said("Unconfirmed"),
        SignupState.ACTIVE: said("Active"),
        SignupState.PAUSED: said("Paused"),
        SignupState.WITHDRAWN: said("Withdrawn"),
        SignupState.ERASED: said("Erased"),
    },
    "missing": {
        Missing.STRENGTHS: said("Mentors who can teach nothing"),
        Missing.GAPS: said("Mentees without a gap"),
        Missing.PLACES: said("Mentors without a place"),
        Missing.MANAGER: said("No line manager named"),
        Missing.HOPES: said("Nothing hoped for"),
    },
    "size": {str(size): str(size) for size in PAGE_SIZES},
}
"""The words of what can be chosen in the filters, in their order."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One filter that is set, in words, and the address of the list without it."""

    words: str
    href: str


def read_question() -> Question:
    """Read off the request's address who is looked for, and how they are listed."""
    return question_of(_SCHEMA, _LABELS)


def list_address(question: Question, slug: str) -> str:
    """Give the address of the list as it is asked for, to go back to."""
    return _address(slug, dict(question.typed))


def links_of(question: Question, slug: str) -> dict[str, Any]:
    """Give every link of the list that changes what is asked for."""
    return {
        "sorts": {order.value: _sort_link(question, slug, order) for order in Order},
        "page_address": paged(_address(slug, question.kept)),
        "marks": _marks(question, slug),
        "everybody": _address(slug, {name: value for name, value in question.kept.items() if name in _HOW}),
    }


def _address(slug: str, kept: dict[str, Any]) -> str:
    return url_for("participants.list_participants", slug=slug, **kept)


def _marks(question: Question, slug: str) -> list[Mark]:
    return [
        Mark(
            said("%(label)s: %(words)s", label=_LABELS[name], words=CHOICES.get(name, {}).get(value, value)),
            _address(slug, {other: kept for other, kept in question.kept.items() if other != name}),
        )
        for name, value in question.kept.items()
        if name not in {*_HOW, *question.errors}
    ]


def _sort_link(question: Question, slug: str, order: Order) -> dict[str, str | None]:
    wanted = question.loaded.wanted
    is_sorted = wanted.order is order
    turned = "down" if is_sorted and not wanted.descending else "up"
    href = _address(slug, question.kept | {"order": order.value, "direction": turned})
    return {"href": href, "direction": ("descending" if wanted.descending else "ascending") if is_sorted else None}
