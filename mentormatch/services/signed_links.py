"""Links that carry their own right: each for one purpose, one thing and one reader, and signed so that none is made up.

Whoever holds such a link can do what it says and nothing else; looking at its page changes nothing.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from itsdangerous import BadData, URLSafeSerializer

from mentormatch.domain.errors import LinkRefused
from mentormatch.domain.sentences import said

ANSWER_LIFETIME: Final = timedelta(days=60)
"""From the writing of the mail: held for review, sent, overlooked over a holiday."""
_REFUSED: Final = said("This link does not work any more. Sign in, and you find your pairings there.")


class SignedLinks:
    """Writes such links and reads them again."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._public_url = public_url
        self._answers = _signer(secret_key, "answer a pairing")
        self._reminders = _signer(secret_key, "end reminders")

    def to_answer(self, pairing_id: int, participant_id: int, at: datetime) -> str:
        """Return the address at which one of the two answers a pairing without signing in."""
        until = int((at + ANSWER_LIFETIME).timestamp())
        return f"{self._public_url}/answer/{_written(self._answers, [pairing_id, participant_id, until])}"

    def answerer(self, token: str, at: datetime) -> tuple[int, int]:
        """Return which pairing and which participant a link is about; raises LinkRefused."""
        pairing_id, participant_id, until = _read(self._answers, token, 3)
        if at.timestamp() >= until:
            raise LinkRefused(_REFUSED)
        return pairing_id, participant_id

    def to_end_reminders(self, participant_id: int) -> str:
        """Return the address at which somebody ends the reminders; it works for as long as the mail is kept."""
        return f"{self._public_url}/reminders/{_written(self._reminders, [participant_id])}"

    def reminded(self, token: str) -> int:
        """Return which participant wants no more reminders; raises LinkRefused."""
        return _read(self._reminders, token, 1)[0]


def _signer(secret_key: str, purpose: str) -> URLSafeSerializer:
    # The purpose goes into the key: a link made for one thing is a forgery for another.
    return URLSafeSerializer(
        secret_key, salt=f"mentormatch: {purpose}", signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"}
    )


def _written(signer: URLSafeSerializer, values: list[int]) -> str:
    return str(signer.dumps(values))


def _read(signer: URLSafeSerializer, token: str, length: int) -> list[int]:
    try:
        values = signer.loads(token)
    except BadData as forged:
        raise LinkRefused(_REFUSED) from forged
    if not (isinstance(values, list) and len(values) == length and all(type(value) is int for value in values)):
        raise LinkRefused(_REFUSED)
    return values
