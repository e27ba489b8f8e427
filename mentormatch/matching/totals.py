"""What a solution came to, and what serving the candidates cost against the plain optimum."""

from mentormatch.domain.pairings import Serves
from mentormatch.domain.policies import Policy
from mentormatch.matching.people import Pair
from mentormatch.matching.places import needed_by
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.sides import Sides
from mentormatch.matching.solution import PlainOptimum, SolvedPairing, Totals


def totals_of(
    problem: MatchingProblem,
    policy: Policy,
    sides: Sides,
    pairings: tuple[SolvedPairing, ...],
    plain: frozenset[Pair],
    eligible_pairs: int,
) -> Totals:
    """Count a solution; `plain` are the pairs that would have been chosen had nobody been a candidate."""
    needed = {mentor.id: needed_by(mentor, policy) for mentor in sides.mentors}
    plain_mentors = {mentor_id for mentor_id, _ in plain}
    served = [pairing.serves for pairing in pairings]
    return Totals(
        people=len(problem.people),
        mentors=len(sides.mentors),
        places=sum(mentor.places for mentor in sides.mentors),
        mentees=len(sides.mentees),
        mentees_paired=len(pairings),
        candidates=sum(places > 0 for places in needed.values()),
        candidates_served=served.count(Serves.FIRST_PLACE),
        further_places=sum(max(0, places - 1) for places in needed.values()),
        further_places_served=served.count(Serves.FURTHER_PLACE),
        eligible_pairs=eligible_pairs,
        total_coverage=sum(pairing.coverage for pairing in pairings),
        total_score=sum(pairing.score for pairing in pairings),
        plain=PlainOptimum(
            total_score=sum(sides.score_of(plain).values()),
            candidates_served=sum(places > 0 and mentor_id in plain_mentors for mentor_id, places in needed.items()),
            mentees_paired=len(plain),
            pairings_that_differ=len({(p.mentor_id, p.mentee_id) for p in pairings} - plain),
        ),
    )
