"""A published round whose notices wait to be sent."""

from sqlalchemy.orm import Session

from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.persistence.models import Notice, Proposal
from tests.builders.accounts import NOW
from tests.builders.people import mentee
from tests.builders.programmes import add_participant, add_programme
from tests.builders.rounds import add_proposal, add_round


def add_published_round(session: Session, programme_id: int) -> Proposal:
    """Add round 1 of a programme, published once."""
    published = add_round(session, programme_id, state=RoundState.PUBLISHED, publication=1)
    return add_proposal(session, published.id)


def add_notices(session: Session, count: int = 1, *, state: NoticeState = NoticeState.PENDING) -> list[int]:
    """Add a published round with this many notices, due if nothing else is said; return their ids.

    All of them are about one participant, as so many revisions: the outbox looks at the notice alone.
    """
    programme = add_programme(session)
    proposal = add_published_round(session, programme.id)
    person = add_participant(session, programme.id, mentee())
    rows = [
        Notice(
            programme_id=programme.id,
            round_id=proposal.round_id,
            proposal_id=proposal.id,
            publication=1,
            participant_id=person.id,
            revision=n + 1,
            kind=NoticeKind.UNPAIRED,
            state=state,
            recipient=f"p{n}@firm.example",
            subject="Your mentoring round",
            message_id=f"<n.{n}.1@test.example>",
            message=f"Message-ID: <n.{n}.1@test.example>\r\nSubject: Round 1\r\n\r\nHello {n}.\r\n".encode(),
            created_at=NOW,
            next_at=NOW,
        )
        for n in range(count)
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


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
