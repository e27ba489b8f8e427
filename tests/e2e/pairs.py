"""What the pairs of the showcase have said: one waits for an answer, one has accepted, one was declined."""

import sqlalchemy as sa

from mentormatch.domain.clocks import utc_now
from mentormatch.domain.pairings import PairingState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Pairing, Participant
from mentormatch.services.answering_pairings import AnsweringPairings
from mentormatch.services.seats import LinkedSeat
from mentormatch.services.signed_links import SignedLinks


def let_pairs_speak(answering: AnsweringPairings, links: SignedLinks, person: str) -> dict[str, int | str]:
    """Let pairs answer; return what addresses name: a person's pairing, one that both accepted, and two links."""
    me, pairings = _announced(person)
    own = next(one for one in pairings if me in (one.mentor_id, one.mentee_id))
    accepted, declined = [one for one in pairings if me not in (one.mentor_id, one.mentee_id)][:2]

    def link(pairing: Pairing, participant_id: int) -> str:
        return links.to_answer(pairing.id, participant_id, utc_now()).rpartition("/")[2]

    for participant_id in (accepted.mentor_id, accepted.mentee_id):
        answering.accept(LinkedSeat(link(accepted, participant_id)))
    answering.ask_for_change(LinkedSeat(link(accepted, accepted.mentor_id)), "Could we meet later in the day?")
    answering.decline(LinkedSeat(link(declined, declined.mentee_id)), "We work for the same customer.")
    return {
        "pairing_id": own.id,
        "accepted_id": accepted.id,
        "accepted_mentee": accepted.mentee_id,
        "answer_token": link(own, me),
        "reminders_token": links.to_end_reminders(me).rpartition("/")[2],
    }


def _announced(person: str) -> tuple[int, list[Pairing]]:
    with Transactions().reading() as session:
        me = session.scalars(sa.select(Participant.id).where(Participant.email == person)).first() or 0
        announced = sa.select(Pairing).where(Pairing.state == PairingState.ANNOUNCED).order_by(Pairing.id)
        return me, list(session.scalars(announced))
