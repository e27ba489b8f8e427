"""The mails that a site has written to its folder, as their readers get them."""

import re
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Final

PATIENCE: Final = 60.0
_LINK: Final = re.compile(r"http://127\.0\.0\.1:\d+/sign-in/[\w-]+")


def letters(folder: Path) -> list[EmailMessage]:
    """Return every mail in the folder."""
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in folder.glob("*.eml")]


def letters_to(folder: Path, address: str) -> list[EmailMessage]:
    """Return the mails to one address."""
    return [letter for letter in letters(folder) if address in str(letter["To"])]


def wait_for(folder: Path, is_there: Callable[[list[EmailMessage]], bool]) -> list[EmailMessage]:
    """Return the mails in the folder as soon as they are as they should be."""
    deadline = time.monotonic() + PATIENCE
    while not is_there(found := letters(folder)):
        assert time.monotonic() < deadline, sorted(str(letter["To"]) for letter in found)
        time.sleep(0.1)
    return found


def letter_to(folder: Path, address: str) -> EmailMessage:
    """Return the one mail to an address, as soon as it is there."""
    wait_for(folder, lambda found: any(address in str(letter["To"]) for letter in found))
    (letter,) = letters_to(folder, address)
    return letter


def text_of(letter: EmailMessage) -> str:
    """Return the plain text of a mail."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(letter: EmailMessage) -> str:
    """Return the sign-in link that a mail carries."""
    found = _LINK.search(text_of(letter))
    assert found is not None
    return found.group()
