"""The door to the explanations: for everybody or for the people asked about, stopped when called off."""

import pytest

from mentormatch.domain.errors import SolvingCancelled
from mentormatch.domain.pairings import Side
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching import ground as grounds
from mentormatch.matching.explain import changes_for, explain
from mentormatch.matching.solve import solve
from tests.builders.problems import problem, seeker, teacher
from tests.matching.explaining_rounds import everyone, large, lively, scarce

PARTICIPATION = Policy(objective=Objective.PARTICIPATION)


def test_everybody_is_explained_on_every_side_they_are_on() -> None:
    posed = large(0)

    found = explain(posed, Policy(), solve(posed, Policy()))

    told = {(each.person_id, each.side) for each in found.choices}
    assert told == {(p.id, Side.MENTEE) for p in posed.people if p.wants_mentor} | {
        (p.id, Side.MENTOR) for p in posed.people if p.places
    }
    assert {each.mentor_id for each in found.places} == {p.id for p in posed.people if p.places}


def test_everybody_left_out_is_explained() -> None:
    posed = scarce(0)
    solution = solve(posed, PARTICIPATION)

    found = explain(posed, PARTICIPATION, solution)

    assert [each.person_id for each in found.shortages] == [
        each.person_id for each in solution.unpaired if each.side is Side.MENTEE or each.is_candidate
    ]


@pytest.mark.parametrize("seed", range(2))
def test_for_people_asked_about_every_number_is_exact(seed: int) -> None:
    posed = lively(seed, both=9)
    solution = solve(posed, Policy())

    for person_id in sorted(everyone(posed))[::3]:
        found = explain(posed, Policy(), solution, frozenset({person_id}))
        bounds = [value for each in found.places for value in (each.gain, each.loss) if value]
        assert all(one.is_exact for choices in found.choices for one in choices.alternatives)
        assert all(value.is_exact for value in bounds)


def test_only_the_people_asked_about_are_explained() -> None:
    posed = large(1)

    found = explain(posed, Policy(), solve(posed, Policy()), frozenset({"p3", "p40"}))

    told = {each.person_id for each in found.choices} | {each.person_id for each in found.shortages}
    told |= {each.mentor_id for each in found.places}
    assert told == {"p3", "p40"}


def test_in_a_large_round_the_ground_is_widened_until_people_have_their_alternatives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posed = large(2)
    solution, asked = solve(posed, Policy()), frozenset({"p1", "p35", "p50"})
    whole = explain(posed, Policy(), solution, asked)
    monkeypatch.setattr(grounds, "MOST_LISTED", 0)

    assert explain(posed, Policy(), solution, asked).choices == whole.choices


def test_the_explanation_is_the_same_every_time() -> None:
    posed = scarce(1)
    solution = solve(posed, Policy())

    assert explain(posed, Policy(), solution) == explain(posed, Policy(), solve(posed, Policy()))


def test_whoever_was_not_left_out_needs_no_change() -> None:
    posed = problem(teacher("t"), seeker("x"))

    assert changes_for(posed, Policy(), solve(posed, Policy()), "x") == ()


@pytest.mark.parametrize("people", [(), ("t",), ("x",), ("t", "x"), ("x", "y")])
def test_rounds_with_nobody_on_a_side_are_explained_all_the_same(people: tuple[str, ...]) -> None:
    posed = problem(*(teacher(each) if each == "t" else seeker(each) for each in people))

    found = explain(posed, Policy(), solve(posed, Policy()))

    assert len(found.choices) == len(people)


def test_explaining_stops_when_it_is_called_off() -> None:
    posed = large(0)
    solution = solve(posed, Policy())

    with pytest.raises(SolvingCancelled):
        explain(posed, Policy(), solution, cancelled=lambda: True)
