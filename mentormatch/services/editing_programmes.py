"""Creating programmes and changing their settings."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, Fault, InputRefused
from mentormatch.domain.programmes import ProgrammeSettings
from mentormatch.domain.sentences import said
from mentormatch.persistence.advancing import Cause, note_settings
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Coordinatorship, Programme
from mentormatch.persistence.repositories.programmes import columns_of, inputs_moved, programme_of, settings_of


@dataclass(frozen=True, slots=True)
class EditedProgramme:
    """The settings of a programme and the version they are in."""

    version: int
    settings: ProgrammeSettings


class EditingProgrammes:
    """Makes programmes and changes what a coordinator sets for them."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def create(self, slug: str, settings: ProgrammeSettings, *, coordinator: int) -> None:
        """Make a programme and let the account `coordinator` coordinate it; raises InputRefused for a taken slug."""
        now = self._clock()
        row = Programme(slug=slug, created_at=now, **columns_of(settings))
        with self._transactions.writing() as session:
            self._insert(session, row)
            session.add(Coordinatorship(account_id=coordinator, programme_id=row.id, granted_at=now))

    def look(self, programme_id: int) -> EditedProgramme:
        """Return the settings as they are now."""
        with self._transactions.reading() as session:
            row = programme_of(session, programme_id)
            return EditedProgramme(row.version, settings_of(row))

    def change(self, programme_id: int, settings: ProgrammeSettings, *, seen: int, actor: Actor) -> None:
        """Replace the settings that were seen in version `seen`.

        Raises Conflict when somebody changed them since. What could change the pairs of a round moves the
        programme's inputs version, so that a proposal made before is known to be out of date.
        """
        with self._transactions.writing() as session:
            before = settings_of(programme_of(session, programme_id))
            unchanged = sa.update(Programme).where(Programme.id == programme_id, Programme.version == seen)
            changed = session.execute(
                unchanged.values(version=seen + 1, **columns_of(settings)),
                execution_options={"synchronize_session": False},
            )
            if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result always counts its rows
                raise Conflict(said("Someone changed these settings in the meantime."))
            if before.policy() != settings.policy():
                inputs_moved(session, programme_id)
            note_settings(
                session, programme_id, Cause(actor, self._clock(), _words(before, settings)), version=seen + 1
            )

    def _insert(self, session: Session, row: Programme) -> None:
        session.add(row)
        try:
            session.flush()
        except IntegrityError as taken:
            raise InputRefused(
                [Fault(None, "slug", said("Another programme has this name in addresses; choose another."))]
            ) from taken


def _words(before: ProgrammeSettings, now: ProgrammeSettings) -> str:
    old, new = columns_of(before), columns_of(now)
    return "settings: " + ", ".join(name for name, value in new.items() if value != old[name])
