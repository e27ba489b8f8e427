"""What a spreadsheet is warned about."""

from types import MappingProxyType
from typing import Any

import pytest

from mentormatch.domain.competencies import Competency
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.repositories.participants import KeptSignup
from mentormatch.services.doubting_imports import doubts_about
from tests.builders.people import mentee, mentor, ratings
from tests.builders.settings import settings

OMAR = mentor()


def doubts(*signups: Signup, there: Signup | None = None, **differing: Any) -> list[tuple[int, str]]:  # noqa: ANN401 -- settings
    kept = [KeptSignup(1, SignupState.ACTIVE, 1, there)] if there else []
    found = doubts_about(list(enumerate(signups, start=2)), kept, settings(**differing))
    return [(fault.row or 0, fault.column or "") for fault in found]


def test_ordinary_people_raise_no_doubt() -> None:
    assert doubts(mentee(manager_email="omar@firm.example"), OMAR) == []


@pytest.mark.parametrize(
    ("signup", "column"),
    [
        (mentee(manager_email="omr@firm.example"), "manager_email"),
        (mentor(email="ben@firm.example", name="Ben", levels=ratings(2)), "offers_mentoring"),
        (mentor(email="cy@firm.example", name="Cy", capacity=0), "capacity"),
        (mentee(levels=ratings(4)), "wants_mentor"),
        (mentee(targets=MappingProxyType(dict.fromkeys(Competency, 1))), "wants_mentor"),
        (mentee(languages=("ja", "ko")), "languages"),
        (mentee(name="OMAR HADDAD"), "name"),
    ],
    ids=["manager", "no strengths", "no places", "no gaps", "no gaps of their own", "languages", "namesake"],
)
def test_what_is_probably_not_meant_so_is_named(signup: Signup, column: str) -> None:
    assert (3, column) in doubts(OMAR, signup)


def test_people_who_are_there_already_are_reckoned_with() -> None:
    manager = mentor(email="boss@firm.example", name="Boss", languages=("fi",))

    assert doubts(mentee(manager_email="boss@firm.example", languages=("fi",)), there=manager) == []


def test_people_who_have_left_do_not_count() -> None:
    left = KeptSignup(1, SignupState.WITHDRAWN, 1, mentor(email="boss@firm.example"))

    found = doubts_about([(2, mentee(manager_email="boss@firm.example"))], [left], settings())

    assert [fault.column for fault in found] == ["manager_email"]


def test_languages_matter_where_they_must_be_shared() -> None:
    assert doubts(OMAR, mentee(languages=("ko",)), shared_language=False) == []


def test_the_programme_says_from_which_level_on_people_teach() -> None:
    assert doubts(mentor(levels=ratings(2)), teach_level=2) == []
