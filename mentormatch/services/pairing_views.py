"""A pairing as one of its two people sees it: the other, the competencies, what both have said, and when they meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentormatch.domain.answers import Answer, Fit
from mentormatch.domain.languages import language_name
from mentormatch.domain.meetings import MeetingTime, proposed_times
from mentormatch.domain.pairings import PairingState
from mentormatch.persistence.repositories.pairings import LIVE, KeptMeeting
from mentormatch.services.seats import Seat


@dataclass(frozen=True, slots=True)
class Growth:
    """One competency that the two work on: its key, the mentee's level now, and where the mentor can bring it."""

    competency: str
    from_level: int
    to_level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerView:
    """The other of the two; `languages` are those that both speak."""

    name: str
    organisation: str
    site: str
    email: str
    time_zone: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingView:
    """Everything the page of a pairing shows; `partner` is who to write to, while the pairing goes on."""

    id: int
    slug: str
    programme: str
    round_number: int
    published_at: datetime
    state: PairingState
    is_mentor: bool
    partner_name: str
    partner: PartnerView | None
    my_zone: str
    their_zone: str
    growth: tuple[Growth, ...]
    my_answer: Answer | None
    their_answer: Answer | None
    fit: Fit | None
    change_asked: str
    meeting: KeptMeeting | None
    has_met: bool
    """Whether the first meeting lies in the past."""
    times: tuple[MeetingTime, ...]

    @property
    def is_live(self) -> bool:
        """Whether the two have to do with each other."""
        return self.state in LIVE

    @property
    def can_answer(self) -> bool:
        """Whether accepting and declining are open still."""
        return self.state is PairingState.ANNOUNCED

    @property
    def awaits_me(self) -> bool:
        """Whether the next step is this reader's answer."""
        return self.can_answer and self.my_answer is None

    @property
    def can_invite(self) -> bool:
        """Whether a first meeting can be arranged now."""
        return self.state is PairingState.ACCEPTED


def view_of(seat: Seat, now: datetime) -> PairingView:
    """Show a pairing from one seat."""
    pairing, me, partner = seat.pairing, seat.me, seat.partner
    is_live, zones = pairing.state in LIVE, (me.time_zone, partner.time_zone)
    return PairingView(
        id=pairing.id,
        slug=pairing.slug,
        programme=pairing.programme,
        round_number=pairing.round_number,
        published_at=pairing.published_at,
        state=pairing.state,
        is_mentor=seat.is_mentor,
        partner_name=partner.name,
        partner=_partner(seat) if is_live else None,
        my_zone=me.time_zone,
        their_zone=partner.time_zone,
        growth=_growth(pairing.closures),
        my_answer=seat.said.answer,
        their_answer=pairing.said_by(partner.id).answer,
        fit=seat.said.fit,
        change_asked=seat.said.change_asked,
        meeting=pairing.meeting,
        has_met=pairing.meeting is not None and pairing.meeting.starts_at < now,
        times=proposed_times(zones, now) if pairing.state is PairingState.ACCEPTED else (),
    )


def _partner(seat: Seat) -> PartnerView:
    other, mine = seat.partner, seat.me.languages.split(";")
    return PartnerView(
        name=other.name,
        organisation=other.organisation,
        site=other.site,
        email=other.email,
        time_zone=other.time_zone,
        languages=tuple(language_name(code) for code in other.languages.split(";") if code in mine),
    )


def _growth(closures: Sequence[Sequence[object]]) -> tuple[Growth, ...]:
    return tuple(Growth(str(key), int(str(start)), int(str(end))) for key, start, end, _ in closures)
