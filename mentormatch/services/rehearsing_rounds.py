"""Rehearsing a publication: every held notice of a proposal as it will arrive, one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.errors import Conflict, NotFound
from mentormatch.domain.notices import HeldSearch, NoticeKind, NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.notices.opening import OpenedMail, opened
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound, Notice
from mentormatch.persistence.repositories.held_notices import (
    HeldLine,
    count_held,
    find_held,
    kinds_held,
    neighbours_of,
    position_of,
)
from mentormatch.persistence.repositories.mail_texts import outdated_kinds
from mentormatch.persistence.repositories.rounds import round_of, shown_proposal
from mentormatch.services.holding_mail import Hold, hold_in

PAGE_SIZE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """One page of the notices that publishing would let go, and how many there are of each kind."""

    number: int
    version: int
    search: HeldSearch
    lines: tuple[HeldLine, ...]
    by_kind: Mapping[NoticeKind, int]
    outdated: Mapping[NoticeKind, int]
    """Notices whose text was edited after they were written, by kind."""
    found: int
    page: int
    hold: Hold

    @property
    def in_all(self) -> int:
        """How many mails publishing would let go."""
        return sum(self.by_kind.values())

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.found // PAGE_SIZE))


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedNotice:
    """One held notice in its place among those looked for."""

    line: HeldLine
    mail: OpenedMail
    position: int
    found: int
    before_id: int | None
    after_id: int | None
    is_outdated: bool


class RehearsingRounds:
    """Shows what publishing a round would send: the very bytes that are held."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def page(self, programme_id: int, number: int, search: HeldSearch, page: int) -> Rehearsal:
        """Return a page of the held notices; raises NotFound, and Conflict for a round without a proposal."""
        with self._transactions.reading() as session:
            row, proposal_id = _under_review(session, programme_id, number)
            found = count_held(session, proposal_id, search)
            at = min(page, max(1, -(-found // PAGE_SIZE)))
            return Rehearsal(
                number=number,
                version=row.version,
                search=search,
                lines=find_held(session, proposal_id, search, skip=(at - 1) * PAGE_SIZE, most=PAGE_SIZE),
                by_kind=kinds_held(session, proposal_id),
                outdated=outdated_kinds(session, programme_id, proposal_id),
                found=found,
                page=at,
                hold=hold_in(session),
            )

    def one(self, programme_id: int, number: int, notice_id: int, search: HeldSearch) -> RehearsedNotice:
        """Return one held notice with its neighbours among those looked for; raises NotFound and Conflict."""
        with self._transactions.reading() as session:
            _, proposal_id = _under_review(session, programme_id, number)
            line = next(iter(find_held(session, proposal_id, HeldSearch(), only=notice_id)), None)
            if line is None:
                raise NotFound(said("This round holds no such notice."))
            message = session.scalar(sa.select(Notice.message).where(Notice.id == notice_id)) or b""
            before_id, after_id = neighbours_of(session, proposal_id, search, line)
            return RehearsedNotice(
                line=line,
                mail=opened(message),
                position=position_of(session, proposal_id, search, line),
                found=count_held(session, proposal_id, search),
                before_id=before_id,
                after_id=after_id,
                is_outdated=line.kind in outdated_kinds(session, programme_id, proposal_id),
            )


def held_message(session: Session, programme_id: int, number: int, notice_id: int) -> tuple[Notice, str]:
    """Return a held notice of the round under review, and the subject it will arrive with; raises NotFound."""
    _, proposal_id = _under_review(session, programme_id, number)
    wanted = sa.select(Notice).where(
        Notice.id == notice_id, Notice.proposal_id == proposal_id, Notice.state == NoticeState.HELD
    )
    notice = session.scalar(wanted)
    if notice is None:
        raise NotFound(said("This round holds no such notice."))
    return notice, notice.subject


def _under_review(session: Session, programme_id: int, number: int) -> tuple[MatchingRound, int]:
    row = round_of(session, programme_id, number)
    proposal = shown_proposal(session, row)
    if row.state != RoundState.PROPOSED or proposal is None:
        raise Conflict(said("Round %(number)s has no proposal to publish.", number=number))
    return row, proposal.id
