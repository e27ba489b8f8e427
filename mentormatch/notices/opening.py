"""Opening a mail that was written before, to show it as its reader will see it."""

from dataclasses import dataclass
from email import message_from_bytes
from typing import Final

from mentormatch.notices.composing import POLICY
from mentormatch.notices.keys import without_keys

SHOWN_HEADERS: Final = ("From", "To", "Reply-To", "Subject", "Date", "Message-ID")


@dataclass(frozen=True, slots=True)
class OpenedMail:
    """The headers a reader cares about, and both forms of the text."""

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str


def opened(message: bytes) -> OpenedMail:
    """Open the final bytes of a mail."""
    mail = message_from_bytes(message, policy=POLICY)
    headers = tuple((name, str(mail[name])) for name in SHOWN_HEADERS if mail[name] is not None)
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    return OpenedMail(
        headers,
        without_keys(str(plain.get_content()).replace("\r\n", "\n")) if plain else "",
        without_keys(str(html.get_content())) if html else "",
    )
