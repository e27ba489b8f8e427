"""The use cases on a proposal under review: adjusting it, foreseeing effects, looking at its people."""

from dataclasses import dataclass

from mentormatch.domain.clocks import Clock
from mentormatch.persistence.database import Transactions
from mentormatch.services.adjusting_proposals import AdjustingProposals
from mentormatch.services.explaining_proposals import Explanations
from mentormatch.services.foreseeing_effects import ForeseeingEffects
from mentormatch.services.showing_round_people import ShowingRoundPeople
from mentormatch.services.standing_proposals import Solutions


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbenchServices:
    """One of each, sharing the solutions that were looked at last."""

    adjusting: AdjustingProposals
    effects: ForeseeingEffects
    people: ShowingRoundPeople

    @classmethod
    def of(cls, transactions: Transactions, clock: Clock) -> "WorkbenchServices":
        """Put them together."""
        solutions = Solutions()
        return cls(
            adjusting=AdjustingProposals(transactions, clock),
            effects=ForeseeingEffects(transactions, solutions),
            people=ShowingRoundPeople(transactions, Explanations(solutions)),
        )
