"""Weighing supply against demand: pure sums over groups of people who rate alike."""

import pytest

from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.positions import Position
from mentormatch.persistence.repositories.tallies import Pursuers, RatedAlike
from mentormatch.services.weighing_supply import CandidateLine, SupplyLine, candidate_lines, supply_lines
from tests.builders.settings import settings

FLOW_PULL = Competency.FLOW_PULL
USUAL = settings().targets[Position.VALUE_STREAM][FLOW_PULL]


def alike(level: int, *, target: int | None = None, places: int = 0, seekers: int = 0) -> RatedAlike:
    return RatedAlike(FLOW_PULL, Position.VALUE_STREAM, level, target, places, seekers)


def line(*groups: RatedAlike, teach_level: int = 3) -> SupplyLine:
    lines = supply_lines(groups, settings(teach_level=teach_level))
    return next(one for one in lines if one.competency is FLOW_PULL)


def test_places_count_by_the_level_of_their_mentor() -> None:
    found = line(alike(2, places=9), alike(3, places=5), alike(3, target=4, places=1), alike(4, places=2))

    assert (found.places_at_3, found.places_at_4) == (6, 2)


@pytest.mark.parametrize(("teach_level", "places"), [(1, (3, 4)), (2, (2, 4)), (3, (1, 4)), (4, (0, 4))])
def test_a_level_below_the_teach_level_supplies_nothing(teach_level: int, places: tuple[int, int]) -> None:
    groups = [alike(n, places=1 if n < 4 else 4) for n in range(5)]

    found = line(*groups, teach_level=teach_level)

    assert (found.places_at_3, found.places_at_4) == places


def test_a_gap_is_measured_to_the_own_target_and_else_to_the_usual_one() -> None:
    at_usual, below_usual = alike(USUAL, seekers=1), alike(USUAL - 1, seekers=10)
    low_aim, high_aim = alike(1, target=1, seekers=100), alike(1, target=2, seekers=1000)

    assert line(at_usual, below_usual, low_aim, high_aim).wanted == 1010


def test_every_competency_has_a_line_even_when_nobody_is_there() -> None:
    assert [(one.competency, one.wanted) for one in supply_lines([], settings())] == [(c, 0) for c in Competency]


def test_candidates_are_those_who_still_need_to_mentor_and_offer_a_place() -> None:
    groups = [
        Pursuers(Certification.SILVER, completed=0, capacity=2, people=3),
        Pursuers(Certification.SILVER, completed=0, capacity=0, people=4),
        Pursuers(Certification.SILVER, completed=1, capacity=5, people=5),
        Pursuers(Certification.GOLD, completed=0, capacity=1, people=6),
        Pursuers(Certification.GOLD, completed=0, capacity=3, people=7),
        Pursuers(Certification.GOLD, completed=2, capacity=0, people=8),
    ]

    assert candidate_lines(groups, {Certification.SILVER: 1, Certification.GOLD: 2}) == (
        CandidateLine(Certification.SILVER, 1, pursuing=12, candidates=3, places_needed=3, without_place=4),
        CandidateLine(Certification.GOLD, 2, pursuing=21, candidates=13, places_needed=20, without_place=0),
    )
