"""What-if: up to four policies on the same people, what each comes to, and who would be paired otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mentormatch.domain.programmes import PolicySettings
from mentormatch.domain.sentences import said
from mentormatch.matching.comparing import Outcome, Share, compare
from mentormatch.matching.solution import MatchingSolution, Totals
from mentormatch.matching.solve import Cancelled
from mentormatch.services.posing_policies import Ground, PosingPolicies
from mentormatch.services.weighing_policies import key_of
from mentormatch.services.working_out import Standing, Worked, WorkingOut

CHANGES_PER_PAGE: Final = 25
_GONE: Final = said("somebody who is gone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A round under one policy, and the mentees whose mentor is another one than under the first.

    `load` counts the mentors by the number of their mentees; `changed` names mentee, mentor under the first policy
    and mentor under this one, by the engine's ids.
    """

    totals: Totals
    is_proven: bool
    lowest: Share | None
    median: Share | None
    load: tuple[int, ...]
    changed: tuple[tuple[str, str | None, str | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedMentee:
    """A mentee by name, with the mentor under the first policy and under another; None for nobody."""

    mentee: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """One page of the mentees for whom something changes, by name."""

    lines: tuple[ChangedMentee, ...]
    page: int
    pages: int
    found: int


class ComparingPolicies:
    """Solves the same round under several policies; nothing is kept in the database."""

    def __init__(self, posing: PosingPolicies, working_out: WorkingOut[tuple[Trial, ...]]) -> None:
        self._posing = posing
        self._working_out = working_out

    def glance(self, programme_id: int, number: int | None = None) -> Ground:
        """Return the policy as it is now, without the people; of a round also what it was solved from."""
        return self._posing.glance(programme_id) if number is None else self._posing.stored(programme_id, number)

    def ground(self, programme_id: int, number: int | None = None) -> Ground:
        """Return the policy as it is now, on the people of now or on what a round was solved from.

        Raises NotFound for a round without a proposal.
        """
        return self._posing.ground(programme_id) if number is None else self._posing.stored(programme_id, number)

    def compare(self, ground: Ground, chosen: Sequence[PolicySettings], owner: object) -> Worked[tuple[Trial, ...]]:
        """Say what each policy comes to, or that it is being worked out for `owner`, who asks again.

        The policies share the usual targets of the programme, which belong to the people and not to the comparison.
        """
        held = ground.stored or ground.frozen
        if held is None:
            return Worked(standing=Standing.REFUSED, words=ground.words)
        problem = held.problem
        policies = [ground.stored.under(one) if ground.stored else one.policy() for one in chosen]

        def work(cancelled: Cancelled) -> tuple[Trial, ...]:
            outcomes = compare(problem, policies, cancelled=cancelled).outcomes
            return tuple(_trial(outcome, outcomes[0].solution) for outcome in outcomes)

        return self._working_out.ask(("compared", owner), (ground.key, *map(key_of, policies)), work)

    def changes(self, ground: Ground, trial: Trial, page: int) -> ChangesPage:
        """List those for whom a policy changes something, by name; a page beyond the last is the last."""
        names = _names(ground)
        lines = [
            ChangedMentee(mentee=names.get(a, _GONE), before=b and names.get(b, _GONE), after=c and names.get(c, _GONE))
            for a, b, c in trial.changed
        ]
        lines.sort(key=lambda line: (line.mentee.casefold(), line.mentee))
        pages = max(1, -(-len(lines) // CHANGES_PER_PAGE))
        page = min(page, pages)
        shown = lines[(page - 1) * CHANGES_PER_PAGE : page * CHANGES_PER_PAGE]
        return ChangesPage(lines=tuple(shown), page=page, pages=pages, found=len(lines))


def _names(ground: Ground) -> Mapping[str, str]:
    if ground.stored:
        return ground.stored.names
    return {key: signup.name for key, (_, signup) in ground.frozen.people.items()} if ground.frozen else {}


def _trial(outcome: Outcome, first: MatchingSolution) -> Trial:
    before, after = ({p.mentee_id: p.mentor_id for p in each.pairings} for each in (first, outcome.solution))
    moved = sorted(key for key in {*before, *after} if before.get(key) != after.get(key))
    return Trial(
        totals=outcome.solution.totals,
        is_proven=outcome.solution.is_proven,
        lowest=outcome.lowest,
        median=outcome.median,
        load=outcome.load,
        changed=tuple((key, before.get(key), after.get(key)) for key in moved),
    )
