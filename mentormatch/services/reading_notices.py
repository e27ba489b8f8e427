"""Reading the notices of a programme: how far each has come, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.errors import NotFound
from mentormatch.domain.notices import LINK_KINDS, NoticeKind, NoticeSearch, NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.notices.opening import OpenedMail, opened
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, MatchingRound, Notice
from mentormatch.persistence.repositories import notices

PAGE_SIZE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One notice in the list."""

    id: int
    kind: NoticeKind
    state: NoticeState
    version: int
    revision: int
    round_number: int | None
    participant_id: int | None
    name: str
    recipient: str
    subject: str
    reply: str
    attempts: int
    maybe_twice: bool
    next_at: datetime
    lease_until: datetime | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    """One page of the notices found, with counts that its filters lead to."""

    search: NoticeSearch
    lines: tuple[NoticeLine, ...]
    by_state: Mapping[NoticeState, int]
    by_kind: Mapping[NoticeKind, int]
    maybe_twice: int
    rounds: tuple[int, ...]
    found: int
    in_all: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.found // PAGE_SIZE))

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter leaves anything out on purpose."""
        return self.search != NoticeSearch()


@dataclass(frozen=True, slots=True)
class Step:
    """One step a notice has taken."""

    at: datetime
    state: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """One notice with its text; a mail that carries a secret link has none to show."""

    line: NoticeLine
    mail: OpenedMail | None
    steps: tuple[Step, ...]
    newer_id: int | None
    """The notice by which this one was replaced after a correction."""
    may_resend: bool


class ReadingNotices:
    """Answers what was written to whom, and what became of it."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def page(self, programme_id: int, search: NoticeSearch, page: int) -> NoticePage:
        """Return a page of the notices looked for; a page beyond the last one is the last one."""
        with self._transactions.reading() as session:
            found = notices.count_notices(session, programme_id, search)
            at = min(page, max(1, -(-found // PAGE_SIZE)))
            rows = notices.find_notices(session, programme_id, search, skip=(at - 1) * PAGE_SIZE, most=PAGE_SIZE)
            numbers = sa.select(MatchingRound.number).where(MatchingRound.programme_id == programme_id)
            return NoticePage(
                search=search,
                lines=tuple(map(_line, rows)),
                by_state=notices.counts_by_state(session, programme_id, search),
                by_kind=notices.counts_by_kind(session, programme_id, search),
                maybe_twice=notices.count_notices(session, programme_id, replace(search, state=None, twice=True)),
                rounds=tuple(session.scalars(numbers.order_by(MatchingRound.number.desc()))),
                found=found,
                in_all=notices.count_notices(session, programme_id, NoticeSearch()),
                page=at,
            )

    def one(self, programme_id: int, notice_id: int) -> NoticeView:
        """Return one notice of this programme; raises NotFound."""
        with self._transactions.reading() as session:
            row = _row(session, programme_id, notice_id)
            newer = newest_revision(session, row.notice)
            return NoticeView(
                line=_line(row),
                mail=_mail(row.notice),
                steps=_steps(session, notice_id),
                newer_id=newer.id if newer.id != notice_id else None,
                may_resend=newer.id == notice_id and may_resend(session, row.notice),
            )

    def html(self, programme_id: int, notice_id: int) -> str:
        """Return the HTML part of a notice; raises NotFound when there is none that may be shown."""
        with self._transactions.reading() as session:
            mail = _mail(_row(session, programme_id, notice_id).notice)
        if mail is None or not mail.html:
            raise NotFound(said("This notice has no HTML part."))
        return mail.html


def newest_revision(session: Session, notice: Notice) -> Notice:
    """Return the notice that stands for this one now: itself, or what replaced it."""
    if notice.round_id is None:
        return notice
    same = sa.select(Notice).where(
        Notice.proposal_id == notice.proposal_id,
        Notice.publication == notice.publication,
        Notice.participant_id == notice.participant_id,
        (Notice.kind == NoticeKind.RECALL) == (notice.kind == NoticeKind.RECALL),
    )
    return session.scalar(same.order_by(Notice.revision.desc()).limit(1)) or notice


def may_resend(session: Session, notice: Notice) -> bool:
    """Tell whether a notice has come to nothing although its round stands as published, or is a recall's."""
    if notice.state not in (NoticeState.FAILED, NoticeState.BOUNCED) or notice.message is None:
        return False
    if notice.kind == NoticeKind.RECALL:
        return True
    matching_round = session.get(MatchingRound, notice.round_id) if notice.round_id else None
    return (
        matching_round is not None
        and matching_round.state in (RoundState.PUBLISHED, RoundState.CLOSED)
        and matching_round.publication == notice.publication
    )


def _row(session: Session, programme_id: int, notice_id: int) -> notices.FoundNotice:
    row = notices.find_notice(session, programme_id, notice_id)
    if row is None:
        raise NotFound(said("There is no such notice in this programme."))
    return row


def _line(row: notices.FoundNotice) -> NoticeLine:
    notice = row.notice
    copied = ("id", "kind", "state", "version", "revision", "participant_id", "recipient", "subject", "reply")
    times = ("attempts", "next_at", "lease_until", "sent_at")
    return NoticeLine(
        **{field: getattr(notice, field) for field in (*copied, *times)},
        round_number=row.round_number,
        name=row.name or "",
        maybe_twice=notice.doubts > 0,
    )


def _mail(notice: Notice) -> OpenedMail | None:
    if notice.kind in LINK_KINDS or notice.message is None:
        return None
    return opened(notice.message)


def _steps(session: Session, notice_id: int) -> tuple[Step, ...]:
    taken = sa.select(AuditEntry.at, AuditEntry.new_state, AuditEntry.why).where(
        AuditEntry.object_table == Notice.__tablename__, AuditEntry.object_id == notice_id
    )
    return tuple(Step(*row) for row in session.execute(taken.order_by(AuditEntry.id)))
