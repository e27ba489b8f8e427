"""What each rule of a policy costs now: the round is solved once more without it, and held against the one with it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from mentormatch.domain.errors import SolvingCancelled
from mentormatch.domain.policies import Objective, Policy
from mentormatch.domain.programmes import PolicySettings
from mentormatch.matching.core.pricing import allowed_pairs
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.sides import sides_of
from mentormatch.matching.solution import Totals
from mentormatch.matching.solve import Cancelled, solve
from mentormatch.schemas.policy import policy_as_json
from mentormatch.services.posing_policies import Ground, PosingPolicies, problem_under
from mentormatch.services.working_out import Standing, Worked, WorkingOut


class PolicyRule(StrEnum):
    """What a policy may ask for beyond closing gaps, each of which may cost something."""

    OBJECTIVE = "objective"
    FLOOR = "floor_percent"
    SHARED_LANGUAGE = "shared_language"
    COMMON_HOURS = "minimum_common_hours"
    OTHER_SITE = "other_site_only"
    EARLIER_PAIRINGS = "allow_earlier_pairings"
    WISHES = "wish_points"
    COMMON_HOUR_POINTS = "common_hour_points"
    WAITING = "waiting_points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a rule costs: what the round would come to without it, less what it comes to with it.

    Candidates go before everything else, so a rule that keeps some from being served can cost less than nothing.
    """

    rule: PolicyRule
    eligible_pairs: int
    coverage: int
    mentees_paired: int
    candidates_served: int

    @property
    def is_nothing(self) -> bool:
        """Whether everything would be the same without the rule."""
        return not (self.eligible_pairs or self.coverage or self.mentees_paired or self.candidates_served)


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What a round comes to under a policy, and what each of its rules costs; rules that are off are not there."""

    totals: Totals
    is_proven: bool
    costs: tuple[Cost, ...]


class WeighingPolicies:
    """Tells what a policy costs before it is saved; nothing is kept in the database."""

    def __init__(self, posing: PosingPolicies, working_out: WorkingOut[Costs]) -> None:
        self._posing = posing
        self._working_out = working_out

    def glance(self, programme_id: int) -> Ground:
        """Return the policy as it is now, without the people."""
        return self._posing.glance(programme_id)

    def ground(self, programme_id: int) -> Ground:
        """Return the policy as it is now, on the people of now."""
        return self._posing.ground(programme_id)

    def known(self, ground: Ground) -> Worked[Costs] | None:
        """Return what the policy of now costs, if that has been worked out already."""
        return self._working_out.known((ground.key, key_of(ground.now.policy.policy())))

    def weigh(self, ground: Ground, chosen: PolicySettings, owner: object) -> Worked[Costs]:
        """Say what each rule of a policy costs, or that it is being worked out for `owner`, who asks again."""
        policy, frozen = chosen.policy(), ground.frozen
        if frozen is None:
            return Worked(standing=Standing.REFUSED, words=ground.words)

        def work(cancelled: Cancelled) -> Costs:
            return costs_of(problem_under(frozen, policy), policy, cancelled)

        return self._working_out.ask(("costs", owner), (ground.key, key_of(policy)), work)


def key_of(policy: Policy) -> str:
    """Give a text that is the same for equal policies only."""
    return json.dumps(policy_as_json(policy), sort_keys=True)


def costs_of(problem: MatchingProblem, policy: Policy, cancelled: Cancelled | None = None) -> Costs:
    """Solve a round with and without each rule of a policy; raises SolvingCancelled when `cancelled` says so."""
    standing = solve(problem, policy, cancelled=cancelled)
    with_it = standing.totals
    costs = []
    for rule, relaxed in relaxations(policy):
        if _is_idle(problem, rule, with_it) or _frees_nobody(problem, rule, relaxed, with_it, cancelled):
            without = with_it
        else:
            without = solve(problem, relaxed, after=standing, cancelled=cancelled).totals
        costs.append(_cost(rule, with_it, without))
    return Costs(totals=with_it, is_proven=standing.is_proven, costs=tuple(costs))


def _is_idle(problem: MatchingProblem, rule: PolicyRule, with_it: Totals) -> bool:
    """Tell whether it can be seen without solving that a rule which is no hard one changes nothing."""
    match rule:
        case PolicyRule.OBJECTIVE:
            return with_it.mentees_paired == with_it.mentees
        case PolicyRule.WISHES:
            return not problem.wishes
        case PolicyRule.WAITING:
            return not any(person.wants_mentor and person.rounds_waited for person in problem.people)
        case _:
            return False


def _frees_nobody(
    problem: MatchingProblem, rule: PolicyRule, relaxed: Policy, with_it: Totals, cancelled: Cancelled | None
) -> bool:
    """Tell whether a hard rule keeps no pair apart: then the round without it is the very same."""
    return rule in _HARD and _eligible(problem, relaxed, cancelled) == with_it.eligible_pairs


def relaxations(policy: Policy) -> Iterator[tuple[PolicyRule, Policy]]:
    """List the rules that a policy sets, each with the same policy without it."""
    other = Objective.COVERAGE if policy.objective is Objective.PARTICIPATION else Objective.PARTICIPATION
    without = {
        PolicyRule.OBJECTIVE: replace(policy, objective=other),
        PolicyRule.FLOOR: replace(policy, floor_percent=0),
        PolicyRule.SHARED_LANGUAGE: replace(policy, shared_language=False),
        PolicyRule.COMMON_HOURS: replace(policy, minimum_common_hours=0),
        PolicyRule.OTHER_SITE: replace(policy, other_site_only=False),
        PolicyRule.EARLIER_PAIRINGS: replace(policy, allow_earlier_pairings=True),
        PolicyRule.WISHES: replace(policy, wish_points=0),
        PolicyRule.COMMON_HOUR_POINTS: replace(policy, common_hour_points=0),
        PolicyRule.WAITING: replace(policy, waiting_points=0),
    }
    return ((rule, relaxed) for rule, relaxed in without.items() if relaxed != policy)


_HARD = frozenset(
    {
        *(PolicyRule.FLOOR, PolicyRule.SHARED_LANGUAGE, PolicyRule.COMMON_HOURS),
        *(PolicyRule.OTHER_SITE, PolicyRule.EARLIER_PAIRINGS),
    }
)


def _eligible(problem: MatchingProblem, policy: Policy, cancelled: Cancelled | None) -> int:
    def check() -> None:
        if cancelled is not None and cancelled():
            raise SolvingCancelled("The weighing was called off.")

    return allowed_pairs(sides_of(problem, policy).whole_market(), check)


def _cost(rule: PolicyRule, with_it: Totals, without: Totals) -> Cost:
    return Cost(
        rule=rule,
        eligible_pairs=without.eligible_pairs - with_it.eligible_pairs,
        coverage=without.total_coverage - with_it.total_coverage,
        mentees_paired=without.mentees_paired - with_it.mentees_paired,
        candidates_served=without.candidates_served - with_it.candidates_served,
    )
