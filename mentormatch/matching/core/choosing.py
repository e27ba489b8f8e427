"""The one best solution of a market: its tiers, then nearness, then lots, without loops, with the prices as proof."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from mentormatch.matching.core.faces import Face
from mentormatch.matching.core.keys import among
from mentormatch.matching.core.loops import Charges, Charging, Loop, Outcome, TiersMixed, Trial, Twins, Worth, by_key
from mentormatch.matching.core.market import Ints, Prices
from mentormatch.matching.core.opening import Former
from mentormatch.matching.core.placed import Placed, Start
from mentormatch.matching.core.tiers import Tiered, tiered_optimum
from mentormatch.matching.core.tight import Numbers, Values
from mentormatch.matching.core.tiles import Check

_FIRST_SHARE: Final = 16
_MOST_TIMES: Final = 4
_DRAWS: Final = 8
_HIGHEST_DRAW: Final = 1 << 12


@dataclass(frozen=True, slots=True, eq=False)
class Hints:
    """What did well on a similar market: the charges of all stages, the prices of those after the score, the choice.

    Also a core of pairs, by their sorted keys, that were enough for the lots, and of one of the same people, which
    pairs were listed.
    """

    charges: tuple[Charges, ...] = ()
    prices: tuple[Prices, ...] = ()
    mentor_of: Ints | None = None
    core: Ints | None = None
    former: Former | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Choice:
    """For each mentee the mentor or -1, and what proves this the best: a bound and prices per tier, charges per stage.

    The tiers are the counts and the score, which are one stage, nearness and lots; those behind a loop to branch on,
    `trouble`, are not there.
    """

    mentor_of: Ints
    bounds: Worth
    tiered: Tiered
    prices: tuple[Prices, ...]
    charges: tuple[Charges, ...]
    trouble: Loop | None
    core: Ints | None = None
    former: Former | None = None

    @property
    def hints(self) -> Hints:
        """Give what may do well on a similar market."""
        return Hints(self.charges, self.prices[len(self.tiered.prices) :], self.mentor_of, self.core, self.former)


@dataclass(frozen=True, slots=True, eq=False)
class _Given:
    charges: tuple[Charges, ...]
    starts: tuple[Start, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Chooser:
    """Knows a market's twins, the sorted keys of pairs to stay near to, and its lots."""

    twins: Twins
    near: Ints
    lots: Values
    check: Check

    def choose(self, tiered: Tiered, hints: Hints | None = None) -> Choice:
        """Choose among the best solutions the one with most pairs near, then by lots."""
        # A direction that may not be used any more must not come back with a charge.
        apart, hints = tiered.market.apart, hints or Hints()
        known = tuple(
            {loop: charge for loop, charge in charges.items() if not among(apart, np.array(loop)).any()}
            for charges in hints.charges
        )
        cores = None, hints.core  # nearness has numbers of its own
        starts = tuple(Start(prices, hints.mentor_of, core) for prices, core in zip(hints.prices, cores, strict=False))
        given = _Given((*known, {}, {}, {}), starts)
        scored = self._score(tiered, given)
        proof = scored.proof
        found = Choice(
            mentor_of=scored.mentor_of,
            bounds=proof.bound,
            tiered=proof.state,
            prices=proof.state.prices,
            charges=(proof.charges,),
            trouble=scored.trouble,
        )
        if found.trouble is not None:
            return found
        columns = proof.state.columns
        # Who is near changes which pairs are open to lots, and what was known of these holds no more.
        former = None if len(self.near) else hints.former
        face = Face.of(columns, self.lots, self.check, former)
        obliged = frozenset(loop for loop, charge in proof.charges.items() if charge > 0)
        return self._settled_on(face, obliged, found, given)

    def _settled_on(self, face: Face, obliged: frozenset[Loop], found: Choice, given: _Given) -> Choice:
        """Go on with nearness, where anyone is to stay near, and with lots on what the score leaves open."""
        if not len(self.near):
            found = _extended(found, _indifferent(face, self._nearness(face), found.mentor_of))
        else:
            outcome = self._on_face(face, self._nearness(face), given, 1, obliged)
            found = _extended(found, outcome)
            if found.trouble is not None:
                return found
            face = face.narrowed(outcome.proof.state)
            obliged |= {loop for loop, charge in outcome.proof.charges.items() if charge > 0}
        outcome = self._on_face(face, self.lots, given, 2, obliged)
        # Who is near changes which pairs are open to lots: what is known of these would not hold for another round.
        former = None if outcome.trouble is not None or len(self.near) else _former(found, face, outcome)
        return replace(_extended(found, outcome), core=outcome.proof.state.core, former=former)

    def _nearness(self, face: Face) -> Values:
        mentors = len(face.least)
        return lambda mentee, mentor: among(self.near, mentee.astype(np.int64) * mentors + mentor).astype(np.int64)

    def _score(self, tiered: Tiered, given: _Given) -> Outcome[Tiered]:
        """Settle the counts and the score; charges stay too small to mix with the counts."""
        highest = 1 << tiered.columns.market.highest().bit_length()

        latest = [tiered]

        def attempt(charges: Charges) -> Trial[Tiered]:
            self.check()
            # From where the last charges led, as these differ little.
            try:
                latest[0] = latest[0].charged(*by_key(charges), self.check)
            except TiersMixed:
                if charges:
                    raise
                latest[0] = tiered_optimum(tiered.market, tiered.counts, self.check)
            state = latest[0]
            mentor_of = state.columns.flow.mentor_of
            worth = tiered.worth_of(mentor_of)
            bound = (*worth[:-1], worth[-1] + self._unpaid(charges, mentor_of))
            return Trial(bound, worth, mentor_of, state, charges)

        def others(trial: Trial[Tiered]) -> Iterator[Trial[Tiered]]:
            face = Face.of(trial.state.columns, self.lots, self.check)
            for mentor_of in self._elsewhere(face, trial.mentor_of):
                yield replace(trial, mentor_of=mentor_of, worth=tiered.worth_of(mentor_of))

        most, step = _MOST_TIMES * highest, max(1, highest // _FIRST_SHARE)
        return Charging(attempt, others, self.twins, given.charges[0], frozenset(), step, most).settle()

    def _on_face(
        self, face: Face, values: Values, given: _Given, stage: int, obliged: frozenset[Loop]
    ) -> Outcome[Placed]:
        highest = int(values(face.listed.mentee, face.listed.mentor).max(initial=0))
        latest = [given.starts[stage - 1] if stage <= len(given.starts) else None]

        def attempt(charges: Charges) -> Trial[Placed]:
            self.check()
            flow = face.best(_charged(values, *by_key(charges), len(face.least)), self.check, latest.pop())
            latest.append(Start(flow.prices, flow.mentor_of, flow.core))
            total = _total(values, flow.mentor_of)
            bound = total + self._unpaid(charges, flow.mentor_of)
            return Trial((bound,), (total,), flow.mentor_of, flow, charges)

        def others(trial: Trial[Placed]) -> Iterator[Trial[Placed]]:
            for mentor_of in self._elsewhere(face.narrowed(trial.state), trial.mentor_of):
                yield replace(trial, mentor_of=mentor_of, worth=(_total(values, mentor_of),))

        possible = frozenset(face.keys().tolist()) if given.charges[stage] else frozenset()
        known = {loop: charge for loop, charge in given.charges[stage].items() if possible.issuperset(loop)}
        most, step = max(1, _MOST_TIMES * highest), max(1, highest // _FIRST_SHARE)
        return Charging(attempt, others, self.twins, known, obliged, step, most).settle()

    def _elsewhere(self, face: Face, mentor_of: Ints) -> Iterator[Ints]:
        """Draw other solutions of a face, each avoiding one direction of every loop of those before."""
        avoided = set[int]()
        for turn in range(_DRAWS):
            loops = self.twins.loops(mentor_of)
            if any(avoided.intersection(loop) for loop in loops):
                # It is used although it was to be avoided: the face has nothing else.
                return
            avoided |= {loop[(turn + at) % 2] for at, loop in enumerate(loops)}
            mentor_of = face.best(self._draw(np.array(sorted(avoided), dtype=np.int64)), self.check).mentor_of
            yield mentor_of

    def _draw(self, avoided: Ints) -> Values:
        """Give every pair a small number made from its lot, and nothing to those to be avoided."""
        mentors = len(self.twins.mentee)

        def drawn(mentee: Numbers, mentor: Numbers) -> Ints:
            is_avoided = among(avoided, mentee.astype(np.int64) * mentors + mentor)
            return np.where(is_avoided, 0, self.lots(mentee, mentor) % _HIGHEST_DRAW + _HIGHEST_DRAW)

        return drawn

    def _unpaid(self, charges: Charges, mentor_of: Ints) -> int:
        """Add up what charges give back beyond what an assignment pays."""
        return sum(charge * (1 - self.twins.uses(loop, mentor_of)) for loop, charge in charges.items())


def _former(found: Choice, face: Face, outcome: Outcome[Placed]) -> Former | None:
    """Keep what is known of the pairs for a similar market, unless charges made lots other than they are."""
    seen = outcome.proof.state.seen
    if seen is None or outcome.proof.charges:
        return None
    return Former(prices=found.tiered.columns.flow.prices, listed=face.listed, seen=seen)


def _indifferent(face: Face, values: Values, mentor_of: Ints) -> Outcome[Placed]:
    """Keep what was found where no pair is worth anything in a stage."""
    nothing = Prices(np.zeros(len(face.must), dtype=np.int64), np.zeros(len(face.least), dtype=np.int64))
    trial = Trial((0,), (0,), mentor_of, Placed(mentor_of, nothing, values), {})
    return Outcome(trial, mentor_of, None)


def _total(values: Values, mentor_of: Ints) -> int:
    """Add up what the pairs of an assignment are worth."""
    rows = np.flatnonzero(mentor_of >= 0)
    return sum(values(rows, mentor_of[rows]).tolist())


def _extended(found: Choice, outcome: Outcome[Placed]) -> Choice:
    proof = outcome.proof
    return replace(
        found,
        mentor_of=outcome.mentor_of,
        bounds=(*found.bounds, *proof.bound),
        prices=(*found.prices, proof.state.prices),
        charges=(*found.charges, proof.charges),
        trouble=outcome.trouble,
    )


def _charged(values: Values, keys: Ints, charges: Ints, mentors: int) -> Values:
    """Take charges, given by their sorted keys, off what pairs are worth."""
    if not len(keys):
        return values

    def charged(mentee: Numbers, mentor: Numbers) -> Ints:
        asked = mentee.astype(np.int64) * mentors + mentor
        at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
        return np.asarray(values(mentee, mentor) - np.where(keys[at] == asked, charges[at], 0))

    return charged
