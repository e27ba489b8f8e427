"""The ground on which policies are tried: the people of now, frozen once for all of them, or those of a round."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import Final

from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import MentormatchError
from mentormatch.domain.policies import Policy
from mentormatch.domain.programmes import PolicySettings
from mentormatch.domain.rounds import RoundState
from mentormatch.matching.people import Person
from mentormatch.matching.problem import DEFAULT_SEED, MatchingProblem
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound
from mentormatch.persistence.repositories.adjustments import latest_act
from mentormatch.persistence.repositories.programmes import earlier_policies_of, programme_of, settings_of
from mentormatch.persistence.repositories.rounds import open_round, readiness_of
from mentormatch.services.freezing_inputs import FrozenInput, freeze, words_for
from mentormatch.services.stored_inputs import StoredInput, stored_input

MOST_KEPT: Final = 3
"""How many programmes' people are kept; five thousand take some tens of megabytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyNow:
    """The policy of a programme, its version, those before it, the newest first, and its unfinished round.

    `has_proposal` tells whether that round stands for a proposal.
    """

    version: int
    policy: PolicySettings
    earlier: tuple[PolicySettings, ...]
    open_round: int | None
    has_proposal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The policy of now, and on request everyone who takes part with what was decided about the unfinished round.

    `stored` is what a round was solved from, in place of the people of now. Grounds with the same `key` have the
    same people; `words` say why they could not be posed.
    """

    now: PolicyNow
    key: Hashable
    is_empty: bool
    frozen: FrozenInput | None = None
    stored: StoredInput | None = None
    words: str = ""

    @property
    def begin_with(self) -> PolicySettings:
        """The policy that others are held to first: the one of now, or the one by which the round was solved."""
        return self.stored.rules(self.now.policy) if self.stored else self.now.policy


class PosingPolicies:
    """Freezes the people of a programme for policies to be tried on."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock
        self._kept: OrderedDict[Hashable, FrozenInput] = OrderedDict()
        self._guard = Lock()

    def glance(self, programme_id: int) -> Ground:
        """Read the policy of now, and nobody's answers."""
        today = self._clock().date()
        with self._transactions.reading() as session:
            return _glance(session, programme_id, open_round(session, programme_id), today)

    def ground(self, programme_id: int) -> Ground:
        """Freeze the people of now."""
        today = self._clock().date()
        with self._transactions.reading() as session:
            unfinished = open_round(session, programme_id)
            glance = _glance(session, programme_id, unfinished, today)
            at = (unfinished.id, unfinished.seed) if unfinished else (0, DEFAULT_SEED)
            try:
                frozen = self._found(glance.key) or freeze(session, programme_id, *at, today)
            except MentormatchError as refused:
                return replace(glance, words=words_for(refused))
        return replace(glance, frozen=self._keep(glance.key, frozen))

    def stored(self, programme_id: int, number: int) -> Ground:
        """Take what a round was solved from; raises NotFound when it has no proposal."""
        today = self._clock().date()
        with self._transactions.reading() as session:
            glance = _glance(session, programme_id, open_round(session, programme_id), today)
            stored = stored_input(session, programme_id, number)
        return replace(glance, key=(programme_id, stored.sha256), is_empty=False, stored=stored)

    def _found(self, key: Hashable) -> FrozenInput | None:
        with self._guard:
            return self._kept.get(key)

    def _keep(self, key: Hashable, frozen: FrozenInput) -> FrozenInput:
        with self._guard:
            self._kept[key] = frozen
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return frozen


def _glance(session: Session, programme_id: int, unfinished: MatchingRound | None, today: date) -> Ground:
    row = programme_of(session, programme_id)
    at = (unfinished.id, unfinished.version, unfinished.seed) if unfinished else (0, 0, DEFAULT_SEED)
    now = PolicyNow(
        version=row.version,
        policy=settings_of(row).policy_settings(),
        earlier=earlier_policies_of(row),
        open_round=unfinished.number if unfinished else None,
        has_proposal=unfinished is not None and unfinished.state is RoundState.PROPOSED,
    )
    return Ground(
        now=now,
        key=(programme_id, row.inputs_version, latest_act(session, programme_id), at, today),
        is_empty=not readiness_of(session, programme_id).is_enough,
    )


def problem_under(frozen: FrozenInput, policy: Policy) -> MatchingProblem:
    """Pose the frozen people under another policy, whose usual targets may be others."""
    if policy.targets == frozen.policy.targets:
        return frozen.problem
    return replace(frozen.problem, people=tuple(_aiming(frozen, policy, one) for one in frozen.problem.people))


def _aiming(frozen: FrozenInput, policy: Policy, person: Person) -> Person:
    signup = frozen.people[person.id][1]
    targets = signup.targets_with(policy.targets[signup.position_aimed_at])
    return replace(person, targets=tuple(targets[c] for c in Competency))
