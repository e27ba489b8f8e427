"""Thousands of sign-ups put in at once: everything that can be made ready is, before the programme is locked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.advancing import Cause, note_beginnings
from mentormatch.persistence.database import Model
from mentormatch.persistence.models import Participant, Rating
from mentormatch.persistence.repositories.participants import (
    KeptSignup,
    changed_ratings,
    columns_of_signup,
    ratings_of,
)

Row = dict[str, Any]

_PEOPLE: Final = Model.metadata.tables[Participant.__tablename__]
_RATINGS: Final = Model.metadata.tables[Rating.__tablename__]


@dataclass(frozen=True, slots=True)
class NewPeople:
    """New participants as rows, and the ratings of each by mailbox; the ids are not known yet."""

    people: Sequence[Row]
    ratings: Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class NewAnswers:
    """Answers that take the place of others as rows, and the ratings that differ."""

    people: Sequence[Row]
    ratings: Sequence[Row]


def versions_of(session: Session, programme_id: int) -> Mapping[int, int]:
    """Return the version of everybody in a programme by id: equal when nobody has come and nobody has changed."""
    still_here = sa.and_(Participant.programme_id == programme_id, Participant.state != SignupState.ERASED)
    rows = session.execute(sa.select(Participant.id, Participant.version).where(still_here))
    return {row[0]: row[1] for row in rows}


def new_people(programme_id: int, signups: Iterable[Signup], state: SignupState, cause: Cause) -> NewPeople:
    """Make new participants ready to be put in; needs no database."""
    same = {"programme_id": programme_id, "state": state, "version": 1, "created_at": cause.at, "updated_at": cause.at}
    kept = tuple(signups)
    return NewPeople(
        people=[{**same, "mailbox": signup.mailbox, **columns_of_signup(signup)} for signup in kept],
        ratings={signup.mailbox: list(ratings_of(0, signup, cause.at)) for signup in kept},
    )


def new_answers(changes: Iterable[tuple[KeptSignup, Signup]], cause: Cause) -> NewAnswers:
    """Make new answers ready to take the place of those that are kept; needs no database."""
    people, ratings = list[Row](), list[Row]()
    for kept, signup in changes:
        people.append(
            columns_of_signup(signup) | {"of_id": kept.id, "version": kept.version + 1, "updated_at": cause.at}
        )
        for rating in changed_ratings(kept, signup, cause.at):
            of = {"of_id": rating.pop("participant_id"), "of_competency": rating.pop("competency")}
            ratings.append(rating | of)
    return NewAnswers(people, ratings)


def put_in(session: Session, programme_id: int, new: NewPeople, state: SignupState, cause: Cause) -> None:
    """Add new participants with their ratings and their first line of history."""
    if not new.people:
        return
    highest = session.scalar(sa.select(sa.func.coalesce(sa.func.max(Participant.id), 0))) or 0
    connection = session.connection()
    connection.execute(sa.insert(_PEOPLE), list(new.people))
    added = sa.and_(Participant.programme_id == programme_id, Participant.id > highest)
    for key, mailbox in session.execute(sa.select(Participant.id, Participant.mailbox).where(added)):
        for rating in new.ratings[mailbox]:
            rating["participant_id"] = key
    connection.execute(sa.insert(_RATINGS), [rating for ratings in new.ratings.values() for rating in ratings])
    note_beginnings(session, Participant, added, state, cause)


def put_over(session: Session, new: NewAnswers) -> None:
    """Put the answers in the place of those that were read; the caller has seen that their versions still stand."""
    connection = session.connection()
    of: sa.BindParameter[int] = sa.bindparam("of_id")
    if new.people:
        connection.execute(sa.update(_PEOPLE).where(_PEOPLE.c.id == of), list(new.people))
    if new.ratings:
        same = sa.and_(_RATINGS.c.participant_id == of, _RATINGS.c.competency == sa.bindparam("of_competency"))
        connection.execute(sa.update(_RATINGS).where(same), list(new.ratings))
