"""Sign-ups of many people, drawn from a seed, as a spreadsheet would bring them."""

import random
from typing import Final

from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.positions import Position
from mentormatch.domain.signups import Signup
from tests.builders import people

_SITES: Final = (("Porto", "Europe/Lisbon"), ("Leeds", "Europe/London"), ("Gdynia", "Europe/Warsaw"))


def crowd_of_signups(number: int, seed: int = 1) -> list[Signup]:
    """Return sign-ups of which three in five want a mentor only, so that places are short."""
    draw = random.Random(seed)  # noqa: S311 -- test data
    return [_drawn(draw, at) for at in range(number)]


def _drawn(draw: random.Random, at: int) -> Signup:
    teaches = at % 5 < 2
    site, time_zone = draw.choice(_SITES)
    return (people.mentor if teaches else people.mentee)(
        email=f"crowd{at:04}@crowd.example",
        name=f"Person {at:04}",
        site=site,
        time_zone=time_zone,
        languages=("en",),
        manager_email=None,
        position_aimed_at=draw.choice(list(Position)),
        capacity=1 if teaches else 0,
        certification_pursued=draw.choice(
            [Certification.NONE, Certification.SILVER] if teaches else [Certification.NONE]
        ),
        mentorships_completed=0,
        levels={c: draw.choice((2, 3, 3, 4) if teaches else (0, 1, 1, 2)) for c in Competency},
        targets={},
    )
