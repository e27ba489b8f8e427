"""What participants ask of coming rounds: whom they would like, whom they must not be paired with, and being found."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Fault, IllegalStep, InputRefused
from mentormatch.domain.mailboxes import mailbox
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.domain.wishes import MOST_AVOIDED, MOST_WISHES, Avoided, ListedMentor
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant
from mentormatch.persistence.repositories.participants import KeptSignup, own_signup
from mentormatch.persistence.repositories.programmes import inputs_moved
from mentormatch.persistence.repositories.rounds import open_round
from mentormatch.persistence.repositories.wishes import (
    add_avoided,
    avoided_by,
    drop_avoided,
    listed_mentors,
    put_wishes,
    wished_by,
)

TOO_MANY_WISHES: Final = said("Choose at most five mentors.")
TOO_MANY_AVOIDED: Final = said("You have named ten people. Take one back before you name another.")
NOT_YOURSELF: Final = said("This is your own address. Give another person’s.")
NOBODY: Final = said("Somebody you chose can no longer be chosen. Look at the list again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WishesPage:
    """Everything a participant has asked for, and whom they can choose from."""

    state: SignupState
    version: int
    wants_mentor: bool
    offers_mentoring: bool
    places: int
    is_listed: bool
    mentors: tuple[ListedMentor, ...]
    wished: tuple[int, ...]
    avoided: tuple[Avoided, ...]
    round_is_open: bool
    """Whether a round is being prepared now, which may have been worked out already."""

    @property
    def is_taking_part(self) -> bool:
        """Whether there is anything to ask for: this person is in the programme and has confirmed it."""
        return self.state in {SignupState.ACTIVE, SignupState.PAUSED}

    @property
    def is_paused(self) -> bool:
        """Whether this person is left out of rounds at their own wish or a coordinator's."""
        return self.state is SignupState.PAUSED

    @property
    def chosen(self) -> tuple[ListedMentor, ...]:
        """Those wished for who can still be chosen."""
        return tuple(mentor for mentor in self.mentors if mentor.id in self.wished)


class Wishing:
    """Shows and changes what one participant asks for; nobody else in the programme learns of it."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def page(self, programme_id: int, account_id: int) -> WishesPage:
        """Return what the owner of this account has asked for; raises NotFound."""
        with self._transactions.reading() as session:
            kept = own_signup(session, programme_id, account_id)
            return WishesPage(
                state=kept.state,
                version=kept.version,
                wants_mentor=kept.signup.wants_mentor,
                offers_mentoring=kept.signup.offers_mentoring,
                places=kept.signup.capacity,
                is_listed=is_listed(session, kept.id),
                mentors=listed_mentors(session, programme_id, kept),
                wished=wished_by(session, kept.id),
                avoided=avoided_by(session, kept.id),
                round_is_open=open_round(session, programme_id) is not None,
            )

    def wish(self, programme_id: int, account_id: int, mentors: Collection[int]) -> None:
        """Put these wishes in the place of all others; raises NotFound, IllegalStep and InputRefused."""
        chosen = tuple(dict.fromkeys(mentors))
        if len(chosen) > MOST_WISHES:
            raise InputRefused([Fault(None, "mentors", TOO_MANY_WISHES)])
        with self._transactions.writing() as session:
            kept = taking_part(session, programme_id, account_id)
            if not set(chosen) <= {mentor.id for mentor in listed_mentors(session, programme_id, kept)}:
                raise InputRefused([Fault(None, "mentors", NOBODY)])
            put_wishes(session, programme_id, kept.id, chosen, self._clock())

    def avoid(self, programme_id: int, account_id: int, email: str) -> None:
        """Keep this person apart from whoever owns an address; it answers alike for addresses it does not know.

        Raises NotFound, IllegalStep and InputRefused; to name somebody again changes nothing.
        """
        avoided = Avoided(mailbox(email), email)
        with self._transactions.writing() as session:
            kept = taking_part(session, programme_id, account_id)
            already = {one.mailbox for one in avoided_by(session, kept.id)}
            if avoided.mailbox == kept.signup.mailbox:
                raise InputRefused([Fault(None, "email", NOT_YOURSELF)])
            if avoided.mailbox in already:
                return
            if len(already) >= MOST_AVOIDED:
                raise InputRefused([Fault(None, "email", TOO_MANY_AVOIDED)])
            add_avoided(session, programme_id, kept.id, avoided, self._clock())

    def avoid_no_longer(self, programme_id: int, account_id: int, email: str) -> None:
        """Take it back; somebody who was not named is no error. Raises NotFound and IllegalStep."""
        with self._transactions.writing() as session:
            kept = taking_part(session, programme_id, account_id)
            drop_avoided(session, kept.id, mailbox(email))

    def be_listed(self, programme_id: int, account_id: int, *, listed: bool) -> None:
        """Let others find this mentor by name, or no longer; raises NotFound and IllegalStep."""
        with self._transactions.writing() as session:
            kept = taking_part(session, programme_id, account_id)
            list_by_name(session, kept.id, listed=listed)


def list_by_name(session: Session, participant_id: int, *, listed: bool) -> None:
    """Note whether a participant agreed to be listed; it is no answer that a round is solved from."""
    agreed = sa.update(Participant).where(Participant.id == participant_id).values(agreed_to_be_listed=listed)
    session.execute(agreed, execution_options={"synchronize_session": False})


def taking_part(session: Session, programme_id: int, account_id: int) -> KeptSignup:
    """Return the account owner's sign-up for a change to what rounds are made of, with the programme held.

    Raises NotFound, and IllegalStep for whoever has not confirmed or has left.
    """
    inputs_moved(session, programme_id)
    kept = own_signup(session, programme_id, account_id)
    if kept.state not in {SignupState.ACTIVE, SignupState.PAUSED}:
        raise IllegalStep(said("You take no part in this programme now, so there is nothing to ask for."))
    return kept


def is_listed(session: Session, participant_id: int) -> bool:
    """Tell whether a participant agreed to be listed."""
    return bool(session.scalar(sa.select(Participant.agreed_to_be_listed).where(Participant.id == participant_id)))
