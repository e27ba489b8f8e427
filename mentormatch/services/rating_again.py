"""Rating oneself again in the middle and at the end, with what was rated before kept beside it."""

from dataclasses import replace
from typing import Final

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict
from mentormatch.domain.levels import Levels
from mentormatch.domain.plans import Occasion
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.advancing import Cause, note_change
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant
from mentormatch.persistence.repositories.participants import KeptSignup, own_signup, replace_answers
from mentormatch.persistence.repositories.plans import RatedThen, keep_levels, levels_rated, rated_last
from mentormatch.persistence.repositories.programmes import inputs_moved

TAKES_PART: Final = (SignupState.ACTIVE, SignupState.PAUSED)
"""The states in which people rate themselves again."""
_WHY: Final = {
    Occasion.MIDDLE: said("levels rated again, in the middle"),
    Occasion.END: said("levels rated again, at the end"),
}


class RatingAgain:
    """Lets people say where they stand now; the levels of the sign-up move with it, and a round sees the new ones."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def look(self, programme_id: int, account_id: int) -> KeptSignup:
        """Return the sign-up whose levels are rated again; raises NotFound, and Conflict for whoever takes no part."""
        with self._transactions.reading() as session:
            return _in_it(own_signup(session, programme_id, account_id))

    def rate(self, programme_id: int, account_id: int, occasion: Occasion, levels: Levels, *, version: int) -> None:
        """Put new levels in the place of those seen in `version`, and keep them for the occasion.

        What stood before the first rating of this kind is kept as the start. Raises NotFound, and Conflict when the
        sign-up has changed since or its owner takes no part.
        """
        now = self._clock()
        with self._transactions.writing() as session:
            inputs_moved(session, programme_id)  # the programme's lock first, as everybody takes it
            kept = _in_it(own_signup(session, programme_id, account_id))
            if kept.version != version:
                raise Conflict(said("Your ratings have changed since you opened this page. Nothing of this was saved."))
            if not levels_rated(session, kept.id):
                start = RatedThen(Occasion.START, rated_last(session, kept.id), kept.signup.levels)
                keep_levels(session, kept.id, start)
            keep_levels(session, kept.id, RatedThen(occasion, now, levels))
            replace_answers(session, kept, replace(kept.signup, levels=levels), now)
            row = session.get_one(Participant, kept.id)
            note_change(session, row, Cause(Actor.account(account_id), now, _WHY[occasion]))


def _in_it(kept: KeptSignup) -> KeptSignup:
    if kept.state not in TAKES_PART:
        raise Conflict(said("Only people who take part in the programme rate themselves again."))
    return kept
