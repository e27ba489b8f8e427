"""Small rounds of every kind for hypothesis: few distinct levels, so that ties, loops and refusals are common."""

from hypothesis import assume
from hypothesis import strategies as st

from mentormatch.domain.certification import Certification
from mentormatch.domain.errors import LocksContradict
from mentormatch.domain.policies import Objective, Policy
from mentormatch.domain.positions import Position
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import solve
from tests.builders.problems import SIXTEEN

policies = st.builds(
    Policy,
    teach_level=st.sampled_from([3, 3, 1, 4]),
    floor_percent=st.sampled_from([0, 10, 40]),
    objective=st.sampled_from(Objective),
    shared_language=st.booleans(),
    minimum_common_hours=st.sampled_from([0, 0, 1, 4, 8]),
    other_site_only=st.sampled_from([False, False, True]),
    allow_earlier_pairings=st.booleans(),
    wish_points=st.sampled_from([0, 50, 1000]),
    common_hour_points=st.sampled_from([0, 0, 7, 100]),
    waiting_points=st.sampled_from([0, 40, 1000]),
)


@st.composite
def people(draw: st.DrawFn, most: int) -> list[Person]:
    """Draw people; a level is repeated over a few competencies, so that equal coverages are common."""
    ids = [f"p{number}" for number in range(draw(st.integers(0, most)))]
    quarters = st.lists(st.sampled_from([0, 2, 3, 4]), min_size=4, max_size=4)
    return [
        Person(
            id=person_id,
            levels=tuple(level for level in draw(quarters) for _ in range(SIXTEEN // 4)),
            targets=tuple(level for level in draw(quarters) for _ in range(SIXTEEN // 4)),
            position_aimed_at=draw(st.sampled_from(Position)),
            offers_mentoring=draw(st.sampled_from([True, True, False])),
            capacity=draw(st.sampled_from([1, 1, 2, 0])),
            wants_mentor=draw(st.sampled_from([True, True, True, False])),
            languages=frozenset(draw(st.sampled_from(["en", "de", "en de"])).split()),
            manager=draw(st.sampled_from([None, None, *ids])),
            certification_pursued=draw(st.sampled_from(Certification)),
            mentorships_completed=draw(st.sampled_from([0, 0, 1])),
            site=draw(st.sampled_from(["s1", "s1", "s2"])),
            working_day=draw(st.sampled_from([0, 60, 330, 1380])),
            rounds_waited=draw(st.sampled_from([0, 0, 1, 9])),
        )
        for person_id in ids
    ]


@st.composite
def problems(draw: st.DrawFn, most: int = 5) -> MatchingProblem:
    """Draw a round of at most so many people, with bars, wishes, earlier pairings, a former proposal, perhaps locks."""
    drawn = draw(people(most))
    ids = st.sampled_from([person.id for person in drawn] or ["nobody"])
    some = st.frozensets(st.tuples(ids, ids), max_size=3)
    locks = draw(st.frozensets(st.tuples(ids, ids), max_size=1))
    posed = MatchingProblem.of(
        drawn,
        bars=draw(some),
        earlier_pairings=draw(some),
        under_review=draw(some),
        wishes=draw(some),
        seed=draw(st.integers(0, 9)),
    )
    try:
        return with_locks(posed, locks)
    except LocksContradict:
        return posed


def with_locks(posed: MatchingProblem, locks: frozenset[Pair]) -> MatchingProblem:
    """Give the same round with these locks."""
    return MatchingProblem.of(
        posed.people,
        seed=posed.seed,
        bars=posed.bars,
        locks=locks,
        earlier_pairings=posed.earlier_pairings,
        under_review=posed.under_review,
        wishes=posed.wishes,
    )


def solved(posed: MatchingProblem, policy: Policy) -> MatchingSolution:
    """Solve a drawn round, or drop the example if its lock teaches nothing."""
    try:
        return solve(posed, policy)
    except LocksContradict:
        assume(False)  # noqa: FBT003 -- hypothesis' own signature
        raise
