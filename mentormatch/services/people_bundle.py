"""The use cases about people: all of a programme before a round is started, and what one keeps for oneself."""

from dataclasses import dataclass

from mentormatch.domain.clocks import Clock
from mentormatch.persistence.database import Transactions
from mentormatch.services.advising_recruitment import AdvisingRecruitment
from mentormatch.services.choosing_languages import ChoosingLanguages
from mentormatch.services.exporting_participants import ExportingParticipants
from mentormatch.services.parting import Parting
from mentormatch.services.stepping_together import SteppingTogether
from mentormatch.services.surveying_supply import SurveyingSupply


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleServices:
    """One of each."""

    exporting: ExportingParticipants
    languages: ChoosingLanguages
    recruitment: AdvisingRecruitment
    stepping: SteppingTogether
    supply: SurveyingSupply

    @classmethod
    def of(cls, transactions: Transactions, clock: Clock, parting: Parting) -> "PeopleServices":
        """Put them together."""
        return cls(
            exporting=ExportingParticipants(transactions),
            languages=ChoosingLanguages(transactions),
            recruitment=AdvisingRecruitment(transactions, clock),
            stepping=SteppingTogether(transactions, clock, parting),
            supply=SurveyingSupply(transactions),
        )
