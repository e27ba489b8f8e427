"""What is known of the browser at the other end: the secret that mailed links are bound to, and where it asks from."""

import secrets
from typing import Final

from flask import request, session

BROWSER_KEY: Final = "browser"
_KINDS: Final = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox")),
    *(("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")),
)
"""A sign in what a browser says of itself, and its name; most say several, so the order decides."""
_SYSTEMS: Final = (
    *(("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android")),
    *(("Macintosh", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


def browser_secret() -> str:
    """Return the secret that binds a mailed link to this browser; made at the first need."""
    return str(session.setdefault(BROWSER_KEY, secrets.token_urlsafe(32)))


def browser_name() -> str:
    """Return what its owner knows this browser by: "Firefox, Windows"; what it says of itself is kept no further."""
    said = request.user_agent.string
    kind = next((name for sign, name in _KINDS if sign in said), "")
    system = next((name for sign, name in _SYSTEMS if sign in said), "")
    return ", ".join(filter(None, (kind, system)))


def client_address() -> str:
    """Return the network address that asks, as far as the configured proxies vouch for it."""
    return request.remote_addr or "unknown"
