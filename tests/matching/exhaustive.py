"""The best solution found by trying every solution: slow, plain, and without a line of the solver."""

from collections import Counter
from collections.abc import Iterator

from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.checking import kept_apart, places_wanted, points_of, preference_points_of
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution

Worth = tuple[int, ...]


def best_worth(problem: MatchingProblem, policy: Policy) -> Worth:
    """Give the worth, tier by tier, of the best solution there is."""
    return max(worth(problem, policy, pairs) for pairs in every_solution(problem, policy))


def worth_of(problem: MatchingProblem, policy: Policy, solution: MatchingSolution) -> Worth:
    """Give the worth of a solution, tier by tier."""
    return worth(problem, policy, frozenset((p.mentor_id, p.mentee_id) for p in solution.pairings))


def worth(problem: MatchingProblem, policy: Policy, pairs: frozenset[Pair]) -> Worth:
    """Count candidates served, further places, mentees (if they come first), points, and pairs kept."""
    people = {person.id: person for person in problem.people}
    served = [min(count, places_wanted(policy, people[a])) for a, count in Counter(a for a, _ in pairs).items()]
    return (
        sum(count > 0 for count in served),
        sum(max(0, count - 1) for count in served),
        len(pairs) if policy.objective is Objective.PARTICIPATION else 0,
        sum(_score(problem, policy, people[a], people[b]) for a, b in pairs),
        len(pairs & problem.under_review),
    )


def _score(problem: MatchingProblem, policy: Policy, mentor: Person, mentee: Person) -> int:
    preferred = preference_points_of(problem, policy, mentor, mentee)
    return points_of(policy, mentor, mentee)[0] + sum(preferred.values())


def every_solution(problem: MatchingProblem, policy: Policy) -> Iterator[frozenset[Pair]]:
    """Give every set of pairs that breaks no rule."""
    mentees = [person for person in problem.people if person.wants_mentor]
    for pairs in _grown(problem, policy, mentees, frozenset()):
        if problem.locks <= pairs:
            yield pairs


def _grown(
    problem: MatchingProblem, policy: Policy, mentees: list[Person], pairs: frozenset[Pair]
) -> Iterator[frozenset[Pair]]:
    if not mentees:
        yield pairs
        return
    mentee, *rest = mentees
    yield from _grown(problem, policy, rest, pairs)
    taken = Counter(a for a, _ in pairs)
    for mentor in problem.people:
        free = mentor.offers_mentoring and taken[mentor.id] < mentor.capacity
        if free and (mentee.id, mentor.id) not in pairs and _may(problem, policy, mentor, mentee):
            yield from _grown(problem, policy, rest, pairs | {(mentor.id, mentee.id)})


def _may(problem: MatchingProblem, policy: Policy, mentor: Person, mentee: Person) -> bool:
    coverage, gap = points_of(policy, mentor, mentee)
    enough = coverage >= 1 and coverage * 100 >= policy.floor_percent * gap
    return (mentor.id, mentee.id) in problem.locks or (enough and not kept_apart(problem, policy, mentor, mentee))
