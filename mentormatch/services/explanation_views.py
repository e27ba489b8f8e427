"""What pages are told of alternatives and of what would help: the engine's explanation with the names of people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mentormatch.domain.pairings import Side
from mentormatch.matching.explanation import Alternative, ChangeKind, Explanation, Shortage
from mentormatch.matching.explanation import Change as Help
from mentormatch.matching.worth import Worth
from mentormatch.services.proposal_moves import Move, Someone
from mentormatch.services.standing_proposals import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What is lost by tiers; negative is a gain."""

    candidates: int
    mentees_paired: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeView:
    """Another partner, what choosing them loses in all, and who else would move; `is_exact` False: at least that."""

    mentor: Someone
    mentee: Someone
    loss: Loss
    is_exact: bool
    moves: tuple[Move, ...]
    others: tuple[Someone, ...]
    """Whom this mentor has now: each could be swapped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpView:
    """One change after which somebody has a partner, verified by solving; `gain` is the difference in all."""

    kind: ChangeKind
    gain: Loss
    partner: Someone | None
    floor_percent: int | None
    rule: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderView:
    """An eligible partner who is taken, and by whom."""

    partner: Someone
    coverage: int
    by: tuple[Someone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortageView:
    """Why somebody has no partner on one side, and the smallest changes that would give them one."""

    person: Someone
    side: Side
    taken: tuple[HolderView, ...]
    helps: tuple[HelpView, ...]
    was_searched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonExplained:
    """The best alternatives of one person on both sides, what another place would bring, and what would help."""

    as_mentee: tuple[AlternativeView, ...] = ()
    as_mentor: tuple[AlternativeView, ...] = ()
    place_gain: Loss | None = None
    place_is_exact: bool = True
    shortages: tuple[ShortageView, ...] = ()


class Named:
    """Turns what the engine says of opaque ids into what pages say of people."""

    def __init__(self, standing: Standing, pairs: Iterable[tuple[str, str]]) -> None:
        self._standing = standing
        self._mentees_of: dict[str, list[str]] = defaultdict(list)
        for mentor, mentee in sorted(pairs):
            self._mentees_of[mentor].append(mentee)

    def person(self, explanation: Explanation, engine_id: str) -> PersonExplained:
        """Take out what is said of one person."""
        found: dict[Side, tuple[AlternativeView, ...]] = {
            choices.side: tuple(map(self._alternative, choices.alternatives))
            for choices in explanation.choices
            if choices.person_id == engine_id
        }
        gains = [place.gain for place in explanation.places if place.mentor_id == engine_id and place.gain]
        return PersonExplained(
            as_mentee=found.get(Side.MENTEE, ()),
            as_mentor=found.get(Side.MENTOR, ()),
            place_gain=_loss(gains[0].worth) if gains else None,
            place_is_exact=not gains or gains[0].is_exact,
            shortages=tuple(self.shortages(explanation, engine_id)),
        )

    def shortages(self, explanation: Explanation, engine_id: str | None = None) -> Iterator[ShortageView]:
        """Name who has no partner and what would help them; only one person if asked so."""
        for shortage in explanation.shortages:
            if engine_id in (None, shortage.person_id):
                yield self._shortage(shortage)

    def _someone(self, engine_id: str) -> Someone:
        key = self._standing.participant_ids[engine_id]
        return Someone(id=key, name=self._standing.names.get(key, f"Participant {key}"))

    def _alternative(self, found: Alternative) -> AlternativeView:
        others = [one for one in self._mentees_of[found.mentor_id] if one != found.mentee_id]
        return AlternativeView(
            mentor=self._someone(found.mentor_id),
            mentee=self._someone(found.mentee_id),
            loss=_loss(found.loss),
            is_exact=found.is_exact,
            moves=tuple(self._move(move) for move in found.moves if move.mentee_id != found.mentee_id),
            others=tuple(map(self._someone, others)),
        )

    def _move(self, move: Any) -> Move:  # noqa: ANN401 -- the engine's move, which has the same name
        before, after = (self._someone(one) if one else None for one in (move.before, move.after))
        return Move(mentee=self._someone(move.mentee_id), before=before, after=after)

    def _shortage(self, shortage: Shortage) -> ShortageView:
        return ShortageView(
            person=self._someone(shortage.person_id),
            side=shortage.side,
            taken=tuple(
                HolderView(
                    partner=self._someone(holder.partner_id),
                    coverage=holder.coverage,
                    by=tuple(map(self._someone, holder.partners)),
                )
                for holder in shortage.taken
            ),
            helps=tuple(map(self._help, shortage.changes)),
            was_searched=shortage.was_searched,
        )

    def _help(self, change: Help) -> HelpView:
        return HelpView(
            kind=change.kind,
            gain=_loss(change.difference),
            partner=self._someone(change.partner_id) if change.partner_id else None,
            floor_percent=change.floor_percent,
            rule=change.rule,
        )


def _loss(worth: Worth) -> Loss:
    return Loss(candidates=worth.candidates, mentees_paired=worth.paired, points=worth.points)
