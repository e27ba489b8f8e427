"""The cards of a participant's home: what each is called in the templates, and which use case fills it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from mentormatch.web.access import services

Look = Callable[[int, int], object]
"""Finds what one card shows, for (programme id, account id): a frozen read model, or None where there is nothing."""

CARDS: Final[Mapping[str, Look]] = MappingProxyType(
    {
        "pairings": lambda programme_id, account_id: services().pairings.answering.mine(programme_id, account_id),
        "ladder": lambda programme_id, account_id: services().development.ladder.mine(programme_id, account_id),
        "plan": lambda programme_id, account_id: services().development.plan.mine(programme_id, account_id),
        "signup": lambda programme_id, account_id: services().changing_signup.mine(programme_id, account_id),
    }
)
"""A card more is a line here, an include in `web/my/home.html` and, if it can be the next step, one in `next.html`."""


def my_cards(programme_id: int, account_id: int) -> dict[str, object]:
    """Return everything the home shows, by the name of its card."""
    return {name: look(programme_id, account_id) for name, look in CARDS.items()}
