"""A way of sending that does what a test tells it to, and remembers what was handed over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mentormatch.notices.mailing import Envelope, Refused, Unanswered


def refused_for_now() -> Refused:
    return Refused("451 Try again later", is_lasting=False)


def refused_for_good() -> Refused:
    return Refused("550 No such mailbox", is_lasting=True)


@dataclass
class ScriptedTransport:
    """Accepts everything, unless a test puts answers into its lists; each answer is used once."""

    at_offer: list[Refused | None] = field(default_factory=list)
    at_delivery: list[Refused | Unanswered | None] = field(default_factory=list)
    before_delivery: Callable[[], None] = lambda: None
    delivered: list[tuple[str, bytes]] = field(default_factory=list)
    withdrawn: int = 0
    _offered: str = ""

    def offer(self, envelope: Envelope) -> None:
        self._answer(self.at_offer)
        self._offered = envelope.recipient

    def deliver(self, message: bytes) -> str:
        self.before_delivery()
        self._answer(self.at_delivery)
        self.delivered.append((self._offered, message))
        return "250 Accepted as 7F2"

    def withdraw(self) -> None:
        self.withdrawn += 1

    def rest(self) -> None:
        pass

    def _answer(self, answers: Sequence[Refused | Unanswered | None]) -> None:
        assert isinstance(answers, list)
        answer = answers.pop(0) if answers else None
        if answer is not None:
            raise answer
