"""Editing the mail texts of a programme: looking, saving, putting back; of two who save at once the later is told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, InputRefused
from mentormatch.domain.mail_texts import TOKENS, MailText, Token, faults_in
from mentormatch.domain.notices import WORDED_KINDS, NoticeKind
from mentormatch.domain.sentences import said
from mentormatch.notices.composing import Composer
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, AuditEntry, MailTextRow
from mentormatch.persistence.repositories.mail_texts import kept_text, text_row
from mentormatch.translations.catalogues import SOURCE, codes


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedText:
    """The text of one kind of mail, who changed it last, and what may stand in it."""

    kind: NoticeKind
    text: MailText
    default: MailText
    version: int
    is_default: bool
    changed_at: datetime | None
    changed_by: str
    tokens: tuple[Token, ...]


class EditingMailTexts:
    """Keeps how each programme words its mails; what was sent or is held keeps the words it was written with."""

    def __init__(self, transactions: Transactions, clock: Clock, composer: Composer) -> None:
        self._transactions = transactions
        self._clock = clock
        self._composer = composer

    def all_of(self, programme_id: int, language: str = SOURCE) -> tuple[EditedText, ...]:
        """Return the text of every kind, a default in that language."""
        with self._transactions.reading() as session:
            return tuple(self._edited(session, programme_id, kind, language) for kind in WORDED_KINDS)

    def look(self, programme_id: int, kind: NoticeKind, language: str = SOURCE) -> EditedText:
        """Return the text of one kind, a default in that language."""
        with self._transactions.reading() as session:
            return self._edited(session, programme_id, kind, language)

    def change(self, programme_id: int, kind: NoticeKind, text: MailText, *, seen: int, actor: Actor) -> None:
        """Replace a text that was seen in version `seen`; nothing happens when it says that already, in any language.

        Raises InputRefused for a text that cannot be used, and Conflict when somebody saved it since.
        """
        if faults := faults_in(kind, text):
            raise InputRefused(faults)
        with self._transactions.writing() as session:
            if text not in self._said_already(session, programme_id, kind):
                self._keep(session, programme_id, kind, text, seen, actor)

    def put_back(self, programme_id: int, kind: NoticeKind, *, seen: int, actor: Actor) -> None:
        """Put back the default text; raises Conflict when somebody saved it since."""
        with self._transactions.writing() as session:
            if not self._edited(session, programme_id, kind).is_default:
                self._keep(session, programme_id, kind, None, seen, actor)

    def _said_already(self, session: Session, programme_id: int, kind: NoticeKind) -> list[MailText]:
        kept = kept_text(text_row(session, programme_id, kind))
        return [kept.text] if kept.text else [self._composer.default_text(kind, code) for code in codes()]

    def _edited(self, session: Session, programme_id: int, kind: NoticeKind, language: str = SOURCE) -> EditedText:
        row = text_row(session, programme_id, kind)
        kept, default = kept_text(row), self._composer.default_text(kind, language)
        by = session.get(Account, row.changed_by) if row is not None and row.changed_by else None
        return EditedText(
            kind=kind,
            text=kept.text or default,
            default=default,
            version=kept.version,
            is_default=kept.text is None,
            changed_at=row.changed_at if row is not None else None,
            changed_by=by.email if by is not None else "",
            tokens=TOKENS[kind],
        )

    def _keep(
        self, session: Session, programme_id: int, kind: NoticeKind, text: MailText | None, seen: int, actor: Actor
    ) -> None:
        row = text_row(session, programme_id, kind)
        before = kept_text(row)
        if before.version != seen:
            raise Conflict(said("Someone saved this text in the meantime."))
        if row is None:
            row = MailTextRow(programme_id=programme_id, kind=kind, version=0)
            session.add(row)
        row.subject, row.body = (text.subject, text.body) if text is not None else (None, None)
        row.version, row.changed_at, row.changed_by = seen + 1, self._clock(), actor.account_id
        try:
            session.flush()
        except IntegrityError as taken:
            raise Conflict(said("Someone saved this text in the meantime.")) from taken
        session.add(_entry(row, before.text, text, actor))


def _entry(row: MailTextRow, old: MailText | None, new: MailText | None, actor: Actor) -> AuditEntry:
    return AuditEntry(
        at=row.changed_at,
        actor_kind=actor.kind,
        actor_id=actor.account_id,
        programme_id=row.programme_id,
        object_table=row.__tablename__,
        object_id=row.id,
        old_state="own" if old else "default",
        new_state="own" if new else "default",
        version=row.version,
        why=f"the text to {row.kind.replace('_', ' ')}",
    )
