"""The legal steps as the design states them, written out by hand so that the table in the code can be held to them."""

from enum import StrEnum
from typing import Final

from mentormatch.domain.notices import NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.signups import SignupState

ROUND: Final = """
draft>queued queued>solving solving>proposed proposed>published published>closed
queued>draft solving>queued solving>failed failed>queued proposed>draft published>recalled recalled>draft
"""
PAIRING: Final = """
proposed>announced announced>accepted accepted>completed
announced>declined announced>ended_early accepted>ended_early proposed>dropped announced>recalled
"""
NOTICE: Final = """
held>pending pending>sending sending>in_doubt in_doubt>sent sent>bounced
sending>pending in_doubt>pending sending>failed in_doubt>failed
held>cancelled pending>cancelled sending>cancelled
sending>sending in_doubt>sending
"""
"""The last line is a lease that ran out: the next sender takes over."""
SIGNUP: Final = """
unconfirmed>active active>paused paused>active
unconfirmed>withdrawn active>withdrawn paused>withdrawn withdrawn>erased
"""

LEGAL: Final[dict[type[StrEnum], frozenset[str]]] = {
    RoundState: frozenset(ROUND.split()),
    PairingState: frozenset(PAIRING.split()),
    NoticeState: frozenset(NOTICE.split()),
    SignupState: frozenset(SIGNUP.split()),
}

PAIRS: Final = [(old, new) for states in LEGAL for old in states for new in states]
"""Every pair of states of every machine, legal or not."""


def is_legal(old: StrEnum, new: StrEnum) -> bool:
    """Tell whether the design names the step."""
    return f"{old}>{new}" in LEGAL[type(old)]
