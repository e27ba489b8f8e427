"""The use cases that look back: what rounds came to, and who did what."""

from dataclasses import dataclass

from mentormatch.services.reading_trail import ReadingTrail
from mentormatch.services.recounting_rounds import RecountingRounds


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordServices:
    """One of each."""

    rounds: RecountingRounds
    trail: ReadingTrail
