"""From sign-ups to what the engine sees of them: opaque sites, working days on the globe's clock, rounds waited."""

from datetime import date

import pytest

from mentormatch.domain.policies import Policy
from mentormatch.matching.people import Person
from mentormatch.services.posing_problems import person_id, problem_of, site_id, working_day_of
from tests.builders.people import mentee, mentor

WINTER, SUMMER = date(2026, 1, 15), date(2026, 7, 15)


def posed(on: date = WINTER, **differing: str) -> Person:
    [person] = problem_of([mentee(**differing)], Policy(), on=on).people
    return person


@pytest.mark.parametrize(
    ("time_zone", "on", "begins"),
    [
        ("Etc/UTC", WINTER, 9 * 60),
        ("Asia/Tokyo", WINTER, 0),
        ("Europe/Paris", WINTER, 8 * 60),
        ("Europe/Paris", SUMMER, 7 * 60),
        ("Asia/Kathmandu", SUMMER, 3 * 60 + 15),
        ("America/Los_Angeles", SUMMER, 16 * 60),
        ("Pacific/Auckland", WINTER, 20 * 60),
        ("Pacific/Kiritimati", WINTER, 19 * 60),
    ],
)
def test_a_working_day_begins_at_nine_on_the_own_clock(time_zone: str, on: date, begins: int) -> None:
    assert working_day_of(time_zone, on) == begins
    assert posed(on, time_zone=time_zone).working_day == begins


@pytest.mark.parametrize("written", ["Nagoya", " nagoya ", "NAGOYA"])
def test_a_site_is_one_and_the_same_however_it_is_written(written: str) -> None:
    assert posed(site=written).site == posed(site="Nagoya").site


def test_a_site_is_told_apart_and_not_named() -> None:
    assert posed(site="Lyon").site != posed(site="Nagoya").site
    assert "lyon" not in site_id("Lyon")


def test_rounds_waited_and_wishes_are_handed_on() -> None:
    mei, omar = person_id("mei@firm.example"), person_id("omar@firm.example")
    problem = problem_of([mentee(), mentor()], Policy(), waited={mei: 3}, wishes=[(omar, mei)])

    assert {person.id: person.rounds_waited for person in problem.people} == {mei: 3, omar: 0}
    assert problem.wishes == {(omar, mei)}
