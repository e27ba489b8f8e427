"""Setting the policy of a programme, and putting back the one before."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict
from mentormatch.domain.programmes import PolicySettings
from mentormatch.domain.sentences import said
from mentormatch.persistence.advancing import Cause, note_settings
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Programme
from mentormatch.persistence.repositories.programmes import (
    earlier_policies_as_json,
    earlier_policies_of,
    inputs_moved,
    policy_columns_of,
    programme_of,
    settings_of,
)


class SettingPolicies:
    """Changes how the rounds of a programme are solved from now on; every change keeps the policies before."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def change(self, programme_id: int, chosen: PolicySettings, *, seen: int, actor: Actor) -> None:
        """Put a policy in the place of the one seen with version `seen`; the same one again changes nothing.

        Raises Conflict when somebody changed the settings since.
        """
        with self._transactions.writing() as session:
            row = programme_of(session, programme_id)
            before = settings_of(row).policy_settings()
            if before == chosen:
                return
            self._replace(session, row, before, chosen, seen)
            note_settings(session, programme_id, Cause(actor, self._clock(), _words(before, chosen)), version=seen + 1)

    def put_back(self, programme_id: int, *, seen: int, actor: Actor, which: int = 1) -> None:
        """Put an earlier policy back, counted from the newest; the one of now becomes the newest of the earlier.

        Raises Conflict when there is none, or as above.
        """
        with self._transactions.writing() as session:
            row = programme_of(session, programme_id)
            now, earlier = settings_of(row).policy_settings(), earlier_policies_of(row)
            if len(earlier) < which:
                raise Conflict(said("There is no earlier policy to put back."))
            chosen = earlier[which - 1]
            self._replace(session, row, now, chosen, seen)
            why = f"put back: {_words(now, chosen)}"
            note_settings(session, programme_id, Cause(actor, self._clock(), why), version=seen + 1)

    def _replace(
        self, session: Session, row: Programme, before: PolicySettings, chosen: PolicySettings, seen: int
    ) -> None:
        programme_id = row.id
        others = [one for one in earlier_policies_of(row) if one not in (before, chosen)]
        kept = earlier_policies_as_json([before, *others])
        unchanged = sa.update(Programme).where(Programme.id == programme_id, Programme.version == seen)
        changed = session.execute(
            unchanged.values(version=seen + 1, earlier_policy=kept, **policy_columns_of(chosen)),
            execution_options={"synchronize_session": False},
        )
        if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result always counts its rows
            raise Conflict(said("Someone changed these settings in the meantime."))
        if before.policy() != chosen.policy():
            inputs_moved(session, programme_id)


def _words(before: PolicySettings, chosen: PolicySettings) -> str:
    old, new = policy_columns_of(before), policy_columns_of(chosen)
    changed = [(name, value) for name, value in new.items() if value != old[name]]
    said = (name if isinstance(value, dict) else f"{name}: {old[name]} to {value}" for name, value in changed)
    return "policy: " + ", ".join(said)
