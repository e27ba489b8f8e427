"""A published round whose notices wait to be sent."""

from sqlalchemy.orm import Session

from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.persistence.models import Notice, Proposal
from tests.builders.accounts import NOW
from tests.builders.people import mentee
from tests.builders.programmes import add_participant, add_programme
from tests.builders.rounds import add_notice, add_proposal, add_round


def add_published_round(session: Session, programme_id: int) -> Proposal:
    """Add round 1 of a programme, published once."""
    published = add_round(session, programme_id, state=RoundState.PUBLISHED, publication=1)
    return add_proposal(session, published.id)


def add_notices(session: Session, count: int = 1, *, state: NoticeState = NoticeState.PENDING) -> list[int]:
    """Add a published round with this many notices, due if nothing else is said; return their ids."""
    programme = add_programme(session)
    proposal = add_published_round(session, programme.id)
    people = [add_participant(session, programme.id, mentee(email=f"p{n}@firm.example")) for n in range(count)]
    return [add_notice(session, proposal, person, state=state).id for person in people]


def add_link_mail(session: Session) -> int:
    """Add a mail with a sign-in link that is due; return its id."""
    row = Notice(
        kind=NoticeKind.SIGN_IN,
        state=NoticeState.PENDING,
        recipient="ana@firm.example",
        subject="Your sign-in link",
        message_id="<n.link@test.example>",
        message=b"Subject: Your sign-in link\r\n\r\nhttp://localhost/sign-in/secret\r\n",
        created_at=NOW,
        next_at=NOW,
    )
    session.add(row)
    session.flush()
    return row.id
