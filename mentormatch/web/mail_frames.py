"""Showing a formatted mail: alone in a frame, without script, forms or origin."""

from typing import Final

from flask import Response

# A mail is styled in its elements, which no page of ours may be.
_POLICY: Final = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)


def framed(answer: Response) -> Response:
    """Shut an answer off from the site."""
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer
