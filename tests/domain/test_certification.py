import pytest

from mentormatch.domain.certification import Certification, places_needed


@pytest.mark.parametrize(
    ("pursued", "completed", "capacity", "needed"),
    [
        (Certification.NONE, 0, 5, 0),
        (Certification.KNOWLEDGE, 0, 5, 0),
        (Certification.BRONZE, 0, 5, 0),
        (Certification.SILVER, 0, 5, 1),
        (Certification.SILVER, 0, 0, 0),
        (Certification.SILVER, 1, 5, 0),
        (Certification.SILVER, 99, 5, 0),
        (Certification.GOLD, 0, 5, 2),
        (Certification.GOLD, 0, 1, 1),
        (Certification.GOLD, 1, 5, 1),
        (Certification.GOLD, 2, 5, 0),
        (Certification.GOLD, 3, 5, 0),
    ],
)
def test_a_candidate_needs_what_is_required_less_what_is_completed(
    pursued: Certification, completed: int, capacity: int, needed: int
) -> None:
    assert places_needed(pursued, completed, capacity) == needed


def test_a_programme_can_require_more_mentorships() -> None:
    assert places_needed(Certification.SILVER, 1, 5, {Certification.SILVER: 4}) == 3


def test_a_certification_without_a_requirement_makes_no_candidate() -> None:
    assert places_needed(Certification.GOLD, 0, 5, {Certification.SILVER: 1}) == 0
