"""Taking the people of a spreadsheet in: all is made ready first, so that others wait for the writing only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mentormatch.domain.errors import Conflict, InputRefused
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.advancing import Cause, advance_all
from mentormatch.persistence.models import Participant
from mentormatch.persistence.repositories.many_signups import (
    NewAnswers,
    NewPeople,
    new_answers,
    new_people,
    put_in,
    put_over,
    versions_of,
)
from mentormatch.persistence.repositories.participants import KeptSignup
from mentormatch.persistence.repositories.programmes import inputs_moved
from mentormatch.services.comparing_signups import compare


@dataclass(frozen=True, slots=True)
class Imported:
    """How many people an import has added, and how many it has changed."""

    added: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedImport:
    """Rows ready to be written, and the versions of the people they were made from."""

    added: NewPeople
    changed: NewAnswers
    unconfirmed: Sequence[int]
    """The participants whose addresses the coordinator vouches for with this file."""
    versions: Mapping[int, int]

    def fits(self, session: Session, programme_id: int) -> bool:
        """Tell whether everybody in the programme is still as they were when this was made ready."""
        return self.versions == versions_of(session, programme_id)

    def take_in(self, session: Session, programme_id: int, cause: Cause) -> Imported:
        """Write the rows; raises Conflict when somebody signed up with one of the addresses at this very moment."""
        done = Imported(len(self.added.people), len(self.changed.people))
        if done.added or done.changed:
            inputs_moved(session, programme_id)
        try:
            put_in(session, programme_id, self.added, SignupState.ACTIVE, cause)
        except IntegrityError as signed_up:
            raise Conflict(
                said("Somebody in the file signed up at this very moment. Nothing was imported.")
            ) from signed_up
        put_over(session, self.changed)
        if self.unconfirmed:
            vouched = Participant.id.in_(self.unconfirmed)
            advance_all(session, Participant, vouched, SignupState.UNCONFIRMED, SignupState.ACTIVE, cause)
        return done


def prepared(
    programme_id: int, numbered: Sequence[tuple[int, Signup]], kept: Sequence[KeptSignup], cause: Cause
) -> PreparedImport:
    """Make the rows of a spreadsheet ready; raises InputRefused naming every row of somebody who has left."""
    found = compare(numbered, kept)
    if found.gone:
        raise InputRefused(found.gone)
    return PreparedImport(
        added=new_people(programme_id, found.new, SignupState.ACTIVE, cause),
        changed=new_answers(((change.kept, change.signup) for change in found.changed), cause),
        unconfirmed=[change.kept.id for change in found.changed if change.is_unconfirmed],
        versions={one.id: one.version for one in kept},
    )
