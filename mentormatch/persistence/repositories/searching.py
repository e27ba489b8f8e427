"""Finding people of a programme by what a coordinator knows of them, a page at a time."""

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.searches import Order, Part, Wanted
from mentormatch.persistence.models import Participant

_PARTS: Final[Mapping[Part, sa.ColumnExpressionArgument[bool]]] = {
    Part.OFFERS: Participant.offers_mentoring,
    Part.WANTS: Participant.wants_mentor,
    Part.BOTH: sa.and_(Participant.offers_mentoring, Participant.wants_mentor),
}
_ORDERS: Final[Mapping[Order, sa.ColumnElement[Any]]] = {
    Order.NAME: sa.func.lower(Participant.name),
    Order.ORGANISATION: sa.func.lower(Participant.organisation),
    Order.SITE: sa.func.lower(Participant.site),
    Order.STATE: sa.cast(Participant.state, sa.String),
    Order.UPDATED: sa.type_coerce(Participant.updated_at, sa.DateTime),
}
_SEARCHED: Final = (Participant.name, Participant.email, Participant.organisation, Participant.site)


def count_people(session: Session, programme_id: int, wanted: Wanted) -> int:
    """Count the people who are looked for."""
    return session.scalar(sa.select(sa.func.count()).where(_found(programme_id, wanted))) or 0


def find_people(
    session: Session, programme_id: int, wanted: Wanted, *, skip: int, most: int
) -> tuple[Participant, ...]:
    """Return at most `most` of the people who are looked for, in the order asked for, without their ratings."""
    by = _ORDERS[wanted.order]
    rows = sa.select(Participant).where(_found(programme_id, wanted))
    ordered = rows.order_by(
        by.desc() if wanted.descending else by.asc(), sa.func.lower(Participant.name), Participant.id
    )
    return tuple(session.scalars(ordered.offset(skip).limit(most)))


def sites_of(session: Session, programme_id: int) -> tuple[str, ...]:
    """Return the sites that people of a programme have named, in alphabetical order."""
    named = sa.select(Participant.site).where(Participant.programme_id == programme_id).distinct()
    return tuple(sorted(filter(None, session.scalars(named)), key=str.casefold))


def _found(programme_id: int, wanted: Wanted) -> sa.ColumnElement[bool]:
    conditions: list[sa.ColumnExpressionArgument[bool]] = [Participant.programme_id == programme_id]
    if wanted.text:
        conditions.append(sa.or_(*(column.icontains(wanted.text, autoescape=True) for column in _SEARCHED)))
    if wanted.part:
        conditions.append(_PARTS[wanted.part])
    if wanted.site:
        conditions.append(Participant.site == wanted.site)
    if wanted.pursued:
        conditions.append(Participant.certification_pursued == wanted.pursued)
    if wanted.state:
        conditions.append(Participant.state == wanted.state)
    return sa.and_(*conditions)
