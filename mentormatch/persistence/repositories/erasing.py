"""Erasing one participant from every table: what named them goes, and what others need stays as numbers."""

from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.certification import Certification
from mentormatch.domain.notices import LINK_KINDS, NoticeKind, NoticeState
from mentormatch.domain.positions import Position
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.advancing import Cause, advance_all
from mentormatch.persistence.database import Model
from mentormatch.persistence.models import (
    Account,
    AdjustmentRow,
    Avoidance,
    BrowserSession,
    Coordinatorship,
    ImportedFile,
    MatchingRound,
    Notice,
    Pairing,
    Participant,
    Proposal,
    SignInRequest,
    Wish,
)
from mentormatch.persistence.repositories.holdings import HOLDINGS, OnErasure
from mentormatch.persistence.repositories.leaving import of_people, stop_mails

NOBODY: Final = "–"
"""Stands where a name or a reason stood."""
PERSON: Final = "participant_id"


def address_of_nobody(participant_id: int) -> str:
    """Return an address that no mail reaches, a different one for everybody who was erased."""
    return f"{participant_id}@erased.invalid"


def no_answers(participant_id: int, now: datetime) -> dict[str, Any]:
    """Return the columns of a participant of whom nothing is known."""
    nowhere = address_of_nobody(participant_id)
    return {
        "mailbox": nowhere,
        "email": nowhere,
        "manager_email": None,
        "name": NOBODY,
        **dict.fromkeys(("organisation", "site", "languages", "hopes"), ""),
        "time_zone": "UTC",
        "position": Position.VALUE_STREAM,
        "position_aimed_at": Position.VALUE_STREAM,
        **dict.fromkeys(("offers_mentoring", "wants_mentor", "agreed_to_be_listed"), False),
        "certification_held": Certification.NONE,
        "certification_pursued": Certification.NONE,
        "capacity": 0,
        "mentorships_completed": 0,
        "updated_at": now,
    }


def forget_answers(session: Session, person: Participant) -> None:
    """Delete the ratings, the wishes and whatever others had typed of this person's address."""
    for table in _deleted_whole():
        session.execute(sa.delete(table).where(table.c[PERSON] == person.id))
    for forgotten in (
        sa.delete(Wish).where(sa.or_(Wish.mentee_id == person.id, Wish.mentor_id == person.id)),
        sa.delete(Avoidance).where(Avoidance.programme_id == person.programme_id, Avoidance.mailbox == person.mailbox),
        sa.update(Participant)
        .where(
            Participant.programme_id == person.programme_id,
            sa.func.lower(Participant.manager_email) == person.mailbox,
        )
        .values(manager_email=None),
        # A file that waits to be imported may bring everything back; its coordinator has it still.
        sa.delete(ImportedFile).where(
            ImportedFile.programme_id == person.programme_id, ImportedFile.applied_at.is_(None)
        ),
    ):
        session.execute(forgotten, execution_options={"synchronize_session": False})


def _deleted_whole() -> list[sa.Table]:
    """Return the tables whose rows belong to one participant and go with them."""
    rules = ((name, rule) for name, rule in HOLDINGS.items() if rule.on_erasure is OnErasure.DELETED)
    return [Model.metadata.tables[name] for name, rule in rules if PERSON in rule.by]


def forget_rounds(session: Session, person: Participant) -> None:
    """Take levels, digests and typed reasons out of what rounds have kept of this person."""
    involved = sa.or_(AdjustmentRow.mentor_id == person.id, AdjustmentRow.mentee_id == person.id)
    here = MatchingRound.programme_id == person.programme_id
    for forgotten in (
        sa.update(Pairing).where(of_people([person.id])).values(closures=[]),
        sa.update(AdjustmentRow).where(involved, AdjustmentRow.reason != "").values(reason=NOBODY),
        sa.update(MatchingRound).where(here, MatchingRound.failure.contains(person.name)).values(failure=NOBODY),
    ):
        session.execute(forgotten, execution_options={"synchronize_session": False})
    rounds = sa.select(MatchingRound.id).where(here)
    for key, entrants in session.execute(
        sa.select(Proposal.id, Proposal.entrants).where(Proposal.round_id.in_(rounds))
    ).all():
        if (kept := entrants.get(str(person.id))) is not None:
            fewer = entrants | {str(person.id): [kept[0], ""]}
            session.execute(sa.update(Proposal).where(Proposal.id == key).values(entrants=fewer))


def forget_mails(session: Session, person: Participant, cause: Cause) -> None:
    """Stop and empty every mail to this person, and those to their partners and to coordinators that tell of them."""
    own = sa.or_(
        Notice.participant_id == person.id,
        sa.and_(Notice.participant_id.is_(None), sa.func.lower(Notice.recipient) == person.mailbox),
    )
    with_them = sa.select(Pairing.proposal_id).where(of_people([person.id]))
    partners = sa.union(
        sa.select(Pairing.mentor_id).where(Pairing.mentee_id == person.id),
        sa.select(Pairing.mentee_id).where(Pairing.mentor_id == person.id),
    )
    of_them = sa.or_(Notice.proposal_id.in_(with_them), Notice.proposal_id.is_(None))
    of_partners = sa.and_(Notice.participant_id.in_(partners), of_them, Notice.kind.not_in(LINK_KINDS))
    tests = sa.and_(Notice.kind == NoticeKind.TEST, Notice.programme_id == person.programme_id)
    about = sa.or_(of_partners, tests)
    for condition in (own, about):
        stop_mails(session, condition, cause)
        free = {"lease_owner": None, "lease_until": None}
        advance_all(session, Notice, condition, NoticeState.IN_DOUBT, NoticeState.FAILED, cause, free)
    named = sa.and_(about, Notice.subject.contains(person.name))
    for emptied in (
        sa.update(Notice).where(named).values(subject=NOBODY),
        sa.update(Notice).where(about).values(message=None),
        sa.update(Notice)
        .where(own)
        .values(message=None, subject=NOBODY, reply="", recipient=address_of_nobody(person.id)),
    ):
        session.execute(emptied, execution_options={"synchronize_session": False})


def forget_account(session: Session, person: Participant, now: datetime) -> None:
    """Forget how this person signed in, save an account that takes part elsewhere or coordinates: it stays."""
    account = session.scalar(sa.select(Account).where(Account.mailbox == person.mailbox))
    requests = sa.delete(SignInRequest).where(SignInRequest.mailbox == person.mailbox)
    if account is not None and not _is_needed(session, account, person):
        session.execute(sa.delete(BrowserSession).where(BrowserSession.account_id == account.id))
        account.mailbox = account.email = address_of_nobody(person.id)
        account.disabled_at = now
        session.flush()
    session.execute(requests)


def _is_needed(session: Session, account: Account, person: Participant) -> bool:
    elsewhere = sa.select(Participant.id).where(
        Participant.mailbox == account.mailbox, Participant.id != person.id, Participant.state != SignupState.ERASED
    )
    coordinates = sa.select(Coordinatorship.account_id).where(Coordinatorship.account_id == account.id)
    return account.may_create_programmes or any(
        session.scalar(found.limit(1)) is not None for found in (elsewhere, coordinates)
    )
