"""Sending a notice again after its address was corrected: the same text, a new mail, the old one kept as it is."""

from collections.abc import Callable
from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, Fault, InputRefused, NotFound
from mentormatch.domain.mailboxes import mailbox
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.sentences import said
from mentormatch.notices.composing import Composed, Composer, Stamp
from mentormatch.persistence.advancing import Cause, begin, note_change
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice, Participant
from mentormatch.persistence.repositories.notices import find_notice
from mentormatch.persistence.repositories.programmes import inputs_moved
from mentormatch.services.reading_notices import may_resend, newest_revision

Anew = Callable[[Notice, str, Cause], Composed]
"""Writes a notice as a new mail to an address."""


class ResendingNotices:
    """Makes a new revision of a notice that came to nothing."""

    def __init__(self, transactions: Transactions, clock: Clock, composer: Composer) -> None:
        self._transactions = transactions
        self._clock = clock
        self._composer = composer

    def resend(
        self, programme_id: int, notice_id: int, email: str, *, seen: int, keep_address: bool, actor: Actor
    ) -> int:
        """Write the notice anew to `email` and let it go; return the id of the new notice.

        With `keep_address` the participant's own address is corrected as well. Raises InputRefused when the address
        is not usable, and Conflict when the notice is no longer one that failed, or was sent again already.
        """
        with self._transactions.writing() as session:
            if keep_address:
                inputs_moved(session, programme_id)
            row = find_notice(session, programme_id, notice_id)
            if row is None:
                raise NotFound(said("There is no such notice in this programme."))
            old, cause = row.notice, Cause(actor, self._clock(), said("sent again after notice %(id)s", id=notice_id))
            if old.version != seen or newest_revision(session, old).id != old.id or not may_resend(session, old):
                raise Conflict(said("This notice has changed, or was sent again already."))
            if keep_address:
                _correct(session, old, email, cause)
            return self._begin(session, old, email, cause)

    def anew(self, old: Notice, email: str, cause: Cause) -> Composed:
        """Write a notice as a new mail to this address; raises InputRefused for one that is none."""
        identity = uuid5(NAMESPACE_URL, f"{old.message_id}/{old.revision + 1}")
        stamp = Stamp(identity, old.publication or 1, cause.at.replace(microsecond=0))
        return self._composer.readdress(old.message or b"", kind=old.kind, to=email, stamp=stamp)

    def _begin(self, session: Session, old: Notice, email: str, cause: Cause) -> int:
        new = new_revision(old, self.anew(old, email, cause), cause)
        try:
            begin(session, new, cause)
        except IntegrityError as taken:
            raise Conflict(said("This notice was sent again by somebody else just now.")) from taken
        return new.id


def new_revision(old: Notice, composed: Composed, cause: Cause) -> Notice:
    """Return the notice that takes the place of one that came to nothing, ready to leave."""
    kept = ("programme_id", "round_id", "proposal_id", "publication", "participant_id", "kind", "text_version")
    return Notice(
        **{name: getattr(old, name) for name in kept},
        revision=old.revision + 1,
        state=NoticeState.PENDING,
        version=1,
        recipient=composed.recipient,
        subject=composed.subject,
        message_id=composed.message_id,
        message=composed.message,
        created_at=cause.at,
        next_at=cause.at,
    )


def _correct(session: Session, notice: Notice, email: str, cause: Cause) -> None:
    person = session.scalar(
        sa.select(Participant).where(
            Participant.programme_id == notice.programme_id, Participant.id == notice.participant_id
        )
    )
    if person is None:
        raise NotFound(said("There is no such participant in this programme."))
    taken = sa.select(Participant.id).where(
        Participant.programme_id == person.programme_id,
        Participant.mailbox == mailbox(email),
        Participant.id != person.id,
    )
    if session.scalar(taken) is not None:
        raise InputRefused([Fault(None, "email", said("Another participant of this programme has this address."))])
    person.email, person.mailbox, person.updated_at = email, mailbox(email), cause.at
    person.version += 1
    note_change(
        session, person, Cause(cause.actor, cause.at, said("address corrected with notice %(id)s", id=notice.id))
    )
