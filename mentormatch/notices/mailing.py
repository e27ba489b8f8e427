"""Handing a mail over: the conversation every way of sending knows, and sending into a folder of files."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

LONGEST_REPLY: Final = 400
_UNSAFE_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9.@_-]")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who a mail is from and the one mailbox it goes to; the Message-ID names it."""

    sender: str
    recipient: str
    message_id: str


class Refused(Exception):
    """The mail was certainly not accepted; `is_lasting` says that trying again is of no use."""

    def __init__(self, words: str, *, is_lasting: bool) -> None:
        super().__init__(words)
        self.words = words
        self.is_lasting = is_lasting


class Unanswered(Exception):
    """The text of the mail was handed over and no answer came: it may have been accepted."""


class Transport(Protocol):
    """A conversation in two steps, so that a mark can be made between them.

    Nothing that `offer` does can deliver the mail; once `deliver` has begun, it may have been.
    """

    def offer(self, envelope: Envelope) -> None:
        """Ask whether the mailbox takes mail; raises Refused."""

    def deliver(self, message: bytes) -> str:
        """Hand over the text of the offered mail and return the receiver's words; raises Refused or Unanswered."""

    def withdraw(self) -> None:
        """Take back what was offered."""

    def rest(self) -> None:
        """End the conversation, because nothing more is to be sent for now."""


class FolderTransport:
    """Writes each mail as a file named after its Message-ID: a mail that is sent twice is still one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._offered: Envelope | None = None

    def offer(self, envelope: Envelope) -> None:
        """Make sure that the folder is there."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # the mails in it carry sign-in links
        except OSError as refused:
            raise Refused(str(refused), is_lasting=False) from refused
        self._offered = envelope

    def deliver(self, message: bytes) -> str:
        """Write the file whole or not at all."""
        if self._offered is None:
            raise Refused("No mail was offered.", is_lasting=False)
        path = self._folder / f"{file_name(self._offered.message_id)}.eml"
        try:
            _write_whole(path, message)
        except OSError as refused:
            raise Refused(str(refused), is_lasting=False) from refused
        self._offered = None
        return f"Written to {path}"

    def withdraw(self) -> None:
        """Forget the mail that was offered."""
        self._offered = None

    def rest(self) -> None:
        """Do nothing: a folder needs no farewell."""


def file_name(message_id: str) -> str:
    """Turn a Message-ID into the name of a file."""
    return _UNSAFE_IN_NAMES.sub("_", message_id.strip("<>"))


def plain_words(reply: bytes | str) -> str:
    """Turn the words of a server into one bounded line that can be kept and shown."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split())[:LONGEST_REPLY]


def _write_whole(path: Path, content: bytes) -> None:
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
