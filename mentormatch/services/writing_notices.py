"""Writing the notices of a round to their final bytes, before anybody publishes it, and keeping them as held."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.orm import Session

from mentormatch.domain.actors import SYSTEM
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, Fault, InputRefused
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.sentences import said
from mentormatch.notices.composing import Composed, Composer, Stamp
from mentormatch.persistence.advancing import Cause, begin_all
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice
from mentormatch.persistence.repositories.mail_texts import DEFAULT, texts_of
from mentormatch.persistence.repositories.outcomes import OutcomeHead, outcome_of
from mentormatch.services.signed_links import SignedLinks
from mentormatch.services.telling_outcomes import told_by
from mentormatch.translations.catalogues import read_by


@dataclass(frozen=True, slots=True)
class HeldLetter:
    """One notice, written to its last byte and not yet kept."""

    head: OutcomeHead
    participant_id: int
    composed: Composed
    written_at: datetime
    text_version: int
    revision: int


class WritingNotices:
    """Writes one notice for everybody in a proposal."""

    def __init__(self, transactions: Transactions, clock: Clock, composer: Composer, links: SignedLinks) -> None:
        self._transactions = transactions
        self._clock = clock
        self._composer = composer
        self._links = links

    def letters_for(
        self, round_id: int, proposal_id: int, again: Mapping[int, int] | None = None
    ) -> tuple[HeldLetter, ...]:
        """Write the notice of everybody in a proposal, or once more for those in `again`: participant to revision.

        Raises InputRefused, naming each person, when some cannot be written: then none is.
        """
        with self._transactions.reading() as session:
            outcome = outcome_of(session, round_id, proposal_id)
            texts = texts_of(session, outcome.head.programme_id)
        now = self._clock().replace(microsecond=0)
        letters: list[HeldLetter] = []
        faults: list[Fault] = []
        for member, facts in told_by(outcome, self._composer.public_url, partial(self._links.to_answer, at=now)):
            if again is not None and member.id not in again:
                continue
            revision, kept = (again or {}).get(member.id, 1), texts.get(facts.kind, DEFAULT)
            stamp = self._stamp(outcome.head, member.id, revision, now)
            try:
                language = read_by(member.language, member.languages)
                composed = self._composer.compose(
                    facts, to=member.email, stamp=stamp, text=kept.text, language=language
                )
            except InputRefused as refused:
                faults.extend(refused.faults)
            else:
                letters.append(HeldLetter(outcome.head, member.id, composed, now, kept.version, revision))
        if faults:
            raise InputRefused(faults)
        return tuple(letters)

    def hold(self, session: Session, letters: Sequence[HeldLetter], *, publication: int) -> None:
        """Keep the letters as held notices, inside the caller's transaction.

        Raises Conflict when they were written for another publication of the round than this one.
        """
        if any(letter.head.publication != publication for letter in letters):
            raise Conflict(said("These notices were written for another publication of the round."))
        begin_all(session, list(self._rows(letters)), Cause(SYSTEM, self._clock(), said("written for review")))

    def _stamp(self, head: OutcomeHead, participant_id: int, revision: int, at: datetime) -> Stamp:
        # Writing the same proposal again after a crash gives every mail the name it had before.
        name = f"{self._composer.public_url}/notices/{head.proposal_id}/{participant_id}"
        name += f"/{revision}" if revision > 1 else ""
        return Stamp(uuid5(NAMESPACE_URL, name), head.publication, at)

    def _rows(self, letters: Sequence[HeldLetter]) -> Iterator[Notice]:
        for letter in letters:
            yield Notice(
                programme_id=letter.head.programme_id,
                round_id=letter.head.round_id,
                proposal_id=letter.head.proposal_id,
                publication=letter.head.publication,
                participant_id=letter.participant_id,
                revision=letter.revision,
                text_version=letter.text_version,
                kind=letter.composed.kind,
                state=NoticeState.HELD,
                version=1,
                recipient=letter.composed.recipient,
                subject=letter.composed.subject,
                message_id=letter.composed.message_id,
                message=letter.composed.message,
                created_at=letter.written_at,
                next_at=letter.written_at,
            )
