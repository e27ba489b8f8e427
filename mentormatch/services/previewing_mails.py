"""Previewing mails: a text that is still being typed, as it would arrive, with somebody real or made up in it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import InputRefused
from mentormatch.domain.mail_texts import MailText, faults_in
from mentormatch.domain.notices import ROUND_KINDS, NoticeKind, NoticeState
from mentormatch.notices.composing import Composer, Stamp
from mentormatch.notices.facts import RoundHead, WordedFacts
from mentormatch.notices.keys import HIDDEN
from mentormatch.notices.opening import OpenedMail, opened
from mentormatch.notices.samples import sample
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, Coordinatorship, MatchingRound, Notice
from mentormatch.persistence.repositories.outcomes import outcome_of
from mentormatch.persistence.repositories.programmes import programme_of
from mentormatch.services.telling_outcomes import told_by

_NOBODY: Final = "reader@example.com"
_STAMP: Final = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Preview:
    """A mail as it would arrive, and who is shown in it: empty for made-up people."""

    mail: OpenedMail
    shown_with: str


class PreviewingMails:
    """Writes mails that are never sent."""

    def __init__(self, transactions: Transactions, clock: Clock, composer: Composer) -> None:
        self._transactions = transactions
        self._clock = clock
        self._composer = composer

    def preview(self, programme_id: int, kind: NoticeKind, text: MailText, language: str | None = None) -> Preview:
        """Write a mail from a text: to somebody in the proposal under review if one fits, else to made-up people.

        `language` is the reader's. Raises InputRefused for a text that cannot be used.
        """
        if faults := faults_in(kind, text):
            raise InputRefused(faults)
        with self._transactions.reading() as session:
            real = self._real(session, programme_id, kind)
            facts, to = real or (sample(kind, self._sample_head(session, programme_id)), _NOBODY)
        stamp = Stamp(_STAMP, 1, self._clock().replace(microsecond=0))
        composed = self._composer.compose(facts, to=to, stamp=stamp, text=text, language=language)
        return Preview(opened(composed.message), facts.name if real else "")

    def _real(self, session: Session, programme_id: int, kind: NoticeKind) -> tuple[WordedFacts, str] | None:
        if kind not in ROUND_KINDS:
            return None
        held = sa.select(Notice.round_id, Notice.proposal_id, Notice.participant_id).where(
            Notice.programme_id == programme_id, Notice.kind == kind, Notice.state == NoticeState.HELD
        )
        found = session.execute(held.order_by(Notice.id).limit(1)).one_or_none()
        if found is None or None in found:
            return None
        outcome = outcome_of(session, found.round_id, found.proposal_id, only=found.participant_id)
        told = told_by(outcome, self._composer.public_url, lambda *_: self._answer_url)
        mails = ((facts, member.email) for member, facts in told if member.id == found.participant_id)
        return next((mail for mail in mails if mail[0].kind == kind), None)

    @property
    def _answer_url(self) -> str:
        # A link that lets nobody in: what is previewed is read by a coordinator, not by whoever may answer.
        return f"{self._composer.public_url}/answer/{HIDDEN}"

    def _sample_head(self, session: Session, programme_id: int) -> RoundHead:
        programme = programme_of(session, programme_id)
        latest = sa.select(sa.func.max(MatchingRound.number)).where(MatchingRound.programme_id == programme_id)
        appointed = sa.select(Account.email).join(Coordinatorship).order_by(Account.email)
        appointed = appointed.where(Coordinatorship.programme_id == programme_id, Account.disabled_at.is_(None))
        address = f"{self._composer.public_url}/p/{programme.slug}"
        return RoundHead(
            programme=programme.name,
            round_number=session.scalar(latest) or 1,
            snapshot="0" * 12,
            programme_url=address,
            signup_url=f"{address}/my-sign-up",
            coordinators=tuple(session.scalars(appointed)),
        )
