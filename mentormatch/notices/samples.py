"""Made-up people for looking at a text before anybody real can be shown with it."""

from collections.abc import Mapping
from typing import Final

from mentormatch.domain.certification import CERTIFICATION_TITLES, Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.levels import numbered_level
from mentormatch.domain.notices import NoticeKind
from mentormatch.domain.pairings import Reason
from mentormatch.notices.facts import (
    Closing,
    Ladder,
    MenteeFacts,
    MentorAndMenteeFacts,
    MentorFacts,
    Partner,
    RecallFacts,
    RoundHead,
    UnpairedFacts,
    WordedFacts,
)


def _closing(competency: Competency, start: int, end: int) -> Closing:
    return Closing(COMPETENCY_TEXTS[competency].title, numbered_level(start), numbered_level(end))


_MENTEE: Final = Partner(
    name="Ana Sample",
    organisation="Sample Pumps",
    site="Lyon",
    email="ana@pumps.example",
    time_zone="Europe/Paris",
    shared_languages=("en",),
    closings=(_closing(Competency.FLOW_PULL, 1, 3),),
)
_MENTOR: Final = Partner(
    name="Omar Sample",
    organisation="Sample Valves",
    site="Turin",
    email="omar@valves.example",
    time_zone="Europe/Rome",
    shared_languages=("en", "fr"),
    closings=(_closing(Competency.STANDARD_WORK, 0, 3),),
)


def sample(kind: NoticeKind, head: RoundHead) -> WordedFacts:
    """Return facts for a mail of this kind, with everything in them that a text could tell."""
    ladder = Ladder(CERTIFICATION_TITLES[Certification.SILVER], 1, 0, 1)
    made_up: Mapping[NoticeKind, WordedFacts] = {
        NoticeKind.MENTOR: MentorFacts(
            name="Omar Sample", head=head, mentees=(_MENTEE,), ladder=ladder, no_mentor=Reason.MENTORS_FULL
        ),
        NoticeKind.MENTEE: MenteeFacts(
            name="Ana Sample", head=head, mentor=_MENTOR, ladder=ladder, no_mentee=Reason.MENTEES_TAKEN
        ),
        NoticeKind.MENTOR_AND_MENTEE: MentorAndMenteeFacts(
            name="Bo Sample", head=head, mentor=_MENTOR, mentees=(_MENTEE,), ladder=ladder
        ),
        NoticeKind.UNPAIRED: UnpairedFacts(
            name="Li Sample",
            head=head,
            no_mentor=Reason.NO_SHARED_LANGUAGE,
            no_mentee=Reason.MENTEES_TAKEN,
            ladder=Ladder(CERTIFICATION_TITLES[Certification.SILVER], 1, 0, 0),
        ),
        NoticeKind.RECALL: RecallFacts(
            name="Ana Sample", head=head, reason="(the reason you give)", mentors=("Omar Sample",)
        ),
    }
    return made_up[kind]
