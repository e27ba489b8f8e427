"""Exporting people as files: the list as it is shown, or all their answers in the columns that the import reads."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy.orm import Session

from mentormatch.domain.choices import Chosen
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant
from mentormatch.persistence.repositories.participants import signups_where
from mentormatch.persistence.repositories.programmes import programme_of
from mentormatch.persistence.repositories.searching import Condition, find_people, ids_in_order, people_chosen
from mentormatch.spreadsheets.people import ListedRow, write_listed
from mentormatch.spreadsheets.signups import write_signups
from mentormatch.spreadsheets.tables import FileKind

EXPORTED: Final = (SignupState.ACTIVE, SignupState.PAUSED)
"""Whose answers are exported: an address that nobody confirmed is not, nor who has left; the import refuses them."""


class ExportingParticipants:
    """Writes people of a programme as files, in the order of the list."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def listed(self, programme_id: int, chosen: Chosen, kind: FileKind) -> bytes:
        """Return the people chosen as they are listed, all pages of them."""
        with self._transactions.reading() as session:
            who = people_chosen(programme_of(session, programme_id), chosen)
            rows = [_listed(row) for row in find_people(session, who, chosen.wanted)]
        return write_listed(rows, kind)

    def answers(self, programme_id: int, chosen: Chosen, kind: FileKind) -> bytes:
        """Return all answers of those of the people chosen who are in the programme, as the import reads them."""
        with self._transactions.reading() as session:
            who = people_chosen(programme_of(session, programme_id), chosen)
            signups = tuple(_in_order(session, who & Participant.state.in_(EXPORTED), chosen))
        return write_signups(signups, kind)


def _in_order(session: Session, who: Condition, chosen: Chosen) -> Iterator[Signup]:
    kept = signups_where(session, who)
    return (kept[i].signup for i in ids_in_order(session, who, chosen.wanted))


def _listed(row: Participant) -> ListedRow:
    return ListedRow(
        email=row.email,
        name=row.name,
        organisation=row.organisation,
        site=row.site,
        position=row.position,
        position_aimed_at=row.position_aimed_at,
        places=row.capacity if row.offers_mentoring else 0,
        wants_mentor="yes" if row.wants_mentor else "no",
        certification_held=row.certification_held,
        certification_pursued=row.certification_pursued,
        mentorships_completed=row.mentorships_completed,
        state=row.state,
        changed=row.updated_at.isoformat(timespec="seconds"),
    )
