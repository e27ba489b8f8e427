"""The mails about one announced pairing: written and put into the outbox by whoever gives the reason for them."""

from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from mentormatch.domain.errors import InputRefused
from mentormatch.domain.mailboxes import mailbox
from mentormatch.domain.notices import NoticeState
from mentormatch.notices.composing import Composed, Composer, Stamp
from mentormatch.notices.extras import PLAIN, Extras
from mentormatch.notices.pairing_facts import (
    AcceptedFacts,
    ChangeAskedFacts,
    DeclinedFacts,
    PairingFacts,
    PairingHead,
    PartnerLeftFacts,
    ReturnedFacts,
    Suggested,
)
from mentormatch.persistence.advancing import Cause, begin
from mentormatch.persistence.models import Account, Notice
from mentormatch.persistence.repositories.pairings import KeptPairing, Someone, coordinators_of
from mentormatch.services.suggesting_mentors import Suggestion

_log = structlog.get_logger()


class PairingMails:
    """Writes each of them in the transaction that gives the reason for it."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer

    @property
    def mail_domain(self) -> str:
        """The domain that mail comes from, which also ends the names of meetings."""
        return self._composer.mail_domain

    def head(self, session: Session, pairing: KeptPairing) -> PairingHead:
        """Return what every mail to one of the two carries."""
        return self._head(pairing, coordinators_of(session, pairing.programme_id), self.page_of(pairing))

    def page_of(self, pairing: KeptPairing) -> str:
        """Return the address of the pairing's page."""
        return f"{self._composer.public_url}/my/{pairing.slug}/pairings/{pairing.id}"

    def tell_accepted(self, session: Session, pairing: KeptPairing, cause: Cause) -> None:
        """Tell both that both have accepted."""
        head = self.head(session, pairing)
        for reader, partner in ((pairing.mentor, pairing.mentee), (pairing.mentee, pairing.mentor)):
            facts = AcceptedFacts(
                name=reader.name,
                head=head,
                partner=partner.name,
                partner_email=partner.email,
                is_mentor=reader is pairing.mentor,
            )
            self.write(session, pairing, facts, reader, cause)

    def tell_declined(self, session: Session, pairing: KeptPairing, by: Someone, cause: Cause) -> None:
        """Tell the other of the two that the pairing does not come about, and no more than that."""
        other = pairing.mentee if by is pairing.mentor else pairing.mentor
        facts = DeclinedFacts(
            name=other.name,
            head=self.head(session, pairing),
            partner=by.name,
            is_mentor=other is pairing.mentor,
        )
        self.write(session, pairing, facts, other, cause)

    def give_back(
        self,
        session: Session,
        pairing: KeptPairing,
        by: Someone,
        reason: str,
        suggestion: Suggestion | None,
        cause: Cause,
    ) -> None:
        """Give a declined pairing back to the coordinators, with the reason and who else is free."""
        facts = ReturnedFacts(
            head=self._coordinators_head(session, pairing),
            mentor=pairing.mentor.name,
            mentee=pairing.mentee.name,
            by_mentor=by is pairing.mentor,
            reason=reason,
            suggested=Suggested(mentor=suggestion.mentor, share=suggestion.share) if suggestion else None,
        )
        self._write_to_coordinators(session, pairing, facts, cause)

    def tell_left(self, session: Session, pairing: KeptPairing, by: Someone, cause: Cause, *, named: bool) -> None:
        """Tell the other of the two that the pairing has ended, with the name of whoever left or without it."""
        other = pairing.mentee if by is pairing.mentor else pairing.mentor
        facts = PartnerLeftFacts(
            name=other.name,
            head=self.head(session, pairing),
            partner=by.name if named else "",
            is_mentor=other is pairing.mentor,
        )
        self.write(session, pairing, facts, other, cause)

    def pass_on(self, session: Session, pairing: KeptPairing, by: Someone, words: str, cause: Cause) -> None:
        """Pass the wish for a change on to the coordinators."""
        facts = ChangeAskedFacts(
            head=self._coordinators_head(session, pairing),
            mentor=pairing.mentor.name,
            mentee=pairing.mentee.name,
            by_mentor=by is pairing.mentor,
            words=words,
        )
        self._write_to_coordinators(session, pairing, facts, cause)

    def write(
        self,
        session: Session,
        pairing: KeptPairing,
        facts: PairingFacts,
        reader: Someone,
        cause: Cause,
        extras: Extras = PLAIN,
    ) -> str:
        """Put one mail into the outbox; return its Message-ID, or the one it would have had with a usable address."""
        return self._write(session, pairing, facts, (reader.email, reader.id), cause, extras)

    def _write_to_coordinators(self, session: Session, pairing: KeptPairing, facts: PairingFacts, cause: Cause) -> None:
        for address in facts.head.coordinators:
            self._write(session, pairing, facts, (address, None), cause, PLAIN)

    def _coordinators_head(self, session: Session, pairing: KeptPairing) -> PairingHead:
        page = f"{self._composer.public_url}/programmes/{pairing.slug}/pairings"
        return self._head(pairing, coordinators_of(session, pairing.programme_id), page)

    def _head(self, pairing: KeptPairing, coordinators: Iterable[str], page_url: str) -> PairingHead:
        return PairingHead(
            programme=pairing.programme,
            page_url=page_url,
            programme_url=f"{self._composer.public_url}/p/{pairing.slug}",
            coordinators=tuple(coordinators),
        )

    def _write(
        self,
        session: Session,
        pairing: KeptPairing,
        facts: PairingFacts,
        to: tuple[str, int | None],
        cause: Cause,
        extras: Extras,
    ) -> str:
        name = f"{self.page_of(pairing)}/{pairing.version}/{facts.kind}/{to[0]}/{cause.at.isoformat()}"
        stamp = Stamp(uuid5(NAMESPACE_URL, name), 1, cause.at.replace(microsecond=0))
        try:
            language = session.scalar(sa.select(Account.language).where(Account.mailbox == mailbox(to[0])))
            composed = self._composer.compose(facts, to=to[0], stamp=stamp, language=language, extras=extras)
        except InputRefused as refused:
            # What the two have decided holds, whether or not a mail about it can be written.
            _log.warning("no mail about a pairing can be written", pairing=pairing.id, reason=str(refused))
            return self._composer.message_id(stamp)
        begin(session, _notice(pairing.programme_id, to[1], composed, cause), cause)
        return composed.message_id


def _notice(programme_id: int, participant_id: int | None, composed: Composed, cause: Cause) -> Notice:
    return Notice(
        programme_id=programme_id,
        participant_id=participant_id,
        kind=composed.kind,
        state=NoticeState.PENDING,
        version=1,
        recipient=composed.recipient,
        subject=composed.subject,
        message_id=composed.message_id,
        message=composed.message,
        created_at=cause.at,
        next_at=cause.at,
    )
