"""The sender dies at each step of one mail in turn; random moments find surprises, the list finds the rest."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.notices import NoticeState
from mentormatch.notices.mailing import Envelope
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice
from mentormatch.services.bundle import Services
from mentormatch.services.sending_notices import SendingNotices
from tests.builders.outboxes import add_notices
from tests.installations import StandingClock
from tests.transports import ScriptedTransport

pytestmark = [pytest.mark.chaos, pytest.mark.slow]

STEPS = {
    "before the claim is kept": (1, 0),
    "claimed": (1, 0),
    "offered": (1, 0),
    "before the mark is kept": (1, 0),
    "marked": (1, 1),
    "accepted": (2, 1),
    "before sent is kept": (2, 1),
    "sent": (1, 0),
}
"""Step at which the sender dies -> copies that arrive in the end, and whether the notice is named as doubtful."""


class Killed(BaseException):
    """The process is gone: no handler of ours sees it."""


class MortalTransactions(Transactions):
    """Dies before or after one of the three transactions of a mail is kept."""

    def __init__(self, step: str) -> None:
        self._names = iter(("the claim", "the mark", "sent"))
        self._after = {"the claim": "claimed", "the mark": "marked", "sent": "sent"}
        self._step = step

    @contextmanager
    def writing(self) -> Iterator[Session]:
        name = next(self._names)
        with super().writing() as session:
            yield session
            if self._step == f"before {name} is kept":
                raise Killed
        if self._step == self._after[name]:
            raise Killed


class MortalTransport(ScriptedTransport):
    """Dies after one of the two halves of the conversation."""

    step: str = ""

    def offer(self, envelope: Envelope) -> None:
        super().offer(envelope)
        if self.step == "offered":
            raise Killed

    def deliver(self, message: bytes) -> str:
        words = super().deliver(message)
        if self.step == "accepted":
            raise Killed
        return words


@pytest.mark.parametrize("step", STEPS)
def test_dying_at_any_step_loses_nothing_and_doubles_only_what_is_named(
    services: Services, clock: StandingClock, step: str
) -> None:
    with Transactions().writing() as session:
        add_notices(session)
    transport = MortalTransport()
    transport.step = step
    with pytest.raises(Killed):
        SendingNotices(MortalTransactions(step), clock, transport, "from@firm.example").send_next()

    transport.step = ""
    for _ in range(2):
        clock.forward(minutes=15)
        SendingNotices(Transactions(), clock, transport, "from@firm.example").send_next()

    with Transactions().reading() as session:
        notice = session.scalars(sa.select(Notice)).one()
    assert notice.state == NoticeState.SENT
    assert (len(transport.delivered), notice.doubts) == STEPS[step]
    assert len({message for _, message in transport.delivered}) == 1
