"""What each chosen pair comes to: its place, its points, and what they are made of."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from mentormatch.domain.pairings import Serves
from mentormatch.domain.policies import Policy
from mentormatch.matching.explaining import closures_of
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.places import needed_by, serves
from mentormatch.matching.preferences import preferences_of
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.sides import Sides
from mentormatch.matching.solution import SolvedPairing


def pairings_of(
    problem: MatchingProblem,
    policy: Policy,
    sides: Sides,
    pairs: frozenset[Pair],
    known: Mapping[Pair, SolvedPairing],
) -> tuple[SolvedPairing, ...]:
    """Describe the pairs in canonical order; of those that are known only the place may be another one."""
    fresh = pairs - known.keys()
    coverage, score, gap_points = sides.coverage_of(fresh), sides.score_of(fresh), sides.gap_points
    coverage |= {pair: known[pair].coverage for pair in pairs & known.keys()}
    row_of = {mentee.id: row for row, mentee in enumerate(sides.mentees)}
    found = []
    for mentor, row, slot, served in _placed(problem, policy, sides, coverage, row_of):
        mentee = sides.mentees[row]
        pair = mentor.id, mentee.id
        is_locked, old = pair in problem.locks, known.get(pair)
        if old is not None:
            is_same = (old.slot, old.serves, old.locked) == (slot, served, is_locked)
            found.append(old if is_same else replace(old, slot=slot, serves=served, locked=is_locked))
            continue
        found.append(
            SolvedPairing(
                mentor_id=mentor.id,
                mentee_id=mentee.id,
                slot=slot,
                coverage=coverage[pair],
                gap_points=int(gap_points[row]),
                preferences=preferences_of(problem, policy, mentor, mentee),
                score=score[pair],
                serves=served,
                locked=is_locked,
                closures=closures_of(mentor, mentee, policy),
            )
        )
    return tuple(found)


def _placed(
    problem: MatchingProblem,
    policy: Policy,
    sides: Sides,
    coverage: Mapping[Pair, int],
    row_of: Mapping[str, int],
) -> Iterator[tuple[Person, int, int, Serves]]:
    """Put everybody's mentees in their places: mentor, the mentee's row, the place's number and what it serves."""
    mentees_of: dict[str, list[tuple[bool, int, int]]] = defaultdict(list)
    for pair, points in coverage.items():
        # Locks take the first places; then the greater coverage comes first, and rows are in canonical order.
        mentees_of[pair[0]].append((pair not in problem.locks, -points, row_of[pair[1]]))
    for mentor in sides.mentors:
        ranked = sorted(mentees_of.get(mentor.id, ()))
        needed = needed_by(mentor, policy) if ranked else 0
        for slot, (_, _, row) in enumerate(ranked, start=1):
            yield mentor, row, slot, serves(slot, needed)
