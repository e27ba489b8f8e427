"""Composing mails: facts in, the final bytes of a message out; nothing is sent here."""

import re
import textwrap
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from pathlib import Path
from typing import Final
from uuid import UUID

from mentormatch.domain.errors import Fault, InputRefused
from mentormatch.domain.mail_texts import MailText
from mentormatch.domain.notices import NoticeKind
from mentormatch.domain.sentences import said
from mentormatch.notices.extras import PLAIN, Extras
from mentormatch.notices.facts import Facts, LinkFacts, WordedFacts, texts_in
from mentormatch.notices.keys import hide_keys
from mentormatch.notices.pairing_facts import PairingFacts
from mentormatch.notices.texts import Texts
from mentormatch.notices.wording import worded_with
from mentormatch.schemas.fields import is_address, is_printable
from mentormatch.translations.catalogues import SOURCE, known

# The default folds long headers into encoded words that mail programs no longer read as addresses.
POLICY: Final = SMTP.clone(max_line_length=900)
LONGEST_SUBJECT: Final = 300
_WIDTH: Final = 76
_INDENT: Final = re.compile(r"\s*(?:- |\d\. )?")


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail as final bytes, with what the outbox needs to know of it."""

    kind: NoticeKind
    recipient: str
    subject: str
    message_id: str
    message: bytes


@dataclass(frozen=True, slots=True)
class Stamp:
    """What makes one mail that mail and no other: every copy of it carries the same stamp."""

    identity: UUID
    publication: int
    at: datetime


@dataclass(frozen=True, slots=True)
class _Parts:
    subject: str
    plain: str
    formatted: str


class Composer:
    """Renders the texts of each kind of notice and packs them into a message."""

    def __init__(
        self, templates: Path, public_url: str, mail_from: str, *, idempotency_header: str | None = None
    ) -> None:
        self.public_url = public_url
        self._idempotency_header = idempotency_header
        name, address = parseaddr(mail_from)
        self._sender = Address(display_name=name, addr_spec=address)
        self._texts = Texts(templates, public_url)

    @property
    def envelope_sender(self) -> str:
        """The address that mail servers report to."""
        return self._sender.addr_spec

    @property
    def mail_domain(self) -> str:
        """The domain that mail comes from, which also ends every Message-ID."""
        return self._sender.domain

    def compose(
        self,
        facts: Facts,
        *,
        to: str,
        stamp: Stamp,
        text: MailText | None = None,
        language: str | None = None,
        extras: Extras = PLAIN,
    ) -> Composed:
        """Render a notice to its final bytes, from the programme's own text or else from the default one.

        `language` is the reader's; without one, or with one that has no catalogue, the mail is in English.

        Raises InputRefused, naming the person, when a name or an address cannot stand in a mail.
        """
        _check(facts, to)
        # The header's parser decodes whatever looks like an encoded word, line breaks and all, into new headers.
        parts = self._parts(facts, text, language or SOURCE)
        subject = parts.subject.strip().replace("=?", "= ?")
        message_id = self.message_id(stamp)
        message = EmailMessage(policy=POLICY)
        try:
            self._address(message, to=to, subject=subject, message_id=message_id, at=stamp.at)
            self._reply_to(message, facts, extras)
            extras.say_where_to_end(message)
            # Quoted-printable passes through every server; eight-bit text only through those that offer it.
            message.set_content(folded(parts.plain), cte="quoted-printable")
            message.add_alternative(parts.formatted, subtype="html", cte="quoted-printable")
            extras.invite(message)
            message.set_boundary(f"=_{stamp.identity.hex}")  # a random one would make two writings of one mail differ
            content = message.as_bytes()
        except (ValueError, UnicodeError) as refused:
            raise InputRefused(
                [Fault(None, None, said("The notice to %(reader)s cannot be written.", reader=_printed(to)))]
            ) from refused
        return Composed(facts.kind, to, subject[:LONGEST_SUBJECT], message_id, content)

    def readdress(self, composed: bytes, *, kind: NoticeKind, to: str, stamp: Stamp, mark: str = "") -> Composed:
        """Give the same text as a new message to another address; raises InputRefused for one that is none.

        `mark` is put before the subject.
        """
        if not is_address(to):
            raise InputRefused([Fault(None, "email", said("Must be an email address like name@company.example."))])
        message = message_from_bytes(composed, policy=POLICY)
        if kind is NoticeKind.TEST:
            hide_keys(message)
        subject, message_id = f"{mark}{message['Subject']}", self.message_id(stamp)
        for name in ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", self._idempotency_header):
            if name:
                del message[name]
        self._address(message, to=to, subject=subject, message_id=message_id, at=stamp.at)
        return Composed(kind, to, subject[:LONGEST_SUBJECT], message_id, message.as_bytes())

    def message_id(self, stamp: Stamp) -> str:
        """Give the Message-ID that every copy of this mail carries."""
        return f"<n.{stamp.identity}.{stamp.publication}@{self.mail_domain}>"

    def default_text(self, kind: NoticeKind, language: str = SOURCE) -> MailText:
        """Return the text that a kind of mail has until a programme words it itself."""
        return self._texts.default(kind, language)

    def _parts(self, facts: Facts, text: MailText | None, language: str) -> _Parts:
        if not isinstance(facts, WordedFacts):
            return self._fixed_parts(facts, language)
        return self._worded_parts(facts, text or self.default_text(facts.kind, language), language)

    def _fixed_parts(self, facts: LinkFacts | PairingFacts, language: str) -> _Parts:
        names = (f"{facts.kind}/{part}" for part in ("subject.txt", "body.txt", "body.html"))
        return _Parts(*(self._texts.template(name, language).render(facts=facts) for name in names))

    def _worded_parts(self, facts: WordedFacts, text: MailText, language: str) -> _Parts:
        worded = worded_with(facts, text, known(language))
        plain, formatted = (
            self._texts.template(f"frame/round.{form}", language).render(
                facts=facts, pieces=worded.pieces, title=worded.title
            )
            for form in ("txt", "html")
        )
        return _Parts(worded.subject, plain, formatted)

    def _address(self, message: EmailMessage, *, to: str, subject: str, message_id: str, at: datetime) -> None:
        message["From"] = self._sender
        message["To"] = Address(addr_spec=to)
        message["Subject"] = subject
        message["Date"] = at
        message["Message-ID"] = message_id
        message["Auto-Submitted"] = "auto-generated"
        if self._idempotency_header:
            message[self._idempotency_header] = message_id

    def _reply_to(self, message: EmailMessage, facts: Facts, extras: Extras) -> None:
        coordinators = () if isinstance(facts, LinkFacts) else facts.head.coordinators
        if addresses := (extras.reply_to,) if extras.reply_to else coordinators:
            message["Reply-To"] = [Address(addr_spec=address) for address in addresses]


def folded(text: str) -> str:
    """Fold the long lines of a plain text at 76 characters, keeping list items together and links whole."""
    lines = (_fold(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _fold(line: str) -> str:
    if len(line) <= _WIDTH:
        return line.rstrip()
    hang = _INDENT.match(line)
    return textwrap.fill(
        line,
        _WIDTH,
        subsequent_indent=" " * (hang.end() if hang else 0),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _check(facts: Facts, to: str) -> None:
    if not is_address(to):
        raise InputRefused(
            [
                Fault(
                    None,
                    "email",
                    said("%(reader)s has no address that mail can be sent to.", reader=_person(facts, to)),
                )
            ]
        )
    wrong = {name for name, text in texts_in(facts) if not is_printable(text, multiline=False)}
    if wrong:
        fault = said(
            "The notice to %(reader)s cannot be written: a character in it cannot be printed.",
            reader=_person(facts, to),
        )
        raise InputRefused([Fault(None, name, fault) for name in sorted(wrong)])


def _person(facts: Facts, to: str) -> str:
    return _printed(to) if isinstance(facts, LinkFacts) else f"{_printed(facts.name)} ({_printed(to)})"


def _printed(text: str) -> str:
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
