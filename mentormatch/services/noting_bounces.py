"""Noting that a mail came back after the mail server had accepted it, as a coordinator reads in the answer."""

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, NotFound
from mentormatch.domain.notices import WORDED_KINDS, NoticeState
from mentormatch.domain.sentences import said
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.notices import find_notice


class NotingBounces:
    """Takes a sent notice to bounced, from where it can be sent again to a corrected address."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def note(self, programme_id: int, notice_id: int, *, seen: int, actor: Actor) -> None:
        """Note that a sent notice came back; raises NotFound, and Conflict when it is not as it was seen."""
        with self._transactions.writing() as session:
            found = find_notice(session, programme_id, notice_id)
            if found is None or found.notice.kind not in WORDED_KINDS:
                raise NotFound(said("There is no such notice in this programme."))
            if found.notice.state != NoticeState.SENT or found.notice.version != seen:
                raise Conflict(said("This notice has changed since you looked at it."))
            advance(session, found.notice, NoticeState.BOUNCED, Cause(actor, self._clock(), said("it came back")))
