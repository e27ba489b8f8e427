"""What the core solves: two sides, what their pairs are worth, who may not be paired, and who has how many places."""

from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.keys import among, united
from mentormatch.matching.core.rules import Rule

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

FORCED: Final = 2**60
"""The bonus of a place that must be filled whatever it costs."""

_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Every mentor's places in classes, the dearest first: `counts` and `bonuses` have a row per class."""

    counts: Ints
    bonuses: Ints

    @classmethod
    def plain(cls, counts: Ints) -> Self:
        """Make places without any bonus."""
        return cls(counts[None, :], np.zeros((1, len(counts)), dtype=np.int64))

    @property
    def capacity(self) -> Ints:
        """Count each mentor's places."""
        return np.asarray(self.counts.sum(axis=0))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Arcs:
    """Pairs by the numbers of their mentee and mentor, and what each is worth."""

    mentee: NDArray[np.int32]
    mentor: NDArray[np.int32]
    worth: Ints

    @classmethod
    def joined(cls, *parts: "Arcs") -> "Arcs":
        """Put several lists of pairs one after another."""
        return cls(
            mentee=np.concatenate([np.empty(0, np.int32), *(part.mentee for part in parts)]),
            mentor=np.concatenate([np.empty(0, np.int32), *(part.mentor for part in parts)]),
            worth=np.concatenate([np.empty(0, np.int64), *(part.worth for part in parts)]),
        )

    def where(self, chosen: Mask | NDArray[np.intp]) -> "Arcs":
        """Keep the chosen pairs."""
        if chosen.dtype == np.bool_ and np.count_nonzero(chosen) * 2 < len(chosen):
            # Of a few, the places are found once and not three times.
            chosen = np.flatnonzero(chosen)
        return Arcs(mentee=self.mentee[chosen], mentor=self.mentor[chosen], worth=self.worth[chosen])

    def slack(self, prices: "Prices") -> Ints:
        """Tell by how much the prices of both sides exceed each pair's worth."""
        # Millions of pairs are asked for this over and over; taken like that it needs half the time.
        slack = prices.mentee.take(self.mentee)
        slack += prices.mentor.take(self.mentor)
        slack -= self.worth
        return slack

    def including(self, mentor_of: Ints) -> "Arcs":
        """Add those pairs of an assignment that are not there, worth nothing as yet."""
        there = mentor_of < 0
        there[self.mentee[mentor_of.take(self.mentee) == self.mentor]] = True
        mentee = np.flatnonzero(~there)
        if not len(mentee):
            return self
        own = mentee.astype(np.int32), mentor_of[mentee].astype(np.int32), np.zeros_like(mentee)
        return Arcs.joined(self, Arcs(mentee=own[0], mentor=own[1], worth=own[2]))

    def __len__(self) -> int:
        return len(self.worth)


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """A whole-number price for every mentee and for every mentor's place."""

    mentee: Ints
    mentor: Ints


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Market:
    """Mentees and mentors by number; a pair is worth `per_pair` and its score, which is `wants` times `teaches`.

    The first columns, as many as are `closing`, give the coverage alone; those after them points of preference. The few
    pairs in `wished`, in the order of their keys, have a score of their own. A pair is allowed when its coverage is at
    least the mentee's `least`, no rule keeps it apart and it is not among those kept `apart` (sorted keys, mentee times
    number of mentors plus mentor); of the wished pairs only those are there that all but the last allow.
    """

    wants: Floats
    teaches: Floats
    closing: int
    least: Ints
    rules: tuple[Rule, ...]
    apart: Ints
    places: Places
    wished: Arcs = field(default_factory=Arcs.joined)
    per_pair: int = 0

    @property
    def mentees(self) -> int:
        """Count the mentees."""
        return len(self.wants)

    @property
    def mentors(self) -> int:
        """Count the mentors."""
        return len(self.teaches)

    def keys_of(self, arcs: Arcs) -> Ints:
        """Give the keys of pairs."""
        return np.asarray(arcs.mentee.astype(np.int64) * self.mentors + arcs.mentor)

    def score(self, mentee: NDArray[np.integer], mentor: NDArray[np.integer]) -> Ints:
        """Compute the score of the given pairs."""
        found = np.empty(len(mentee), dtype=np.int64)
        for start in range(0, len(mentee), _CHUNK):
            part = slice(start, start + _CHUNK)
            found[part] = np.einsum("ek,ek->e", self.wants[mentee[part]], self.teaches[mentor[part]])
        if len(self.wished):
            known, asked = self.keys_of(self.wished), mentee.astype(np.int64) * self.mentors + mentor
            at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
            found = np.where(known[at] == asked, self.wished.worth[at], found)
        return found

    def points(self, mentees: NDArray[np.intp] | slice, mentors: NDArray[np.intp] | slice) -> Floats:
        """Compute what of the product is no coverage, mentees as rows."""
        if self.closing == self.wants.shape[1]:
            return np.zeros((1, 1), dtype=np.float32)
        return np.asarray(self.wants[mentees, self.closing :] @ self.teaches[mentors, self.closing :].T)

    def singled(self) -> Arcs:
        """List the wished pairs that are not kept apart, with what they are worth."""
        arcs = self.wished.where(~among(self.apart, self.keys_of(self.wished)))
        return Arcs(mentee=arcs.mentee, mentor=arcs.mentor, worth=arcs.worth + self.per_pair)

    def marked(self, arcs: Arcs, keys: Ints) -> Mask:
        """Mark those of very many pairs that are among a few, given by their sorted keys."""
        concerned = np.zeros(self.mentees, dtype=bool)
        concerned[keys // max(1, self.mentors)] = True
        found = concerned.take(arcs.mentee)
        here = np.flatnonzero(found)
        found[here] = among(keys, self.keys_of(arcs.where(here)))
        return found

    def fresh(self, arcs: Arcs, *known: Arcs) -> Arcs:
        """Keep the pairs that are in none of the lists of known ones, which may be very long."""
        keys = self.keys_of(arcs)
        asked = np.sort(keys)
        there = united(*(self.keys_of(part.where(self.marked(part, asked))) for part in known))
        return arcs.where(~among(there, keys))

    def aside(self) -> Ints:
        """Give the sorted keys of the pairs that a product says nothing about: kept apart or wished."""
        return united(self.apart, self.keys_of(self.wished)) if len(self.wished) else self.apart

    def highest(self) -> int:
        """Give a score that no pair exceeds."""
        product = self.wants @ self.teaches.max(axis=0, initial=0)
        return int(max(product.max(initial=0), self.wished.worth.max(initial=0)))

    def first(self, mentees: int, mentors: int) -> "Market":
        """Cut out the round of the first so many people of either side, without any bonuses."""
        mentee, mentor = np.divmod(self.apart, max(1, self.mentors))
        inside = (mentee < mentees) & (mentor < mentors)
        return Market(
            wants=self.wants[:mentees],
            teaches=self.teaches[:mentors],
            closing=self.closing,
            least=self.least[:mentees],
            rules=tuple(rule.among(slice(mentees), slice(mentors)) for rule in self.rules),
            apart=mentee[inside] * mentors + mentor[inside],
            places=Places.plain(self.places.capacity[:mentors]),
            wished=self.wished.where((self.wished.mentee < mentees) & (self.wished.mentor < mentors)),
            per_pair=self.per_pair,
        )
