"""The keys in mails: links that let their holder act without signing in, and hiding them from everybody else."""

import re
from email.message import EmailMessage
from typing import Final

HIDDEN: Final = "hidden"
"""Stands in the place of a key where a mail is shown to somebody whom it was not sent to."""
_KEY: Final = re.compile(r"(/(?:answer|reminders)/)[\w.=-]+")


def without_keys(text: str) -> str:
    """Take out of a text what would let its reader act in somebody else's place."""
    return _KEY.sub(rf"\1{HIDDEN}", text)


def hide_keys(message: EmailMessage) -> None:
    """Take the keys out of both forms of a mail."""
    for part in message.walk():
        if part.get_content_type() in {"text/plain", "text/html"}:
            content = without_keys(str(part.get_content()))
            part.set_content(content, subtype=part.get_content_subtype(), cte="quoted-printable")
