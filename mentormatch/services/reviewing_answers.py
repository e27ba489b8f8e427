"""The answers to announced pairings as coordinators see them: what needs them, and who else is free."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mentormatch.domain.answers import Answer, Fit
from mentormatch.domain.pairings import PairingState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Pairing
from mentormatch.persistence.repositories.pairings import LIVE, KeptPairing, Said, pairings_where
from mentormatch.services.suggesting_mentors import SuggestingMentors, Suggestion

MOST_SUGGESTIONS: Final = 20
"""Each is a small round of its own; older declined pairings have been dealt with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A declined pairing: by whom, why, and the mentor who is free for the mentee, if there is one."""

    id: int
    round_number: int
    mentor_id: int
    mentor: str
    mentee_id: int
    mentee: str
    by_mentor: bool
    reason: str
    at: datetime | None
    suggestion: Suggestion | None
    is_paired_again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one of the two of a pairing that goes on has said beyond accepting it."""

    round_number: int
    mentor: str
    mentee: str
    by_mentor: bool
    fit: Fit | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersPage:
    """How the announced pairings of a programme stand."""

    accepted: int
    waiting: int
    declined: int
    arranged: int
    """Accepted pairings whose first meeting is arranged."""
    returned: tuple[Returned, ...]
    voices: tuple[Voice, ...]


class ReviewingAnswers:
    """Shows the coordinators of a programme what its pairs say."""

    def __init__(self, transactions: Transactions, suggesting: SuggestingMentors) -> None:
        self._transactions = transactions
        self._suggesting = suggesting

    def page(self, programme_id: int) -> AnswersPage:
        """Return how the announced pairings stand."""
        with self._transactions.reading() as session:
            pairings = pairings_where(session, Pairing.programme_id == programme_id)
            live = [one for one in pairings if one.state in LIVE]
            mentored = {one.mentee.id for one in live}
            declined = [one for one in pairings if one.state is PairingState.DECLINED]
            returned: list[Returned] = []
            for one in declined:
                asks = one.mentee.id not in mentored and len(returned) < MOST_SUGGESTIONS
                found = self._suggesting.for_mentee(session, programme_id, one.mentee.id) if asks else None
                returned.append(_returned(one, found, is_paired_again=one.mentee.id in mentored))
        return AnswersPage(
            accepted=sum(one.state is PairingState.ACCEPTED for one in live),
            waiting=sum(one.state is PairingState.ANNOUNCED for one in live),
            declined=len(declined),
            arranged=sum(one.meeting is not None for one in live),
            returned=tuple(returned),
            voices=tuple(voice for one in live for voice in _voices(one)),
        )


def _returned(pairing: KeptPairing, suggestion: Suggestion | None, *, is_paired_again: bool) -> Returned:
    by_mentor = pairing.said_by(pairing.mentor.id).answer is Answer.DECLINED
    said = pairing.said_by(pairing.mentor.id if by_mentor else pairing.mentee.id)
    return Returned(
        id=pairing.id,
        round_number=pairing.round_number,
        mentor_id=pairing.mentor.id,
        mentor=pairing.mentor.name,
        mentee_id=pairing.mentee.id,
        mentee=pairing.mentee.name,
        by_mentor=by_mentor,
        reason=said.reason,
        at=said.answered_at,
        suggestion=suggestion,
        is_paired_again=is_paired_again,
    )


def _voices(pairing: KeptPairing) -> tuple[Voice, ...]:
    said = ((True, pairing.said_by(pairing.mentor.id)), (False, pairing.said_by(pairing.mentee.id)))
    return tuple(_voice(pairing, by_mentor, one) for by_mentor, one in said if one.change_asked or one.fit)


def _voice(pairing: KeptPairing, by_mentor: bool, said: Said) -> Voice:  # noqa: FBT001 -- half of a pair, not a switch
    return Voice(
        round_number=pairing.round_number,
        mentor=pairing.mentor.name,
        mentee=pairing.mentee.name,
        by_mentor=by_mentor,
        fit=said.fit,
        words=said.change_asked,
    )
