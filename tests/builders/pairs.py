"""A published round and the hands that take its pairings on; people by their first names."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from icalendar import Calendar

from mentormatch.domain.notices import NoticeKind
from mentormatch.domain.pairings import PairingState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice, Pairing, Participant
from mentormatch.services.answering_pairings import AnsweringPairings
from mentormatch.services.pairing_views import PairingView
from mentormatch.services.seats import LinkedSeat, OwnSeat
from tests.builders.accounts import add_account, add_coordinator
from tests.builders.running import Running


@dataclass(frozen=True)
class Pairs:
    """The pairings of one published round, asked for by their mentee."""

    running: Running
    accounts: dict[str, int]

    @property
    def answering(self) -> AnsweringPairings:
        return self.running.services.pairings.answering

    def seat(self, who: str, mentee: str | None = None) -> OwnSeat:
        """Return somebody's own seat; a mentor says with which mentee."""
        return OwnSeat(self.running.programme_id, self.pairing(mentee or who).id, self.accounts[who])

    def view(self, who: str, mentee: str | None = None) -> PairingView:
        return self.answering.look(self.seat(who, mentee))

    def pairing(self, mentee: str) -> Pairing:
        """Return the pairing that a mentee has in the round."""
        with Transactions().reading() as session:
            found = sa.select(Pairing).where(Pairing.mentee_id == self.running.ids[mentee])
            return session.scalars(found.order_by(Pairing.id.desc())).first() or Pairing()

    def state(self, mentee: str) -> PairingState:
        return self.pairing(mentee).state

    def mentor_of(self, mentee: str) -> str:
        """Return the first name of a mentee's mentor."""
        mentor_id = self.pairing(mentee).mentor_id
        return next(name for name, key in self.running.ids.items() if key == mentor_id)

    def both_accept(self, mentee: str) -> None:
        self.answering.accept(self.seat(mentee))
        self.answering.accept(self.seat(self.mentor_of(mentee), mentee))

    def mailed_link(self, who: str) -> LinkedSeat:
        """Return the first link to answer in the mail that somebody got with the round."""
        with Transactions().reading() as session:
            mails = sa.select(Notice.message).where(Notice.participant_id == self.running.ids[who])
            message = session.scalars(mails.order_by(Notice.id)).first() or b""
        return LinkedSeat(message.replace(b"=\r\n", b"").split(b"/answer/")[1].split()[0].decode())

    def mails(self, *kinds: NoticeKind) -> list[tuple[str, str]]:
        """Return (kind, recipient) of the mails of these kinds, in order."""
        with Transactions().reading() as session:
            rows = session.execute(sa.select(Notice.kind, Notice.recipient).where(Notice.kind.in_(kinds)))
            return sorted((str(kind), recipient) for kind, recipient in rows)

    def text(self, kind: NoticeKind, recipient: str) -> bytes:
        """Return the bytes of the newest mail of a kind to somebody."""
        with Transactions().reading() as session:
            mails = sa.select(Notice.message).where(Notice.kind == kind, Notice.recipient == recipient)
            return session.scalars(mails.order_by(Notice.id.desc())).first() or b""


def published(running: Running) -> Pairs:
    """Publish a round of the programme, with a coordinator, and give everybody an account."""
    with Transactions().writing() as session:
        add_coordinator(session, "cora@firm.example", running.programme_id)
    running.propose()
    running.publish()
    with Transactions().writing() as session:
        emails = {row.id: row.email for row in session.scalars(sa.select(Participant))}
        accounts = {name: add_account(session, emails[key]).id for name, key in running.ids.items()}
    return Pairs(running, accounts)


def meetings_in(content: bytes | str) -> list[Any]:
    """Return the meetings of a calendar file, as the library reads them."""
    return list(Calendar.from_ical(content).walk("VEVENT"))
