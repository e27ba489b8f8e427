"""Looking through a proposal: what may be searched for, in which order pairs are listed, and pages of long lists."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

PAGE_SIZE: Final = 100

Row = TypeVar("Row")
Other = TypeVar("Other")


class PairOrder(StrEnum):
    """The orders in which the pairs of a proposal can be listed."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    COVERAGE = "coverage"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Which part of a proposal is looked at: names or sites searched for, order, and the pages of its two lists."""

    text: str = ""
    order: PairOrder = PairOrder.MENTOR
    descending: bool = False
    page: int = 1
    left_over_page: int = 1


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a long list: its rows, its number, and how many pages and rows there are in all."""

    rows: tuple[Row, ...]
    number: int
    pages: int
    total: int

    def of(self, rows: tuple[Other, ...]) -> "Page[Other]":
        """Return the same page with its rows drawn out into something fuller."""
        return Page(rows, self.number, self.pages, self.total)


def page_of(rows: Sequence[Row], number: int, size: int = PAGE_SIZE) -> Page[Row]:
    """Cut the page with this number out of a list; a number beyond the end gives the last page."""
    pages = max(1, -(-len(rows) // size))
    here = min(max(number, 1), pages)
    return Page(tuple(rows[(here - 1) * size : here * size]), here, pages, len(rows))


def plain(text: str) -> str:
    """Return text without case and accents, so that "jose" finds "José" on every database alike."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()
