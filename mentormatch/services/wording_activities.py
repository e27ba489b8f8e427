"""The activities that a programme advises: our own proposal, and what a coordinator words anew."""

from dataclasses import dataclass

import sqlalchemy as sa

from mentormatch.domain.activities import PROPOSED, Activities
from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict
from mentormatch.domain.sentences import said
from mentormatch.persistence.advancing import Cause, note_settings
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Programme
from mentormatch.persistence.repositories.plans import own_wordings, replace_wordings
from mentormatch.persistence.repositories.programmes import programme_of


@dataclass(frozen=True, slots=True)
class WordedActivities:
    """The texts that the programme words itself, and the version of its settings."""

    version: int
    own: Activities


class WordingActivities:
    """Shows the activities of a programme and takes a coordinator's own words for them."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def look(self, programme_id: int) -> WordedActivities:
        """Return what the programme words itself now."""
        with self._transactions.reading() as session:
            return WordedActivities(programme_of(session, programme_id).version, own_wordings(session, programme_id))

    def change(self, programme_id: int, texts: Activities, *, seen: int, actor: Actor) -> None:
        """Keep these texts; one that is empty or says what ours says follows ours from now on.

        Raises Conflict when somebody changed the programme's settings since version `seen`.
        """
        own = {key: text for key, text in texts.items() if text and text != PROPOSED[key]}
        with self._transactions.writing() as session:
            if own == own_wordings(session, programme_id):
                return
            unchanged = sa.update(Programme).where(Programme.id == programme_id, Programme.version == seen)
            changed = session.execute(
                unchanged.values(version=seen + 1), execution_options={"synchronize_session": False}
            )
            if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result always counts its rows
                raise Conflict(said("Someone changed these settings in the meantime."))
            replace_wordings(session, programme_id, own)
            note_settings(
                session, programme_id, Cause(actor, self._clock(), said("settings: activities")), version=seen + 1
            )
