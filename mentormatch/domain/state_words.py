"""What the states of rounds, pairings, notices, sign-ups and other things are called inside a sentence."""

from collections.abc import Mapping
from typing import Final

from mentormatch.domain.sentences import said

STATE_WORDS: Final[Mapping[str, str]] = {
    "unconfirmed": said("unconfirmed"),
    "active": said("active"),
    "paused": said("paused"),
    "withdrawn": said("withdrawn"),
    "erased": said("erased"),
    "held": said("held"),
    "pending": said("pending"),
    "sending": said("sending"),
    "in_doubt": said("in doubt"),
    "sent": said("sent"),
    "bounced": said("bounced"),
    "failed": said("failed"),
    "cancelled": said("cancelled"),
    "proposed": said("proposed"),
    "announced": said("announced"),
    "accepted": said("accepted"),
    "completed": said("completed"),
    "declined": said("declined"),
    "ended_early": said("ended early"),
    "dropped": said("dropped"),
    "recalled": said("recalled"),
    "draft": said("draft"),
    "queued": said("queued"),
    "solving": said("solving"),
    "published": said("published"),
    "closed": said("closed"),
    "on_hold": said("on hold"),
    "made": said("made"),
    "lifted": said("lifted"),
    "changed": said("changed"),
    "own": said("own"),
    "default": said("default"),
}
