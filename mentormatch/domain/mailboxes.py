"""The key of an email address: two spellings of one mailbox give the same key."""

import unicodedata
from typing import Final

LONGEST_ADDRESS: Final = 254

_ASCII_LOWER: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def mailbox(address: str) -> str:
    """Return the address in NFC with ASCII letters lower-cased, and no other letter changed.

    Only ASCII is folded: a wider folding would make two people of look-alike letters into one.
    """
    return unicodedata.normalize("NFC", address.strip()).translate(_ASCII_LOWER)
