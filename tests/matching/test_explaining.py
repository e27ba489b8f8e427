"""The reasons are true: each is shown by the smallest round in which it holds, and changing its cause changes it."""

import pytest
from hypothesis import given

from mentormatch.domain.competencies import Competency
from mentormatch.domain.pairings import Reason, Side
from mentormatch.domain.policies import Policy
from mentormatch.matching.explaining import closures_of
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import Closure, Unpaired
from mentormatch.matching.solve import solve
from tests.builders.problems import SIXTEEN, levels, problem, seeker, silver, teacher
from tests.matching.properties.effort import some
from tests.matching.strategies import problems, solved

GERMAN = frozenset({"de"})
ROUNDS = {
    Reason.NO_GAP: problem(seeker("x", levels=levels(4)), teacher("m")),
    Reason.NO_ONE_OFFERS: problem(seeker("x"), seeker("other")),
    Reason.NO_ONE_TEACHES: problem(seeker("x"), teacher("m", levels=levels(2))),
    Reason.KEPT_APART: problem(seeker("x"), teacher("m"), bars=[("m", "x")]),
    Reason.NO_SHARED_LANGUAGE: problem(seeker("x"), teacher("m", languages=GERMAN)),
    Reason.NO_COMMON_HOURS: problem(seeker("x", site="s1"), teacher("m", site="s2", working_day=7 * 60 + 1)),
    Reason.SAME_SITE: problem(seeker("x"), teacher("m")),
    Reason.BELOW_FLOOR: problem(seeker("x"), teacher("m", levels=levels(0, strategic_orientation=4))),
    Reason.MENTORS_FULL: problem(seeker("x"), seeker("y", targets=levels(4)), teacher("m")),
    Reason.ONLY_MUTUAL: problem(
        seeker("x", offers_mentoring=True, capacity=1, levels=levels(1, flow_pull=4, kaizen_events=4)),
        teacher("m", wants_mentor=True, levels=levels(4, flow_pull=1, kaizen_events=1), targets=levels(4)),
        locks=[("x", "m")],
    ),
}
MENTORS = {
    Reason.NO_CAPACITY: problem(seeker("y"), teacher("x", capacity=0)),
    Reason.NO_ONE_SEEKS: problem(teacher("x"), teacher("m")),
    Reason.NO_ONE_TO_TEACH: problem(seeker("y", targets=levels(0)), teacher("x")),
    Reason.KEPT_APART: problem(seeker("y", manager="x"), teacher("x")),
    Reason.NO_SHARED_LANGUAGE: problem(seeker("y"), teacher("x", languages=GERMAN)),
    Reason.NO_COMMON_HOURS: problem(seeker("y", site="s1"), teacher("x", site="s2", working_day=17 * 60 - 1)),
    Reason.SAME_SITE: problem(seeker("y"), teacher("x")),
    Reason.BELOW_FLOOR: problem(seeker("y"), teacher("x", levels=levels(0, strategic_orientation=4))),
    Reason.MENTEES_TAKEN: problem(seeker("y"), silver("m"), teacher("x")),
}


ASKED = {Reason.NO_COMMON_HOURS: Policy(minimum_common_hours=1), Reason.SAME_SITE: Policy(other_site_only=True)}


def unpaired(posed: MatchingProblem, side: Side, policy: Policy | None = None) -> Unpaired:
    solution = solve(posed, policy or Policy())
    [found] = [u for u in solution.unpaired if u.person_id == "x" and u.side is side]
    return found


@pytest.mark.parametrize("reason", ROUNDS)
def test_a_mentee_without_a_mentor_learns_the_true_reason(reason: Reason) -> None:
    assert unpaired(ROUNDS[reason], Side.MENTEE, ASKED.get(reason)).reason is reason


@pytest.mark.parametrize("reason", MENTORS)
def test_a_mentor_without_a_mentee_learns_the_true_reason(reason: Reason) -> None:
    assert unpaired(MENTORS[reason], Side.MENTOR, ASKED.get(reason)).reason is reason


def test_every_reason_but_a_decision_is_given_to_somebody() -> None:
    assert {*ROUNDS, *MENTORS} == set(Reason) - {Reason.LEFT_OUT}


@pytest.mark.parametrize("apart", [{"bars": [("m", "x")]}, {"earlier_pairings": [("m", "x")]}])
def test_bars_and_earlier_pairings_are_told_as_kept_apart(apart: dict[str, list[tuple[str, str]]]) -> None:
    found = unpaired(MatchingProblem.of([seeker("x"), teacher("m")], **apart), Side.MENTEE)  # type: ignore[arg-type]  # only pairs

    assert (found.reason, found.obstacles.kept_apart) == (Reason.KEPT_APART, 1)


def test_an_unserved_candidate_is_marked_as_one() -> None:
    posed = problem(seeker("y"), silver("m", levels=levels(4)), silver("x", levels=levels(3, flow_pull=0)))

    assert unpaired(posed, Side.MENTOR).is_candidate


def test_the_obstacles_count_every_possible_partner_once() -> None:
    others = [
        teacher("ignorant", levels=levels(2)),
        teacher("barred"),
        teacher("foreign", languages=GERMAN),
        teacher("asleep", working_day=12 * 60),
        teacher("neighbour", site="home"),
        teacher("narrow", levels=levels(0, strategic_orientation=4)),
        teacher("full"),
    ]
    seekers = seeker("x", site="home"), seeker("y", site="home", targets=levels(4))
    posed = problem(*seekers, *others, bars=[("barred", "x"), ("barred", "y")])

    seen = unpaired(posed, Side.MENTEE, Policy(minimum_common_hours=1, other_site_only=True)).obstacles

    ruled_out = (seen.no_shared_language, seen.no_common_hours, seen.same_site)
    assert (seen.nothing_to_close, seen.kept_apart, *ruled_out, seen.below_floor, seen.eligible) == (1,) * 7
    assert (seen.partners, seen.taken) == (7, 1)


@some
@given(problems(most=8))
def test_whoever_is_told_that_all_are_taken_has_no_free_eligible_partner(posed: MatchingProblem) -> None:
    for found in solved(posed, Policy()).unpaired:
        seen = found.obstacles
        told_taken = found.reason in (Reason.MENTORS_FULL, Reason.MENTEES_TAKEN)
        assert told_taken == (0 < seen.eligible == seen.taken and found.reason is not Reason.NO_GAP)


def test_a_pairing_lists_what_it_closes_and_the_points_add_up() -> None:
    mentor = teacher("m", levels=levels(0, flow_pull=4, kaizen_events=3, standard_work=2))
    mentee = seeker("x", levels=levels(1, kaizen_events=2), targets=levels(3))
    weights = Policy().weights[mentee.position_aimed_at]

    closed = closures_of(mentor, mentee, Policy())

    assert closed == (
        Closure(Competency.FLOW_PULL, 1, 3, 2 * weights[Competency.FLOW_PULL]),
        Closure(Competency.KAIZEN_EVENTS, 2, 3, weights[Competency.KAIZEN_EVENTS]),
    )
    assert len(mentor.levels) == SIXTEEN
