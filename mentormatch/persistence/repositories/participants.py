"""Participants as they are kept: whole sign-ups out in two queries however many there are, and in without loops."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import Conflict, NotFound
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.advancing import Cause, begin_all
from mentormatch.persistence.models import Account, Participant, Programme, Rating

_ANSWERS: Final = (
    *("email", "name", "organisation", "site", "time_zone", "manager_email", "position", "position_aimed_at"),
    *("offers_mentoring", "capacity", "wants_mentor", "certification_held", "certification_pursued"),
    *("mentorships_completed", "hopes"),
)
"""The answers that a row and a sign-up call by the same name and keep in the same form."""


@dataclass(frozen=True, slots=True)
class KeptSignup:
    """A sign-up as it is kept: the participant's id, state and version, and the answers."""

    id: int
    state: SignupState
    version: int
    signup: Signup


def lock_people(session: Session, programme_id: int) -> None:
    """Wait until nobody else changes the people of a programme; on SQLite the transaction itself has waited already."""
    session.execute(sa.select(Programme.id).where(Programme.id == programme_id).with_for_update(key_share=True))


def signups_of(
    session: Session, programme_id: int, state: SignupState = SignupState.ACTIVE
) -> tuple[tuple[int, Signup], ...]:
    """Return (participant id, sign-up) of everyone of a programme in one state, by id."""
    kept = _read(session, Participant.programme_id == programme_id, Participant.state == state)
    return tuple((one.id, one.signup) for one in kept)


def kept_signups(session: Session, programme_id: int) -> tuple[KeptSignup, ...]:
    """Return every sign-up of a programme, in whatever state, by id."""
    return _read(session, Participant.programme_id == programme_id)


def signups_where(session: Session, condition: sa.ColumnElement[bool]) -> Mapping[int, KeptSignup]:
    """Return every sign-up whose participant meets the condition, by id."""
    return {one.id: one for one in _read(session, condition)}


def find_by_id(session: Session, programme_id: int, participant_id: int) -> KeptSignup | None:
    """Return one participant of this programme."""
    return next(iter(_read(session, Participant.programme_id == programme_id, Participant.id == participant_id)), None)


def find_by_mailbox(session: Session, programme_id: int, mailbox: str) -> KeptSignup | None:
    """Return the sign-up of a mailbox (its key, not the address as typed) in this programme."""
    return next(iter(_read(session, Participant.programme_id == programme_id, Participant.mailbox == mailbox)), None)


def own_signup(session: Session, programme_id: int, account_id: int | None) -> KeptSignup:
    """Return the sign-up of an account's owner in this programme; raises NotFound, also for one that was erased."""
    account = session.get(Account, account_id) if account_id is not None else None
    kept = find_by_mailbox(session, programme_id, account.mailbox) if account else None
    if kept is None or kept.state is SignupState.ERASED:
        raise NotFound(said("There is no such sign-up."))
    return kept


def add_signup(session: Session, programme_id: int, signup: Signup, state: SignupState, cause: Cause) -> int:
    """Add one participant and return the id; `inputs_moved` is the caller's to call when the state is active."""
    return add_signups(session, programme_id, [signup], state, cause)[0]


def add_signups(
    session: Session, programme_id: int, signups: Sequence[Signup], state: SignupState, cause: Cause
) -> list[int]:
    """Add participants and return their ids, in the order of the sign-ups."""
    times = {"created_at": cause.at, "updated_at": cause.at}
    rows = [
        Participant(
            programme_id=programme_id, state=state, mailbox=signup.mailbox, **columns_of_signup(signup), **times
        )
        for signup in signups
    ]
    begin_all(session, rows, cause)
    ids = [row.id for row in rows]
    ratings = [r for i, signup in zip(ids, signups, strict=True) for r in ratings_of(i, signup, cause.at)]
    if ratings:
        # Without this, open targets would split the ratings into thousands of statements.
        session.execute(sa.insert(Rating), ratings, execution_options={"render_nulls": True})
    return ids


def replace_answers(session: Session, kept: KeptSignup, signup: Signup, now: datetime) -> None:
    """Put new answers in the place of those that were read; state and mailbox stay as they are.

    Only ratings that differ get a new date. Raises Conflict when somebody changed the row since it was read.
    """
    if signup.mailbox != kept.signup.mailbox:
        msg = "the mailbox of a participant does not change with the answers"
        raise ValueError(msg)
    seen = sa.update(Participant).where(Participant.id == kept.id, Participant.version == kept.version)
    changed = session.execute(
        seen.values(**columns_of_signup(signup), version=kept.version + 1, updated_at=now),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result always counts its rows
        raise Conflict(
            said("Someone changed these answers in the meantime. Look at them as they are now and decide again.")
        )
    if rerated := changed_ratings(kept, signup, now):
        session.execute(sa.update(Rating), rerated)


def changed_ratings(kept: KeptSignup, signup: Signup, now: datetime) -> list[dict[str, Any]]:
    """Return the ratings that differ from those that are kept, as rows."""
    old = {r["competency"]: r for r in ratings_of(kept.id, kept.signup, now)}
    return [r for r in ratings_of(kept.id, signup, now) if r != old[r["competency"]]]


def _read(session: Session, *conditions: sa.ColumnElement[bool]) -> tuple[KeptSignup, ...]:
    # People before ratings: whoever signs up between the two queries is left out whole, not read without ratings.
    columns = [getattr(Participant, name) for name in ("id", "state", "version", "languages", *_ANSWERS)]
    rows = session.execute(sa.select(*columns).where(*conditions).order_by(Participant.id)).mappings().all()
    levels: dict[int, dict[Competency, int]] = defaultdict(dict)
    targets: dict[int, dict[Competency, int]] = defaultdict(dict)
    rated = sa.select(Rating.participant_id, Rating.competency, Rating.level, Rating.target)
    for participant_id, competency, level, target in session.execute(rated.join(Participant).where(*conditions)):
        levels[participant_id][competency] = level
        if target is not None:
            targets[participant_id][competency] = target
    return tuple(_kept(row, levels[row["id"]], targets[row["id"]]) for row in rows)


def _kept(row: Mapping[Any, Any], levels: dict[Competency, int], targets: dict[Competency, int]) -> KeptSignup:
    answers = {name: row[name] for name in _ANSWERS}
    signup = Signup(
        **answers,
        languages=tuple(row["languages"].split(";")),
        levels=MappingProxyType(levels),
        targets=MappingProxyType(targets),
    )
    return KeptSignup(row["id"], row["state"], row["version"], signup)


def columns_of_signup(signup: Signup) -> dict[str, Any]:
    """Return the answers of a sign-up as the columns of a participant."""
    return {name: getattr(signup, name) for name in _ANSWERS} | {"languages": ";".join(signup.languages)}


def ratings_of(participant_id: int, signup: Signup, at: datetime) -> Iterable[dict[str, Any]]:
    """Return the sixteen ratings of a sign-up as rows."""
    for competency in Competency:
        yield {
            "participant_id": participant_id,
            "competency": competency,
            "level": signup.levels[competency],
            "target": signup.targets.get(competency),
            "rated_at": at,
        }
