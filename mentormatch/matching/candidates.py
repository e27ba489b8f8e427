"""The price of serving the candidates: against the plain optimum, pair by pair, and what each would cost alone."""

from collections.abc import Iterator
from dataclasses import replace

from mentormatch.domain.pairings import Side
from mentormatch.domain.policies import Policy
from mentormatch.matching.alternatives import choices_of
from mentormatch.matching.explanation import Bounded, CandidateCost, CandidatesPrice
from mentormatch.matching.ground import ground_of
from mentormatch.matching.places import needed_by
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import Cancelled, solve
from mentormatch.matching.trials import Trials, pairs_of
from mentormatch.matching.worth import NOTHING


def price_of_candidates(
    problem: MatchingProblem, policy: Policy, solution: MatchingSolution, *, cancelled: Cancelled | None = None
) -> CandidatesPrice:
    """Hold a solution against the one nearest to it among those that are the best if nobody is preferred."""
    ids = [person.id for person in problem.people if person.places and needed_by(person, policy)]
    if not ids:
        return CandidatesPrice(points=0, pairs_for_it=(), pairs_instead=(), candidates=())
    pairs, indifferent = pairs_of(solution), replace(policy, mentorships_required={})
    near = replace(problem, under_review=pairs)
    plain = Trials.of(near, indifferent, solve(near, indifferent, after=solution, cancelled=cancelled), 0, cancelled)
    return CandidatesPrice(
        points=plain.solution.totals.total_score - solution.totals.total_score,
        pairs_for_it=tuple(sorted(pairs - plain.pairs)),
        pairs_instead=tuple(sorted(plain.pairs - pairs)),
        candidates=tuple(_alone(plain, ids)),
    )


def _alone(plain: Trials, ids: list[str]) -> Iterator[CandidateCost]:
    """Tell what the plain optimum loses if one of these has to have a mentee."""
    served = {mentor_id for mentor_id, _ in plain.pairs}
    ground = ground_of(plain.problem, plain.policy, plain.solution, plain.check)
    unserved = frozenset(ids) - served
    costs = {
        choices.person_id: Bounded(worth=best.loss, is_exact=best.is_exact)
        for choices in choices_of(ground, plain, unserved, Side.MENTOR, most=1)
        for best in choices.alternatives
    }
    for person_id in ids:
        is_served = person_id in served
        cost = Bounded(worth=NOTHING, is_exact=True) if is_served else costs.get(person_id)
        yield CandidateCost(mentor_id=person_id, is_served=is_served, cost=cost)
