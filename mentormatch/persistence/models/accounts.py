"""Who can sign in, to what, and the links and browser sessions by which they do."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentormatch.domain.notices import NoticeKind
from mentormatch.persistence.column_types import Line
from mentormatch.persistence.database import Model, rules


class Account(Model):
    """A mailbox whose owner can sign in."""

    __tablename__ = "account"
    __table_args__ = rules()

    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox: Mapped[str] = mapped_column(Line(254), unique=True)
    """The key of the address; two spellings of one mailbox are one account."""
    email: Mapped[str] = mapped_column(Line(254))
    """The address as typed: mail goes here."""
    may_create_programmes: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    """Set once the account must not sign in any more; its sessions end at once."""
    language: Mapped[str | None] = mapped_column(Line(16))
    """The code of the language in which this person reads pages and mails; empty until one is known."""


class Coordinatorship(Model):
    """The right to coordinate one programme; it ends when the row is deleted."""

    __tablename__ = "coordinatorship"
    __table_args__ = rules()

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), primary_key=True, index=True)
    granted_at: Mapped[datetime]


class SignInRequest(Model):
    """One request for a sign-in link; the same row is written for known and unknown mailboxes."""

    __tablename__ = "sign_in_request"
    __table_args__ = rules(
        sa.CheckConstraint("code_tries BETWEEN 0 AND 5", name="code_tries"),
        sa.CheckConstraint("kind IN ('sign_in', 'confirm_signup', 'already_signed_up')", name="link_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[NoticeKind]
    """Which mail carries the link."""
    mailbox: Mapped[str] = mapped_column(Line(254), index=True)
    email: Mapped[str] = mapped_column(Line(254))
    """The address as typed."""
    browser_hash: Mapped[str | None] = mapped_column(Line(64), index=True)
    """Hash of the asking browser's secret; empty for a link that was printed on the console."""
    client: Mapped[str] = mapped_column(Line(64), index=True)
    """Hash of the network address that asked."""
    next_path: Mapped[str] = mapped_column(Line(200))
    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"))
    """The programme whose sign-up form was used, for the words of the mail."""
    requested_at: Mapped[datetime] = mapped_column(index=True)
    mailed_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the worker dealt with it: wrote the mail, or found that nobody knows the mailbox."""
    token_hash: Mapped[str | None] = mapped_column(Line(64), unique=True)
    code_hash: Mapped[str | None] = mapped_column(Line(64))
    code_tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    language: Mapped[str | None] = mapped_column(Line(16))
    """The language of the page where the link was asked for, which the mail is written in."""


class BrowserSession(Model):
    """A signed-in browser; only the hash of its secret is kept."""

    __tablename__ = "browser_session"
    __table_args__ = rules()

    token_hash: Mapped[str] = mapped_column(Line(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """Kept to the minute; half a day without a visit ends the session."""
