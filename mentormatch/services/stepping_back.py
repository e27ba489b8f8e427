"""How much somebody takes on, by their own decision: so many mentees, a pause, the end of taking part."""

from dataclasses import replace
from typing import Final

from mentormatch.domain.actors import Actor
from mentormatch.domain.choices import LEADS_TO, STARTS_FROM, Act
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Fault, IllegalStep, InputRefused
from mentormatch.domain.sentences import said
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant
from mentormatch.persistence.repositories.participants import own_signup, replace_answers
from mentormatch.persistence.repositories.programmes import inputs_moved
from mentormatch.services.parting import Parting
from mentormatch.services.wishing import taking_part

FOR_NOTHING: Final = said(
    "You do not ask for a mentor, so without a place nothing would be left. Pause or withdraw instead."
)
BY_THEMSELVES: Final = said("by their own decision")


class SteppingBack:
    """Takes participants' own steps; each is one that a coordinator can take too, with themselves as the cause."""

    def __init__(self, transactions: Transactions, clock: Clock, parting: Parting) -> None:
        self._transactions = transactions
        self._clock = clock
        self._parting = parting

    def take_mentees(self, programme_id: int, account_id: int, places: int, *, version: int) -> None:
        """Offer this many places from now on; none ends the offer.

        Raises NotFound, IllegalStep, InputRefused, and Conflict when the answers have changed since they were seen.
        """
        with self._transactions.writing() as session:
            kept = taking_part(session, programme_id, account_id)
            if places == 0 and not kept.signup.wants_mentor:
                raise InputRefused([Fault(None, "places", FOR_NOTHING)])
            offered = replace(kept.signup, capacity=places, offers_mentoring=places > 0)
            replace_answers(session, replace(kept, version=version), offered, self._clock())

    def step(self, programme_id: int, account_id: int, act: Act, *, version: int) -> None:
        """Pause, resume or withdraw; to withdraw also ends what goes on, stops mails, and tells those it ends for.

        Raises NotFound, IllegalStep, and Conflict when somebody has changed this sign-up since it was seen.
        """
        cause = Cause(Actor.account(account_id), self._clock(), BY_THEMSELVES)
        with self._transactions.writing() as session:
            inputs_moved(session, programme_id)
            kept = own_signup(session, programme_id, account_id)
            if kept.state not in STARTS_FROM[act]:
                raise IllegalStep(said("Your sign-up is not in a state that allows this. Nothing was changed."))
            advance(session, session.get_one(Participant, kept.id), LEADS_TO[act], cause, version=version)
            if act is Act.WITHDRAW:
                self._parting.let_go(session, [kept.id], cause)
