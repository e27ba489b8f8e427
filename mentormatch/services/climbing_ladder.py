"""A participant's ladder: the certification held and pursued, and the mentoring that this programme still asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mentormatch.domain.certification import ASKS_FOR_MENTORING, Certification
from mentormatch.domain.pairings import PairingState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.mentorships import MenteeOfMine, mentees_of
from mentormatch.persistence.repositories.participants import own_signup
from mentormatch.persistence.repositories.programmes import programme_of, settings_of


class Rung(StrEnum):
    """How a step of the ladder stands to somebody."""

    HELD = "held"
    PURSUED = "pursued"
    BETWEEN = "between"
    """Below what is held or pursued, or between the two."""
    ABOVE = "above"


@dataclass(frozen=True, slots=True, kw_only=True)
class MyLadder:
    """Where somebody stands; `declared` mentorships were named in the sign-up, the others came of this programme."""

    held: Certification
    pursued: Certification
    rungs: tuple[tuple[Certification, Rung, int], ...]
    """Every step with how it stands to this person and how many mentorships the programme asks for."""
    required: int
    declared: int
    mentorships: tuple[MenteeOfMine, ...]
    offers_mentoring: bool

    @property
    def confirmed(self) -> int:
        """How many mentorships count."""
        return self.declared + self._in(PairingState.COMPLETED)

    @property
    def running(self) -> int:
        """How many both sides have accepted and not yet brought to the end."""
        return self._in(PairingState.ACCEPTED)

    @property
    def waiting(self) -> int:
        """How many have been told and wait for an answer."""
        return self._in(PairingState.ANNOUNCED)

    @property
    def missing(self) -> int:
        """How many would be missing if every running one came to its end."""
        return max(0, self.required - self.confirmed - self.running)

    @property
    def asks_for_mentoring(self) -> bool:
        """Whether what is pursued asks for any mentoring in this programme."""
        return self.required > 0

    @property
    def is_reached(self) -> bool:
        """Whether all that the programme asks for is confirmed."""
        return self.asks_for_mentoring and self.confirmed >= self.required

    def _in(self, state: PairingState) -> int:
        return sum(one.state is state for one in self.mentorships)


class ClimbingLadder:
    """Shows people their own way to Silver and Gold."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def mine(self, programme_id: int, account_id: int) -> MyLadder:
        """Return where the owner of this account stands; raises NotFound."""
        with self._transactions.reading() as session:
            kept = own_signup(session, programme_id, account_id)
            table = settings_of(programme_of(session, programme_id)).mentorships_required
            found = mentees_of(session, kept.id)
        held, pursued = kept.signup.certification_held, kept.signup.certification_pursued
        return MyLadder(
            held=held,
            pursued=pursued,
            rungs=tuple((c, _rung(c, held, pursued), _asked(c, table)) for c in list(Certification)[1:]),
            required=_asked(pursued, table),
            declared=kept.signup.mentorships_completed,
            mentorships=found,
            offers_mentoring=kept.signup.offers_mentoring,
        )


def _asked(certification: Certification, table: Mapping[Certification, int]) -> int:
    return table.get(certification, 0) if certification in ASKS_FOR_MENTORING else 0


def _rung(step: Certification, held: Certification, pursued: Certification) -> Rung:
    order = list(Certification)
    if step is held:
        return Rung.HELD
    if step is pursued:
        return Rung.PURSUED
    return Rung.BETWEEN if order.index(step) < max(order.index(held), order.index(pursued)) else Rung.ABOVE
