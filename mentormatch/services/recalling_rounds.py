"""Recalling rounds: taking a publication back, stopping what has not left, and telling those who were told."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, InputRefused, RecallRefused
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import counted, said
from mentormatch.notices.composing import Composed, Composer, Stamp
from mentormatch.notices.facts import RecallFacts
from mentormatch.persistence.advancing import Cause, advance, advance_all, begin_all
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound, Notice, Pairing
from mentormatch.persistence.repositories.mail_texts import DEFAULT, KeptText, texts_of
from mentormatch.persistence.repositories.outcomes import OutcomeHead, outcome_head
from mentormatch.persistence.repositories.recalls import Told, agreed_pairings, fates, names_told, newer_round, told_of
from mentormatch.persistence.repositories.rounds import latest_proposal, round_of
from mentormatch.services.telling_outcomes import round_head
from mentormatch.translations.catalogues import read_by


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallView:
    """What a recall would do now, or why it cannot be."""

    number: int
    version: int
    already_out: int
    """People whose mail has left, or may have: they are told of the recall."""
    stopped: int
    """Mails that have not left and will not."""
    not_delivered: int
    pairings: int
    reasons_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is needed to write the mails of a recall, read before anything is held."""

    head: OutcomeHead
    text: KeptText
    told: Mapping[int, Told]
    names: Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]]


class RecallingRounds:
    """Takes a published round back while nobody has taken up a mentorship from it."""

    def __init__(self, transactions: Transactions, clock: Clock, composer: Composer) -> None:
        self._transactions = transactions
        self._clock = clock
        self._composer = composer

    def look(self, programme_id: int, number: int) -> RecallView:
        """Return what a recall would do; raises Conflict for a round that is not published."""
        with self._transactions.reading() as session:
            row = _published(round_of(session, programme_id, number))
            states = fates(session, row)
            announced = sa.select(sa.func.count()).where(
                Pairing.round_id == row.id, Pairing.state == PairingState.ANNOUNCED
            )
            return RecallView(
                number=number,
                version=row.version,
                already_out=len(told_of(session, row)),
                stopped=states[NoticeState.PENDING] + states[NoticeState.SENDING],
                not_delivered=states[NoticeState.FAILED] + states[NoticeState.BOUNCED],
                pairings=session.scalar(announced) or 0,
                reasons_against=tuple(_reasons_against(session, row)),
            )

    def recall(self, programme_id: int, number: int, reason: str, *, seen: int, actor: Actor) -> int:
        """Take the round back; return how many people are told by mail.

        Raises Conflict when the round is not as it was seen, and RecallRefused with a sentence for each reason why it
        cannot be taken back any more.
        """
        with self._transactions.reading() as session:
            draft = self._draft(session, _published(round_of(session, programme_id, number)))
        written = dict(self._written(draft, reason, draft.told))
        with self._transactions.writing() as session:
            # Held to the end: the outbox marks a mail only while it can hold the round too.
            row = _published(round_of(session, programme_id, number, lock=True))
            if row.version != seen:
                raise Conflict(said("Round %(number)s has changed since you looked at it.", number=number))
            if reasons := tuple(_reasons_against(session, row)):
                raise RecallRefused(reasons)
            cause = Cause(actor, self._clock(), said("recalled: %(reason)s", reason=reason))
            told = told_of(session, row)
            late = told.keys() - written.keys()  # whoever was told between the reading and now
            written |= dict(self._written(replace(self._draft(session, row), told=told), reason, late))
            _take_back(session, row, cause)
            begin_all(session, [_notice(row, draft.head, told[i], written[i], cause) for i in told], cause)
            return len(told)

    def _draft(self, session: Session, row: MatchingRound) -> _Draft:
        proposal = latest_proposal(session, row.id)
        if proposal is None:
            raise Conflict(said("Round %(number)s has nothing to take back.", number=row.number))
        text = texts_of(session, row.programme_id).get(NoticeKind.RECALL, DEFAULT)
        head = outcome_head(session, row.id, proposal.id)
        return _Draft(head, text, told_of(session, row), names_told(session, proposal.id))

    def _written(self, draft: _Draft, reason: str, people: Collection[int]) -> Iterator[tuple[int, Composed]]:
        head, now = round_head(draft.head, self._composer.public_url), self._clock().replace(microsecond=0)
        for person_id in people:
            told = draft.told[person_id]
            mentors, mentees = draft.names.get(person_id, ((), ()))
            facts = RecallFacts(name=told.name, head=head, reason=reason, mentors=mentors, mentees=mentees)
            name = f"{self._composer.public_url}/notices/{draft.head.proposal_id}/{person_id}/recall"
            stamp = Stamp(uuid5(NAMESPACE_URL, name), draft.head.publication - 1, now)
            language, text = read_by(told.language, told.spoken), draft.text.text
            try:
                yield (
                    person_id,
                    self._composer.compose(facts, to=told.recipient, stamp=stamp, text=text, language=language),
                )
            except InputRefused as refused:
                raise RecallRefused(tuple(fault.message for fault in refused.faults)) from refused


def _published(row: MatchingRound) -> MatchingRound:
    if row.state != RoundState.PUBLISHED:
        raise Conflict(said("Round %(number)s is not published, so there is nothing to take back.", number=row.number))
    return row


def _reasons_against(session: Session, row: MatchingRound) -> Iterator[str]:
    if agreed := agreed_pairings(session, row.id):
        yield counted(
            "%(num)s pairing has been accepted or completed. End single pairings instead.",
            "%(num)s pairings have been accepted or completed. End single pairings instead.",
            agreed,
        )
    if (newer := newer_round(session, row)) is not None:
        yield said("Round %(newer)s was started after it. Only the newest round can be taken back.", newer=newer)


def _take_back(session: Session, row: MatchingRound, cause: Cause) -> None:
    advance(session, row, RoundState.RECALLED, cause)
    pairings = Pairing.round_id == row.id
    advance_all(session, Pairing, pairings, PairingState.ANNOUNCED, PairingState.RECALLED, cause)
    mails = sa.and_(Notice.round_id == row.id, Notice.kind != NoticeKind.RECALL)
    advance_all(session, Notice, mails, NoticeState.PENDING, NoticeState.CANCELLED, cause)
    # Whoever holds one has not marked it yet, and finds on trying that it is no longer his.
    free = {"lease_owner": None, "lease_until": None}
    advance_all(session, Notice, mails, NoticeState.SENDING, NoticeState.CANCELLED, cause, free)


def _notice(row: MatchingRound, head: OutcomeHead, told: Told, composed: Composed, cause: Cause) -> Notice:
    return Notice(
        programme_id=row.programme_id,
        round_id=row.id,
        proposal_id=head.proposal_id,
        publication=row.publication,
        participant_id=told.participant_id,
        kind=NoticeKind.RECALL,
        state=NoticeState.PENDING,
        version=1,
        recipient=composed.recipient,
        subject=composed.subject,
        message_id=composed.message_id,
        message=composed.message,
        created_at=cause.at,
        next_at=cause.at,
    )
