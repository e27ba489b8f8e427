"""Writing held notices anew after their text was edited: the old ones are cancelled, and what was sent stays."""

import sqlalchemy as sa

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.persistence.advancing import Cause, advance_all, note_change
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound, Notice
from mentormatch.persistence.repositories.mail_texts import outdated_notices
from mentormatch.persistence.repositories.rounds import latest_proposal, round_of
from mentormatch.services.writing_notices import WritingNotices


class RewritingNotices:
    """Brings the held notices of a proposal up to the texts of now."""

    def __init__(self, transactions: Transactions, clock: Clock, notices: WritingNotices) -> None:
        self._transactions = transactions
        self._clock = clock
        self._notices = notices

    def rewrite(self, programme_id: int, number: int, version: int, actor: Actor) -> int:
        """Write anew what was written from a text that is not the one of now; return how many that were.

        The round's version moves, so that nobody publishes what somebody else has not seen. Raises Conflict when the
        round is not as it was seen, and InputRefused when a notice cannot be written; then all stay as they are.
        """
        with self._transactions.reading() as session:
            row = round_of(session, programme_id, number)
            round_id, proposal_id = row.id, self._proposal(session, row, version)
            again = {person: revision + 1 for person, revision in outdated_notices(session, programme_id, proposal_id)}
        letters = self._notices.letters_for(round_id, proposal_id, again) if again else ()
        with self._transactions.writing() as session:
            row = round_of(session, programme_id, number, lock=True)
            if self._proposal(session, row, version) != proposal_id:
                raise _changed(number)
            if letters:
                cause = Cause(actor, self._clock(), said("written anew after its text was edited"))
                replaced = sa.and_(
                    Notice.proposal_id == proposal_id,
                    sa.tuple_(Notice.participant_id, Notice.revision).in_([(p, r - 1) for p, r in again.items()]),
                )
                if advance_all(session, Notice, replaced, NoticeState.HELD, NoticeState.CANCELLED, cause) != len(again):
                    raise _changed(number)
                self._notices.hold(session, letters, publication=row.publication + 1)
                row.version += 1
                note_change(
                    session, row, Cause(actor, cause.at, said("notices written anew: %(count)s", count=len(letters)))
                )
        return len(letters)

    def _proposal(self, session: sa.orm.Session, row: MatchingRound, version: int) -> int:
        proposal = latest_proposal(session, row.id)
        if row.state != RoundState.PROPOSED or row.version != version or proposal is None:
            raise _changed(row.number)
        return proposal.id


def _changed(number: int) -> Conflict:
    return Conflict(said("Round %(number)s has changed since you looked at it.", number=number))
