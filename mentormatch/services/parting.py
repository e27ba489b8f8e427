"""Parting: people who leave a programme, and those who were paired with them and are told so."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from mentormatch.persistence.advancing import Cause
from mentormatch.persistence.models import Pairing
from mentormatch.persistence.repositories.leaving import of_people, take_out
from mentormatch.persistence.repositories.pairings import LIVE, KeptPairing, pairings_where
from mentormatch.services.pairing_mails import PairingMails


class Parting:
    """Takes people out of what goes on, in the transaction of whoever lets them go."""

    def __init__(self, mails: PairingMails) -> None:
        self._mails = mails

    def let_go(self, session: Session, ids: Collection[int], cause: Cause) -> None:
        """End what goes on with these people, and tell those who stay; the caller holds the programme's lock."""
        parted = self.parted(session, ids)
        take_out(session, ids, cause)
        self.tell(session, parted, ids, cause, named=True)

    def parted(self, session: Session, ids: Collection[int]) -> Sequence[KeptPairing]:
        """Return the announced and accepted pairings that end when these people leave."""
        return pairings_where(session, of_people(ids), Pairing.state.in_(LIVE))

    def tell(
        self, session: Session, parted: Sequence[KeptPairing], ids: Collection[int], cause: Cause, *, named: bool
    ) -> None:
        """Tell the one who stays of each pairing; where both leave, nobody is told."""
        for pairing in parted:
            leaving = [one for one in pairing.both if one.id in ids]
            if len(leaving) == 1:
                self._mails.tell_left(session, pairing, leaving[0], cause, named=named)
