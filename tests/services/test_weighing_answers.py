"""What follows from answers; computed by hand from the definition of gap, weight and strength."""

from dataclasses import replace

import pytest

from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.policies import Policy
from mentormatch.services.weighing_answers import Strength, outlook_of
from tests.builders.people import candidate, mentee, mentor, ratings

POLICY = Policy()


def test_strengths_are_the_levels_one_can_teach_from_the_highest_first() -> None:
    levels = ratings(2, flexibility=3, flow_pull=4)

    assert outlook_of(mentor(levels=levels), POLICY).strengths == (
        Strength(Competency.FLOW_PULL, 4),
        Strength(Competency.FLEXIBILITY, 3),
    )


def test_a_programme_that_teaches_from_level_four_on_counts_fewer_strengths() -> None:
    levels = ratings(2, flexibility=3, flow_pull=4)

    found = outlook_of(mentor(levels=levels), replace(POLICY, teach_level=4)).strengths

    assert found == (Strength(Competency.FLOW_PULL, 4),)


def test_the_gap_that_weighs_most_stands_first() -> None:
    levels = ratings(4, flow_pull=2, flexibility=2)
    targets = {Competency.FLOW_PULL: 4, Competency.FLEXIBILITY: 4}

    gaps = outlook_of(mentee(levels=levels, targets=targets), POLICY).gaps

    # A value stream puts an emphasis of 3 in 39 on flow and pull (77 of 1000) and of 2 in 39 on flexibility (51).
    assert [(gap.competency, gap.points) for gap in gaps] == [
        (Competency.FLOW_PULL, 2 * 77),
        (Competency.FLEXIBILITY, 2 * 51),
    ]


def test_a_target_left_open_is_what_the_position_aimed_at_asks_for() -> None:
    outlook = outlook_of(mentee(levels=ratings(4, strategy_deployment=1)), POLICY)

    assert [(gap.competency, gap.level, gap.target) for gap in outlook.gaps] == [(Competency.STRATEGY_DEPLOYMENT, 1, 2)]


@pytest.mark.parametrize(("level", "in_vain"), [(2, True), (3, False)])
def test_an_offer_without_a_strength_is_in_vain(level: int, *, in_vain: bool) -> None:
    assert outlook_of(mentor(levels=ratings(level)), POLICY).offers_in_vain is in_vain


@pytest.mark.parametrize(("level", "in_vain"), [(4, True), (3, False)])
def test_a_wish_without_a_gap_is_in_vain(level: int, *, in_vain: bool) -> None:
    assert outlook_of(mentee(levels=ratings(level)), POLICY).seeks_in_vain is in_vain


def test_a_candidate_needs_what_is_missing_to_the_certification() -> None:
    gold = candidate(certification_pursued=Certification.GOLD, mentorships_completed=0, capacity=5)

    assert outlook_of(gold, POLICY).places_needed == 2
