"""Sending over SMTP, with the conversation split where the outbox makes its mark."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from mentormatch.notices.mailing import Envelope, Refused, Unanswered, plain_words

_PATIENCE: Final = 30.0
"""Seconds to wait for an answer before the text of the mail has been handed over."""
_HAND_OVER: Final = 180.0
_LAST_ANSWER: Final = 600.0
"""Ten minutes, as RFC 5321 asks: whoever gives up sooner makes doubles of mails that were accepted slowly."""
_OUR_FAULT: Final = frozenset({530, 534, 535, 538})
"""Refusals that speak of our credentials, not of the mail: the operator can mend them."""
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_AT_LINE_START: Final = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where the mail server is and how it knows us."""

    host: str
    port: int
    is_encrypted: bool
    name: str = ""
    password: str = ""

    @classmethod
    def at(cls, url: str) -> "MailServer":
        """Read `smtp://name:password@host:port` or `smtps://...`; raises ValueError for anything else."""
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            msg = "must look like smtp://name:password@host:587 or smtps://name:password@host"
            raise ValueError(msg)
        is_encrypted = parts.scheme == "smtps"
        port = parts.port or (465 if is_encrypted else 587 if parts.username else 25)
        return cls(parts.hostname, port, is_encrypted, unquote(parts.username or ""), unquote(parts.password or ""))


class SmtpTransport:
    """Keeps one connection while there is mail to send; one message is in flight at a time."""

    def __init__(self, server: MailServer, our_name: str) -> None:
        self._server = server
        self._our_name = our_name
        self._smtp: smtplib.SMTP | None = None

    def offer(self, envelope: Envelope) -> None:
        """Say MAIL and RCPT, on the open connection if there is one; raises Refused."""
        if self._smtp is not None:
            try:
                _expect(*self._smtp.rset())
                return self._introduce(self._smtp, envelope)
            except OSError:
                self.rest()  # servers close connections that lay idle; a fresh one decides
        try:
            self._smtp = self._connect()
            return self._introduce(self._smtp, envelope)
        except (OSError, ValueError) as failed:
            self.rest()
            raise Refused(_words(failed), is_lasting=False) from failed

    def deliver(self, message: bytes) -> str:
        """Say DATA and hand over the text; raises Refused, or Unanswered once the text has left."""
        smtp = self._smtp
        if smtp is None or smtp.sock is None:
            raise Refused("The connection was lost.", is_lasting=False)
        try:
            code, words = smtp.docmd("DATA")
        except OSError as lost:
            self.rest()
            raise Refused(_words(lost), is_lasting=False) from lost
        if code != 354:
            raise self._refused(code, words)
        try:
            smtp.sock.settimeout(_HAND_OVER)
            smtp.send(_stuffed(message))
            smtp.sock.settimeout(_LAST_ANSWER)
            code, words = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(_PATIENCE)
        except OSError as lost:
            self.rest()
            raise Unanswered(_words(lost)) from lost
        if 200 <= code < 300:
            return plain_words(f"{code} {plain_words(words)}")
        if not 400 <= code < 600:
            self.rest()
            raise Unanswered(f"No answer that could be understood: {plain_words(words)}")
        raise self._refused(code, words)

    def withdraw(self) -> None:
        """Say RSET; a connection that does not answer is given up."""
        if self._smtp is not None:
            try:
                _expect(*self._smtp.rset())
            except OSError:
                self.rest()

    def rest(self) -> None:
        """Close the connection."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            try:
                smtp.quit()
            except OSError:
                smtp.close()

    def _connect(self) -> smtplib.SMTP:
        server, checked = self._server, ssl.create_default_context()
        if server.is_encrypted:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, self._our_name, timeout=_PATIENCE, context=checked
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, self._our_name, timeout=_PATIENCE)
        try:
            smtp.ehlo_or_helo_if_needed()
            # On this very machine nobody listens in, and its certificate is seldom one to trust.
            if not server.is_encrypted and server.host not in _LOOPBACK:
                self._encrypt(smtp, checked)
            if server.name:
                smtp.login(server.name, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _encrypt(self, smtp: smtplib.SMTP, checked: ssl.SSLContext) -> None:
        if smtp.has_extn("starttls"):
            smtp.starttls(context=checked)
            smtp.ehlo()
        elif self._server.name:
            msg = "the mail server offers no encryption, and the password would be readable on the way"
            raise smtplib.SMTPNotSupportedError(msg)

    def _introduce(self, smtp: smtplib.SMTP, envelope: Envelope) -> None:
        self._accepted(*smtp.mail(envelope.sender))
        self._accepted(*smtp.rcpt(envelope.recipient))

    def _accepted(self, code: int, words: bytes) -> None:
        if not 200 <= code < 300:
            raise self._refused(code, words)

    def _refused(self, code: int, words: bytes) -> Refused:
        if code == 421:  # the server says this as it closes the connection
            self.rest()
        is_lasting = 500 <= code < 600 and code not in _OUR_FAULT
        return Refused(plain_words(f"{code} {plain_words(words)}"), is_lasting=is_lasting)


def _expect(code: int, words: bytes) -> None:
    if not 200 <= code < 300:
        raise smtplib.SMTPResponseException(code, words)


def _words(failed: Exception) -> str:
    if isinstance(failed, smtplib.SMTPResponseException):
        return plain_words(f"{failed.smtp_code} {plain_words(failed.smtp_error)}")
    return plain_words(f"No connection to the mail server: {failed}")


def _stuffed(message: bytes) -> bytes:
    whole = message if message.endswith(b"\r\n") else message + b"\r\n"
    return _AT_LINE_START.sub(b"..", whole) + b".\r\n"
