"""Finding people of a programme by what a coordinator knows of them, a page at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.certification import Certification
from mentormatch.domain.choices import Chosen
from mentormatch.domain.levels import HIGHEST
from mentormatch.domain.positions import Position
from mentormatch.domain.searches import Missing, Order, Part, Wanted
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.models import Participant, Programme, Rating

Condition = sa.ColumnElement[bool]
EVERYBODY: Final = Wanted()

_PARTS: Final[Mapping[Part, Condition]] = {
    Part.OFFERS: sa.and_(Participant.offers_mentoring),
    Part.WANTS: sa.and_(Participant.wants_mentor),
    Part.BOTH: sa.and_(Participant.offers_mentoring, Participant.wants_mentor),
}
_SEARCHED: Final = (Participant.name, Participant.email, Participant.organisation, Participant.site)


def _ranked(column: sa.ColumnExpressionArgument[Any], kind: type[StrEnum]) -> sa.ColumnElement[Any]:
    # The members of a ladder are listed from its lowest step up; the alphabet would put gold before silver.
    return sa.case({member: rank for rank, member in enumerate(kind)}, value=column)


_ORDERS: Final[Mapping[Order, sa.ColumnElement[Any]]] = {
    Order.NAME: sa.func.lower(Participant.name),
    Order.ORGANISATION: sa.func.lower(Participant.organisation),
    Order.SITE: sa.func.lower(Participant.site),
    Order.POSITION: _ranked(Participant.position_aimed_at, Position),
    Order.PLACES: sa.case((Participant.offers_mentoring, Participant.capacity), else_=-1),
    Order.WANTS: sa.cast(Participant.wants_mentor, sa.Integer),
    Order.HELD: _ranked(Participant.certification_held, Certification),
    Order.PURSUED: _ranked(Participant.certification_pursued, Certification),
    Order.STATE: sa.cast(Participant.state, sa.String),
    Order.UPDATED: sa.type_coerce(Participant.updated_at, sa.DateTime),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a participant stands: the state, and the version in which they were seen."""

    id: int
    name: str
    state: SignupState
    version: int


def people_wanted(programme: Programme, wanted: Wanted) -> Condition:
    """Return the condition that holds for the people of a programme who are looked for."""
    conditions: list[Condition] = [_people_of(programme)]
    if wanted.text:
        conditions.append(sa.or_(*(column.icontains(wanted.text, autoescape=True) for column in _SEARCHED)))
    if wanted.part:
        conditions.append(_PARTS[wanted.part])
    if wanted.missing:
        conditions.append(_MISSING[wanted.missing](programme))
    asked = (
        (Participant.site, wanted.site),
        (Participant.position_aimed_at, wanted.position),
        (Participant.certification_pursued, wanted.pursued),
        (Participant.certification_held, wanted.held),
        (Participant.state, wanted.state),
    )
    return sa.and_(*conditions, *(column == value for column, value in asked if value))


def people_chosen(programme: Programme, chosen: Chosen) -> Condition:
    """Return the condition that holds for the people of a programme who are chosen."""
    if chosen.ids is None:
        return people_wanted(programme, chosen.wanted)
    return sa.and_(_people_of(programme), Participant.id.in_(chosen.ids))


def _people_of(programme: Programme) -> Condition:
    # Whoever was erased is a number without answers.
    return sa.and_(Participant.programme_id == programme.id, Participant.state != SignupState.ERASED)


def count_people(session: Session, who: Condition) -> int:
    """Count the people for whom the condition holds."""
    return session.scalar(sa.select(sa.func.count()).select_from(Participant).where(who)) or 0


def _in_order(wanted: Wanted) -> tuple[sa.ColumnElement[Any], ...]:
    """Return the columns that put people in the order asked for, the same on every look."""
    by = _ORDERS[wanted.order]
    return (by.desc() if wanted.descending else by.asc(), sa.func.lower(Participant.name), Participant.id.asc())


def find_people(
    session: Session, who: Condition, wanted: Wanted, *, skip: int = 0, most: int | None = None
) -> tuple[Participant, ...]:
    """Return the people for whom the condition holds, in the order asked for, without their ratings."""
    ordered = sa.select(Participant).where(who).order_by(*_in_order(wanted))
    return tuple(session.scalars(ordered.offset(skip).limit(most)))


def standing_of(
    session: Session, who: Condition, wanted: Wanted = EVERYBODY, *, most: int | None = None
) -> tuple[Standing, ...]:
    """Return how the people stand for whom the condition holds, in the order asked for."""
    columns = (Participant.id, Participant.name, Participant.state, Participant.version)
    rows = session.execute(sa.select(*columns).where(who).order_by(*_in_order(wanted)).limit(most))
    return tuple(Standing(*row) for row in rows)


def ids_in_order(session: Session, who: Condition, wanted: Wanted) -> tuple[int, ...]:
    """Return the ids of the people for whom the condition holds, in the order asked for."""
    return tuple(session.scalars(sa.select(Participant.id).where(who).order_by(*_in_order(wanted))))


def sites_of(session: Session, programme_id: int) -> tuple[str, ...]:
    """Return the sites that people of a programme have named, in alphabetical order."""
    named = sa.select(Participant.site).where(Participant.programme_id == programme_id).distinct()
    return tuple(sorted(filter(None, session.scalars(named)), key=str.casefold))


def _no_rating(condition: Condition) -> Condition:
    return ~sa.exists().where(Rating.participant_id == Participant.id, condition)


def _teaches_nothing(programme: Programme) -> Condition:
    return sa.and_(Participant.offers_mentoring, _no_rating(Rating.level >= programme.teach_level))


def _aims_no_higher(programme: Programme) -> Condition:
    aimed_at = sa.func.coalesce(Rating.target, _usual_target(programme))
    return sa.and_(Participant.wants_mentor, _no_rating(Rating.level < aimed_at))


def _usual_target(programme: Programme) -> sa.ColumnElement[int]:
    return sa.case(
        *(
            (sa.and_(Participant.position_aimed_at == position, Rating.competency.in_(keys)), level)
            for position in Position
            for level in range(1, HIGHEST + 1)
            if (keys := [key for key, usual in programme.targets[position].items() if usual == level])
        ),
        else_=0,
    )


_MISSING: Final[Mapping[Missing, Callable[[Programme], Condition]]] = {
    Missing.STRENGTHS: _teaches_nothing,
    Missing.GAPS: _aims_no_higher,
    Missing.PLACES: lambda _: sa.and_(Participant.offers_mentoring, Participant.capacity == 0),
    Missing.MANAGER: lambda _: Participant.manager_email.is_(None),
    Missing.HOPES: lambda _: Participant.hopes == "",
}
