"""Trying changes: a changed round is solved, as near to the solution as its best allows, and held against it."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

from mentormatch.domain.errors import SolvingCancelled
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.explanation import Move
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import Cancelled, solve
from mentormatch.matching.worth import Worth, total_of


@dataclass(slots=True, eq=False)
class Budget:
    """How many changed rounds may still be solved, and how many could not be for want of it."""

    left: int
    refused: int = 0


@dataclass(frozen=True, eq=False, kw_only=True)
class Trials:
    """A solved round and the changed rounds tried so far; no more are solved than the `budget` has left."""

    problem: MatchingProblem
    policy: Policy
    solution: MatchingSolution
    budget: Budget
    cancelled: Cancelled | None = None
    _tried: dict[Hashable, MatchingSolution] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        problem: MatchingProblem,
        policy: Policy,
        solution: MatchingSolution,
        most: int,
        cancelled: Cancelled | None = None,
    ) -> "Trials":
        """Prepare to try at most so many changes."""
        return cls(problem=problem, policy=policy, solution=solution, budget=Budget(most), cancelled=cancelled)

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        """Give the solution's pairs."""
        return pairs_of(self.solution)

    def check(self) -> None:
        """Raise SolvingCancelled if it is called off."""
        if self.cancelled is not None and self.cancelled():
            raise SolvingCancelled("The explaining was called off.")

    def tried(
        self, name: Hashable, problem: Callable[[MatchingProblem], MatchingProblem] | None, policy: Policy | None = None
    ) -> MatchingSolution | None:
        """Solve a changed round, once under this name; None if there is no budget for it."""
        if name not in self._tried:
            if not self.budget.left:
                self.budget.refused += 1
                return None
            self.budget.left -= 1
            changed = problem(self.problem) if problem else self.problem
            near = replace(changed, under_review=self.pairs)
            self._tried[name] = solve(near, policy or self.policy, after=self.solution, cancelled=self.cancelled)
        return self._tried[name]

    def gain(self, changed: MatchingSolution) -> Worth:
        """Tell how much more than the solution a changed round's comes to."""
        participation = self.policy.objective is Objective.PARTICIPATION
        now, then = (total_of(each.totals, participation=participation) for each in (self.solution, changed))
        return then - now

    def moves(self, changed: MatchingSolution, last: str) -> tuple[Move, ...]:
        """Tell whose mentor is another one in a changed round's solution, one mentee last."""
        before, after = ({mentee: mentor for mentor, mentee in pairs} for pairs in (self.pairs, pairs_of(changed)))
        moved = sorted((id_ == last, id_) for id_ in {*before, *after} if before.get(id_) != after.get(id_))
        return tuple(Move(mentee_id=id_, before=before.get(id_), after=after.get(id_)) for _, id_ in moved)


def with_lock(problem: MatchingProblem, pair: Pair) -> MatchingProblem:
    """Give the same round with one more lock, which a pair that is eligible does not need to override any rule."""
    return replace(problem, locks=problem.locks | {pair})


def with_places(problem: MatchingProblem, person_id: str, places: int) -> MatchingProblem:
    """Give the same round with another number of places for somebody."""
    people = (replace(person, capacity=places) if person.id == person_id else person for person in problem.people)
    return replace(problem, people=tuple(people))


def without_bar(problem: MatchingProblem, pair: Pair) -> MatchingProblem:
    """Give the same round with a bar lifted."""
    return replace(problem, bars=problem.bars - {pair})


def without_earlier(problem: MatchingProblem, pair: Pair) -> MatchingProblem:
    """Give the same round with an earlier pairing forgotten."""
    return replace(problem, earlier_pairings=problem.earlier_pairings - {pair})


def with_people(problem: MatchingProblem, joining: Iterable[Person]) -> MatchingProblem:
    """Give the same round with more people."""
    given = {each.name: getattr(problem, each.name) for each in fields(problem)}
    return MatchingProblem.of(**given | {"people": (*problem.people, *joining)})


def pairs_of(solution: MatchingSolution) -> frozenset[Pair]:
    """Give a solution's pairs."""
    return frozenset((pairing.mentor_id, pairing.mentee_id) for pairing in solution.pairings)
