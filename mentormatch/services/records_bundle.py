"""The use cases that look back: what rounds came to, and who did what."""

from dataclasses import dataclass

from mentormatch.persistence.database import Transactions
from mentormatch.services.reading_trail import ReadingTrail
from mentormatch.services.recounting_rounds import RecountingRounds
from mentormatch.services.verifying_rounds import VerifyingRounds


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordServices:
    """One of each."""

    rounds: RecountingRounds
    trail: ReadingTrail

    @classmethod
    def of(cls, transactions: Transactions) -> "RecordServices":
        """Put them together."""
        verifying = VerifyingRounds(transactions)
        return cls(rounds=RecountingRounds(transactions, verifying), trail=ReadingTrail(transactions))
