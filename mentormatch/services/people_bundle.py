"""The use cases about the people of a programme as a whole, before a round is started."""

from dataclasses import dataclass

from mentormatch.services.advising_recruitment import AdvisingRecruitment
from mentormatch.services.exporting_participants import ExportingParticipants
from mentormatch.services.stepping_together import SteppingTogether
from mentormatch.services.surveying_supply import SurveyingSupply


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleServices:
    """One of each."""

    exporting: ExportingParticipants
    recruitment: AdvisingRecruitment
    stepping: SteppingTogether
    supply: SurveyingSupply
