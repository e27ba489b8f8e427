"""People as the engine sees them, and whole rounds of them drawn at random."""

import random
from dataclasses import replace
from typing import Any

from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.positions import Position
from mentormatch.matching.people import Person
from mentormatch.matching.problem import MatchingProblem

SIXTEEN = len(Competency)


def levels(everywhere: int, **differing: int) -> tuple[int, ...]:
    """Return sixteen levels, all the same but for those named by their keys."""
    return tuple(differing.get(competency.value, everywhere) for competency in Competency)


def seeker(person_id: str, **differing: Any) -> Person:  # noqa: ANN401 -- any value of a person
    """Return someone at level 1 everywhere who aims at 3 and wants a mentor."""
    values: dict[str, Any] = {
        "levels": levels(1),
        "targets": levels(3),
        "position_aimed_at": Position.VALUE_STREAM,
        "offers_mentoring": False,
        "capacity": 0,
        "wants_mentor": True,
        "languages": frozenset({"en"}),
    }
    return Person(id=person_id, **values | differing)


def teacher(person_id: str, **differing: Any) -> Person:  # noqa: ANN401 -- any value of a person
    """Return someone at level 4 everywhere with one place."""
    values: dict[str, Any] = {"levels": levels(4), "offers_mentoring": True, "capacity": 1, "wants_mentor": False}
    return seeker(person_id, **values | differing)


def silver(person_id: str, **differing: Any) -> Person:  # noqa: ANN401 -- any value of a person
    """Return a teacher who needs one mentee for Silver."""
    return teacher(person_id, **{"certification_pursued": Certification.SILVER} | differing)


def gold(person_id: str, **differing: Any) -> Person:  # noqa: ANN401 -- any value of a person
    """Return a teacher with two places who needs two mentees for Gold."""
    return teacher(person_id, **{"certification_pursued": Certification.GOLD, "capacity": 2} | differing)


def crowd(seekers: int, teachers: int, seed: int, both: int = 0) -> list[Person]:
    """Return people with levels, places, languages and certifications drawn from the seed; `both` do both."""
    draw = random.Random(seed)  # noqa: S311 -- test data
    sides = [(True, False)] * seekers + [(False, True)] * teachers + [(True, True)] * both
    return [
        Person(
            id=f"p{number}",
            levels=tuple(draw.choice((0, 1, 1, 2, 3, 4)) for _ in Competency),
            targets=tuple(draw.choice((2, 3, 4, 4)) for _ in Competency),
            position_aimed_at=draw.choice(list(Position)),
            offers_mentoring=offers,
            capacity=draw.choice((1, 1, 2, 3)) if offers else 0,
            wants_mentor=wants,
            languages=frozenset(draw.sample(["en", "de", "fr"], 2)),
            manager=f"p{draw.randrange(len(sides))}",
            certification_pursued=draw.choice(list(Certification)),
            mentorships_completed=draw.choice((0, 0, 1)),
        )
        for number, (wants, offers) in enumerate(sides)
    ]


def scattered(people: list[Person], seed: int) -> list[Person]:
    """Return the same people at sites and in time zones drawn from the seed, some left out of earlier rounds."""
    draw = random.Random(seed)  # noqa: S311 -- test data
    return [
        replace(
            person,
            site=draw.choice(("s1", "s2", "s3")),
            working_day=draw.choice((0, 480, 510, 960)),
            rounds_waited=draw.choice((0, 0, 1, 2, 7)),
        )
        for person in people
    ]


def problem(*people: Person, **differing: Any) -> MatchingProblem:  # noqa: ANN401 -- any value of a problem
    """Return the problem of these people."""
    return MatchingProblem.of(people, **differing)
