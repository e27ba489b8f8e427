"""Taking people who leave out of what goes on: what is proposed, what was announced, the mails on their way."""

from collections.abc import Collection
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.notices import LINK_KINDS, NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.persistence.advancing import Cause, advance_all
from mentormatch.persistence.models import Notice, Pairing

_ENDS: Final = (
    (PairingState.PROPOSED, PairingState.DROPPED),
    (PairingState.ANNOUNCED, PairingState.ENDED_EARLY),
    (PairingState.ACCEPTED, PairingState.ENDED_EARLY),
)
_FREE: Final = {"lease_owner": None, "lease_until": None}


def take_out(session: Session, ids: Collection[int], cause: Cause) -> None:
    """End the pairings of people who leave, and stop what was written to them and, unpublished, about them.

    The caller holds the programme's lock. A link to sign in still goes: whoever has left may want their data.
    """
    involved = of_people(ids)
    held = sa.and_(Notice.participant_id.in_(_partners(ids)), Notice.proposal_id.in_(_proposals(ids)))
    advance_all(session, Notice, held, NoticeState.HELD, NoticeState.CANCELLED, cause)
    for old, new in _ENDS:
        advance_all(session, Pairing, involved, old, new, cause)
    stop_mails(session, sa.and_(Notice.participant_id.in_(ids), Notice.kind.not_in(LINK_KINDS)), cause)


def stop_mails(session: Session, condition: sa.ColumnElement[bool], cause: Cause) -> None:
    """Cancel every mail that has not been handed over; one that may have been is not tried again."""
    for old, new, values in (
        (NoticeState.HELD, NoticeState.CANCELLED, {}),
        (NoticeState.PENDING, NoticeState.CANCELLED, {}),
        # Whoever holds one has not marked it yet, and finds on trying that it is no longer theirs.
        (NoticeState.SENDING, NoticeState.CANCELLED, _FREE),
    ):
        advance_all(session, Notice, condition, old, new, cause, values)


def of_people(ids: Collection[int]) -> sa.ColumnElement[bool]:
    """Return the condition that holds for the pairings in which one of these people is."""
    return sa.or_(Pairing.mentor_id.in_(ids), Pairing.mentee_id.in_(ids))


def _proposals(ids: Collection[int]) -> sa.Select[int]:
    return sa.select(Pairing.proposal_id).where(of_people(ids), Pairing.state == PairingState.PROPOSED)


def _partners(ids: Collection[int]) -> sa.CompoundSelect[int]:
    proposed = Pairing.state == PairingState.PROPOSED
    return sa.union(
        sa.select(Pairing.mentor_id).where(Pairing.mentee_id.in_(ids), proposed),
        sa.select(Pairing.mentee_id).where(Pairing.mentor_id.in_(ids), proposed),
    )
