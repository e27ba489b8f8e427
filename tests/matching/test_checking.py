"""The checker finds every fault that is planted in a good solution."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mentormatch.domain.pairings import Preference, Serves
from mentormatch.domain.policies import Policy
from mentormatch.matching.checking import violations
from mentormatch.matching.people import Person
from mentormatch.matching.preferences import Points
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution, SolvedPairing
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd, problem, scattered

POSED = problem(*scattered(crowd(12, 6, seed=3, both=4), seed=3), bars=[("p12", "p0")], wishes=[("p12", "p1")])
GOOD = solve(POSED, Policy())
FIRST, SECOND = GOOD.pairings[:2]

Change = Callable[[MatchingSolution], MatchingSolution]


def pairing(**differing: object) -> Change:
    """Plant another value into the first pairing."""
    changed = replace(FIRST, **differing)  # type: ignore[arg-type]  # planted on purpose
    return lambda good: replace(good, pairings=(changed, *good.pairings[1:]))


def total(**differing: int) -> Change:
    """Plant another count into the totals."""
    return lambda good: replace(good, totals=replace(good.totals, **differing))  # type: ignore[arg-type]  # counts only


PLANTED: dict[str, Change] = {
    "a stranger": pairing(mentor_id="nobody"),
    "with oneself": pairing(mentee_id=FIRST.mentor_id),
    "one mentee twice": pairing(mentee_id=SECOND.mentee_id),
    "a pairing left out": lambda good: replace(good, pairings=good.pairings[1:]),
    "a pairing doubled": lambda good: replace(good, pairings=(*good.pairings, FIRST)),
    "an unpaired person left out": lambda good: replace(good, unpaired=good.unpaired[1:]),
    "more coverage": pairing(coverage=FIRST.coverage + 1),
    "more score": pairing(score=FIRST.score + 1),
    "a preference too many": pairing(preferences=(*FIRST.preferences, Points(Preference.WISH, 50))),
    "a preference less": pairing(preferences=FIRST.preferences[1:]),
    "another gap": pairing(gap_points=FIRST.gap_points - 1),
    "another slot": pairing(slot=9),
    "closures left out": pairing(closures=FIRST.closures[1:]),
    "a certificate served for nothing": pairing(
        serves=Serves.NOTHING if FIRST.serves is Serves.FIRST_PLACE else Serves.FIRST_PLACE
    ),
    **{
        name: total(**{name: getattr(GOOD.totals, name) + 1})
        for name in (
            "people",
            "mentors",
            "places",
            "mentees",
            "mentees_paired",
            "candidates",
            "candidates_served",
            "further_places",
            "further_places_served",
            "eligible_pairs",
            "total_coverage",
            "total_score",
        )
    },
}


def test_a_good_solution_is_not_complained_of() -> None:
    assert violations(POSED, Policy(), GOOD) == ()


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_fault_is_found(planted: str) -> None:
    assert violations(POSED, Policy(), PLANTED[planted](GOOD)) != ()


def test_preferences_made_up_with_a_score_to_match_are_found() -> None:
    made_up = pairing(preferences=(Points(Preference.WISH, 51), *FIRST.preferences), score=FIRST.score + 51)

    assert any("wrong points of preference" in line for line in violations(POSED, Policy(), made_up(GOOD)))


def rules_broken_by(first: SolvedPairing) -> dict[str, MatchingProblem]:
    """Give problems for which the good solution breaks one rule."""
    pair, people = (first.mentor_id, first.mentee_id), {person.id: person for person in POSED.people}
    mentor, mentee = people[first.mentor_id], people[first.mentee_id]

    def with_changed(changed: Person) -> MatchingProblem:
        return replace(POSED, people=tuple((people | {changed.id: changed}).values()))

    return {
        "bar": replace(POSED, bars=frozenset({pair})),
        "lock": replace(POSED, locks=frozenset({(pair[0], SECOND.mentee_id)})),
        "earlier": replace(POSED, earlier_pairings=frozenset({pair})),
        "manager of the mentee": with_changed(replace(mentee, manager=mentor.id)),
        "manager of the mentor": with_changed(replace(mentor, manager=mentee.id)),
        "language": with_changed(replace(mentee, languages=frozenset({"xx"}))),
        "capacity": with_changed(replace(mentor, capacity=0)),
        "no offer": with_changed(replace(mentor, offers_mentoring=False)),
        "no wish": with_changed(replace(mentee, wants_mentor=False)),
    }


WORDS = {
    "lock": "is broken",
    "capacity": "more mentees than places",
    "no offer": "does not offer",
    "no wish": "does not want",
}


@pytest.mark.parametrize("policy", [Policy(minimum_common_hours=8), Policy(other_site_only=True)])
def test_a_hard_rule_that_is_added_is_noticed(policy: Policy) -> None:
    assert any("kept apart by a rule" in line for line in violations(POSED, policy, GOOD))


@pytest.mark.parametrize("rule", rules_broken_by(FIRST))
def test_a_broken_rule_is_found(rule: str) -> None:
    found = violations(rules_broken_by(FIRST)[rule], Policy(), GOOD)

    assert any(WORDS.get(rule, "kept apart by a rule") in line for line in found)


def test_a_raised_floor_is_noticed() -> None:
    assert any("below the floor" in line for line in violations(POSED, Policy(floor_percent=100), GOOD))


def test_two_people_who_mentor_each_other_are_noticed() -> None:
    there = replace(FIRST, mentee_id=SECOND.mentor_id)
    back = replace(SECOND, mentee_id=FIRST.mentor_id)

    assert any(
        "mentor each other" in line for line in violations(POSED, Policy(), replace(GOOD, pairings=(there, back)))
    )
