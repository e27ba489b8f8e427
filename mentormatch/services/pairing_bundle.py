"""The use cases about pairings that were announced: answering, meeting, reminding, and what coordinators hear of it."""

from dataclasses import dataclass

from mentormatch.domain.clocks import Clock
from mentormatch.notices.composing import Composer
from mentormatch.persistence.database import Transactions
from mentormatch.services.answering_pairings import AnsweringPairings
from mentormatch.services.inviting_to_meetings import InvitingToMeetings
from mentormatch.services.pairing_mails import PairingMails
from mentormatch.services.reminding import Reminding
from mentormatch.services.reviewing_answers import ReviewingAnswers
from mentormatch.services.seats import Seats
from mentormatch.services.signed_links import SignedLinks
from mentormatch.services.suggesting_mentors import SuggestingMentors


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingServices:
    """One of each."""

    answering: AnsweringPairings
    inviting: InvitingToMeetings
    reminding: Reminding
    reviewing: ReviewingAnswers

    @classmethod
    def of(cls, transactions: Transactions, clock: Clock, composer: Composer, links: SignedLinks) -> "PairingServices":
        """Put them together."""
        seats, mails, suggesting = Seats(clock, links), PairingMails(composer), SuggestingMentors(clock)
        return cls(
            answering=AnsweringPairings(transactions, clock, seats, mails, suggesting),
            inviting=InvitingToMeetings(transactions, clock, seats, mails),
            reminding=Reminding(transactions, clock, mails, links),
            reviewing=ReviewingAnswers(transactions, suggesting),
        )
