"""Facts of believable notices, for tests that read the mails."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from mentormatch.app import ROOT
from mentormatch.domain.certification import CERTIFICATION_TITLES, Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.levels import numbered_level
from mentormatch.domain.notices import NoticeKind
from mentormatch.domain.pairings import Reason
from mentormatch.notices.composing import Composer, Stamp
from mentormatch.notices.facts import (
    Closing,
    Facts,
    Ladder,
    LinkFacts,
    MenteeFacts,
    MentorAndMenteeFacts,
    MentorFacts,
    Partner,
    RecallFacts,
    RoundHead,
    UnpairedFacts,
)
from tests.builders.pairing_letters import PAIRING_VARIANTS

SITE: Final = "https://mentoring.firm.example"
STAMP: Final = Stamp(UUID(int=7), 1, datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
SILVER: Final = CERTIFICATION_TITLES[Certification.SILVER]
GOLD: Final = CERTIFICATION_TITLES[Certification.GOLD]
HEAD: Final = RoundHead(
    programme="North 2026",
    round_number=2,
    snapshot="a1b2c3d4e5f6",
    programme_url=f"{SITE}/p/north",
    signup_url=f"{SITE}/p/north/my-sign-up",
    coordinators=("cora@firm.example",),
)


def composer(templates: Path = ROOT / "templates" / "notices", **options: Any) -> Composer:  # noqa: ANN401 -- its options
    """Return a composer as an installation has it."""
    return Composer(templates, SITE, "North mentoring <mentoring@firm.example>", **options)


def closing(competency: Competency, start: int, end: int) -> Closing:
    """Return one competency of a pairing."""
    return Closing(COMPETENCY_TEXTS[competency].title, numbered_level(start), numbered_level(end))


def mei(**differing: Any) -> Partner:  # noqa: ANN401 -- any field of a partner
    """Return Mei as her mentor is told of her."""
    told: dict[str, Any] = {
        "name": "Mei Tanaka",
        "organisation": "Nagoya Pumps",
        "site": "Nagoya",
        "email": "mei@pumps.example",
        "time_zone": "Asia/Tokyo",
        "shared_languages": ("en",),
        "closings": (
            closing(Competency.FLOW_PULL, 1, 3),
            closing(Competency.INTERPERSONAL_UNDERSTANDING, 2, 4),
        ),
    }
    return Partner(**told | differing)


def omar(**differing: Any) -> Partner:  # noqa: ANN401 -- any field of a partner
    """Return Omar as his mentee is told of him."""
    told: dict[str, Any] = {
        "name": "Omar Haddad",
        "organisation": "Lyon Valves",
        "site": "Lyon",
        "email": "omar@valves.example",
        "time_zone": "Europe/Paris",
        "shared_languages": ("en", "fr"),
        "closings": (closing(Competency.STANDARD_WORK, 0, 3),),
    }
    return mei(**told | differing)


def link(kind: NoticeKind, programme: str | None = "North 2026") -> LinkFacts:
    """Return a link to come in by."""
    return LinkFacts(kind=kind, link=f"{SITE}/sign-in/0token0", code="12345678", minutes=10, programme=programme)


VARIANTS: Final[dict[str, Facts]] = {
    "mentor_of_one_for_silver": MentorFacts(
        name="Silva Candida",
        head=HEAD,
        mentees=(mei(),),
        ladder=Ladder(SILVER, 1, 0, 1),
    ),
    "mentor_of_two_for_gold": MentorFacts(
        name="Gunnar Gull",
        head=HEAD,
        mentees=(mei(), omar()),
        ladder=Ladder(GOLD, 4, 1, 2),
    ),
    "mentor_who_found_no_mentor": MentorFacts(
        name="Bo Both", head=HEAD, mentees=(mei(),), no_mentor=Reason.MENTORS_FULL
    ),
    "mentee": MenteeFacts(name="Mei Tanaka", head=HEAD, mentor=omar()),
    "mentee_who_found_no_mentee": MenteeFacts(
        name="Bo Both",
        head=HEAD,
        mentor=omar(shared_languages=()),
        no_mentee=Reason.MENTEES_TAKEN,
        ladder=Ladder(SILVER, 1, 0, 0),
    ),
    "mentor_and_mentee": MentorAndMenteeFacts(
        name="Bo Both",
        head=HEAD,
        mentor=omar(),
        mentees=(mei(),),
        ladder=Ladder(GOLD, 2, 2, 1),
    ),
    "unpaired_mentee": UnpairedFacts(name="Mei Tanaka", head=HEAD, no_mentor=Reason.BELOW_FLOOR, no_mentee=None),
    "unpaired_mentor_for_silver": UnpairedFacts(
        name="Silva Candida",
        head=HEAD,
        no_mentor=None,
        no_mentee=Reason.NO_SHARED_LANGUAGE,
        ladder=Ladder(SILVER, 1, 0, 0),
    ),
    "unpaired_on_both_sides": UnpairedFacts(
        name="Bo Both", head=HEAD, no_mentor=Reason.KEPT_APART, no_mentee=Reason.NO_CAPACITY
    ),
    "recall": RecallFacts(
        name="Bo Both",
        head=HEAD,
        reason="Two answers had been imported wrongly.",
        mentors=("Omar Haddad",),
        mentees=("Mei Tanaka", "Ana Ruiz"),
    ),
    "sign_in": link(NoticeKind.SIGN_IN, programme=None),
    "confirm_signup": link(NoticeKind.CONFIRM_SIGNUP),
    "already_signed_up": link(NoticeKind.ALREADY_SIGNED_UP),
    **PAIRING_VARIANTS,
}
"""One of each kind and its turns, by the name of the file that says how it must read."""
