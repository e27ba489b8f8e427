"""Secrets that are handed out and kept only as hashes."""

import hashlib
import hmac
import secrets
from typing import Final

CODE_DIGITS: Final = 8


def new_token() -> str:
    """Return 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Return eight random digits to be typed by hand."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def hash_of(secret: str) -> str:
    """Return the SHA-256 of a secret as hexadecimal text; what is stored is never the secret itself."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def is_same(secret: str, kept: str | None) -> bool:
    """Compare a secret with a kept hash in constant time."""
    return kept is not None and hmac.compare_digest(hash_of(secret), kept)
