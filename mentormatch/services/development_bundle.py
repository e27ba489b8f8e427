"""The use cases around one's own development: the plan, rating again, the ladder, and what a programme advises."""

from dataclasses import dataclass

from mentormatch.domain.clocks import Clock
from mentormatch.persistence.database import Transactions
from mentormatch.services.climbing_ladder import ClimbingLadder
from mentormatch.services.planning_development import PlanningDevelopment
from mentormatch.services.rating_again import RatingAgain
from mentormatch.services.wording_activities import WordingActivities


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentServices:
    """One of each."""

    activities: WordingActivities
    ladder: ClimbingLadder
    plan: PlanningDevelopment
    ratings: RatingAgain

    @classmethod
    def of(cls, transactions: Transactions, clock: Clock) -> "DevelopmentServices":
        """Put them together."""
        return cls(
            activities=WordingActivities(transactions, clock),
            ladder=ClimbingLadder(transactions),
            plan=PlanningDevelopment(transactions, clock),
            ratings=RatingAgain(transactions, clock),
        )
