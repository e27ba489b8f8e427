"""Signing up by the public form: the same work and the same answer for new and for known mailboxes."""

import secrets
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mentormatch.domain.actors import SYSTEM
from mentormatch.domain.clocks import Clock
from mentormatch.domain.notices import NoticeKind
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.advancing import Cause
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Programme
from mentormatch.persistence.repositories.participants import add_signup, find_by_mailbox, replace_answers
from mentormatch.services.asking_links import AskingLinks
from mentormatch.services.showing_programmes import open_page


class SigningUp:
    """Keeps a sign-up until its mailbox is confirmed, and asks for the mail by which that is done.

    Nothing that is confirmed ever changes here: its owner is told by mail where the existing sign-up
    is. One that nobody has confirmed belongs to nobody yet, so the newest answers take its place;
    otherwise whoever comes first could keep a stranger's place with answers of their own.
    """

    def __init__(self, transactions: Transactions, clock: Clock, asking_links: AskingLinks) -> None:
        self._transactions = transactions
        self._clock = clock
        self._asking_links = asking_links

    def sign_up(
        self,
        programme_id: int,
        signup: Signup,
        *,
        browser: str,
        client: str,
        next_path: str,
        language: str | None = None,
    ) -> None:
        """Take in one form; raises NotFound, and SignupClosed outside the window."""
        try:
            self._take_in(programme_id, signup, browser, client, next_path, language)
        except IntegrityError:
            # Somebody brought the same mailbox in at the same moment and was faster; it is there to be found now.
            self._take_in(programme_id, signup, browser, client, next_path, language)

    def _take_in(
        self, programme_id: int, signup: Signup, browser: str, client: str, next_path: str, language: str | None
    ) -> None:
        with self._transactions.writing() as session:
            _one_after_the_other(session, programme_id)
            open_page(session, programme_id, self._clock())
            kind = self._keep(session, programme_id, signup)
            self._asking_links.record(
                session,
                kind,
                signup.email,
                browser=browser,
                client=client,
                next_path=next_path,
                programme_id=programme_id,
                language=language,
            )

    def _keep(self, session: Session, programme_id: int, signup: Signup) -> NoticeKind:
        cause = Cause(SYSTEM, self._clock(), said("signed up by the form"))
        kept = find_by_mailbox(session, programme_id, signup.mailbox)
        if kept is not None and kept.state is SignupState.UNCONFIRMED:
            replace_answers(session, kept, signup, cause.at)
            return NoticeKind.CONFIRM_SIGNUP
        _add(session, programme_id, signup, cause, for_show=kept is not None)
        return NoticeKind.CONFIRM_SIGNUP if kept is None else NoticeKind.ALREADY_SIGNED_UP


def _one_after_the_other(session: Session, programme_id: int) -> None:
    """Let two forms of one mailbox wait for each other; inserts elsewhere that only refer to the programme pass."""
    session.execute(sa.select(Programme.id).where(Programme.id == programme_id).with_for_update(key_share=True))


def _add(session: Session, programme_id: int, signup: Signup, cause: Cause, *, for_show: bool) -> None:
    """Add a sign-up; `for_show` undoes it, so that the time of the answer does not tell who has signed up before."""
    added = replace(signup, email=f"{secrets.token_hex(16)}@nowhere.invalid") if for_show else signup
    with session.begin_nested() as step:
        add_signup(session, programme_id, added, SignupState.UNCONFIRMED, cause)
        if for_show:
            step.rollback()
