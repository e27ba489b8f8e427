"""What is known of the browser at the other end: the secret that mailed links are bound to, and where it asks from."""

import secrets
from typing import Final

from flask import request, session

BROWSER_KEY: Final = "browser"


def browser_secret() -> str:
    """Return the secret that binds a mailed link to this browser; made at the first need."""
    return str(session.setdefault(BROWSER_KEY, secrets.token_urlsafe(32)))


def client_address() -> str:
    """Return the network address that asks, as far as the configured proxies vouch for it."""
    return request.remote_addr or "unknown"
