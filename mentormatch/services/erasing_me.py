"""Erasing a participant at their own wish, and again after an older state of the database was restored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import SYSTEM, Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import IllegalStep
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.installation_files import InstallationFiles
from mentormatch.persistence.models import Erasure, Participant
from mentormatch.persistence.repositories.erasing import (
    forget_account,
    forget_answers,
    forget_mails,
    forget_rounds,
    no_answers,
)
from mentormatch.persistence.repositories.leaving import take_out
from mentormatch.persistence.repositories.participants import own_signup
from mentormatch.persistence.repositories.programmes import inputs_moved
from mentormatch.services.parting import Parting


@dataclass(frozen=True, slots=True)
class _Kept:
    programme_id: int
    added_at: datetime


class ErasingMe:
    """Erases people: names, addresses, ratings and texts go at once, the number under which they were kept stays.

    Who was erased is noted beside the database too. Where a database knows somebody who is noted there, it is older
    than the wish to be erased, and `replay` does it again.
    """

    def __init__(self, transactions: Transactions, clock: Clock, files: InstallationFiles, parting: Parting) -> None:
        self._transactions = transactions
        self._clock = clock
        self._files = files
        self._parting = parting

    def erase(self, programme_id: int, account_id: int, *, version: int) -> None:
        """Erase the owner of this account from a programme, and the account too unless it is needed elsewhere.

        Raises NotFound, and Conflict when the sign-up has changed since it was seen.
        """
        cause = Cause(Actor.account(account_id), self._clock(), said("erased by their own decision"))
        with self._transactions.writing() as session:
            inputs_moved(session, programme_id)
            row = session.get_one(Participant, own_signup(session, programme_id, account_id).id)
            parted = self._parting.parted(session, [row.id])
            _erase(session, row, cause, version)
            # Only now, or what tells of the erased person would stop this mail too; it names nobody.
            self._parting.tell(session, parted, [row.id], cause, named=False)
        self.replay()

    def replay(self) -> int:
        """Bring the ledgers of the database and beside it together; return how many people were erased again."""
        with self._transactions.reading() as session:
            erased, present = _ledger(session), self._files.erased()
            again = _still_there(session, {key: at for key, at in present if key not in erased})
        for key, kept in erased.items():
            if (key, kept.added_at.isoformat()) not in present:
                self._files.note_erased(key, kept.added_at.isoformat())
        for key, programme_id in again.items():
            with self._transactions.writing() as session:
                inputs_moved(session, programme_id)
                row = session.get_one(Participant, key)
                _erase(session, row, Cause(SYSTEM, self._clock(), said("erased before; an older state was restored")))
        return len(again)


def _erase(session: Session, row: Participant, cause: Cause, version: int | None = None) -> None:
    if row.state is SignupState.ERASED:
        raise IllegalStep(said("This sign-up was erased already."))
    if row.state is not SignupState.WITHDRAWN:
        advance(session, row, SignupState.WITHDRAWN, cause, version=version)
    take_out(session, [row.id], cause)
    forget_answers(session, row)
    forget_rounds(session, row)
    forget_mails(session, row, cause)
    forget_account(session, row, cause.at)
    advance(session, row, SignupState.ERASED, cause, **no_answers(row.id, cause.at))
    session.add(Erasure(participant_id=row.id, programme_id=row.programme_id, erased_at=cause.at))
    session.flush()


def _ledger(session: Session) -> Mapping[int, _Kept]:
    kept = sa.select(Erasure.participant_id, Erasure.programme_id, Participant.created_at)
    rows = session.execute(kept.join(Participant, Participant.id == Erasure.participant_id))
    return {row[0]: _Kept(row[1], row[2]) for row in rows}


def _still_there(session: Session, noted: Mapping[int, str]) -> Mapping[int, int]:
    columns = (Participant.id, Participant.programme_id, Participant.created_at)
    rows = session.execute(sa.select(*columns).where(Participant.id.in_(noted)))
    # A number that was given to somebody else after a restore belongs to another instant.
    return {row[0]: row[1] for row in rows if row[2].isoformat() == noted[row[0]]}
