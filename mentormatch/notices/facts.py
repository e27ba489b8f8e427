"""What each notice tells: facts only; the sentences around them live in the templates."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import ClassVar, Final

from mentormatch.domain.certification import CERTIFIER_REMARK
from mentormatch.domain.notices import NoticeKind
from mentormatch.domain.pairings import Reason
from mentormatch.notices.pairing_facts import PairingFacts

WRITE_WITHIN_DAYS: Final = 7
FIRST_MEETING_WITHIN_DAYS: Final = 14
EARLY_MEETINGS: Final = 2
EARLY_WEEKS: Final = 4


@dataclass(frozen=True, slots=True)
class Closing:
    """One competency that a pairing is about: from the mentee's level now to the level the mentor can bring it to."""

    title: str
    from_level: str
    to_level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """The other person of a pairing, as far as the two may know each other, and what the pairing is about."""

    name: str
    organisation: str
    site: str
    email: str
    time_zone: str
    shared_languages: tuple[str, ...]
    """Their codes; the mail names them in its own language."""
    closings: tuple[Closing, ...]
    answer_url: str = ""
    """Where the reader accepts or declines this pairing without signing in."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where a mentor who pursues Silver or Gold stands by the programme's own setting."""

    title: str
    required: int
    completed: int
    mentees: int
    """Mentees this round pairs the mentor with."""
    remark: str = CERTIFIER_REMARK

    @property
    def missing_now(self) -> int:
        """Mentorships still to complete, whatever this round brings."""
        return max(0, self.required - self.completed)

    @property
    def missing_after(self) -> int:
        """Mentorships that would still be missing once all of this round are completed."""
        return max(0, self.missing_now - self.mentees)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHead:
    """What every notice of a round carries in its footer."""

    programme: str
    round_number: int
    snapshot: str
    """The short form of the hash that names the round's frozen input."""
    programme_url: str
    signup_url: str
    coordinators: tuple[str, ...]
    """Addresses to ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorFacts:
    """For someone who mentors one or more people; `no_mentor` when a mentor was wanted as well and not found."""

    kind: ClassVar = NoticeKind.MENTOR
    name: str
    head: RoundHead
    mentees: tuple[Partner, ...]
    ladder: Ladder | None = None
    no_mentor: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MenteeFacts:
    """For someone who has a mentor; `no_mentee` when mentoring was offered as well and nobody was found."""

    kind: ClassVar = NoticeKind.MENTEE
    name: str
    head: RoundHead
    mentor: Partner
    ladder: Ladder | None = None
    no_mentee: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorAndMenteeFacts:
    """For someone who mentors and is mentored in the same round, by different people."""

    kind: ClassVar = NoticeKind.MENTOR_AND_MENTEE
    name: str
    head: RoundHead
    mentor: Partner
    mentees: tuple[Partner, ...]
    ladder: Ladder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpairedFacts:
    """For someone whom the round left without a partner, with the reason for each side asked for."""

    kind: ClassVar = NoticeKind.UNPAIRED
    name: str
    head: RoundHead
    no_mentor: Reason | None
    no_mentee: Reason | None
    ladder: Ladder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallFacts:
    """For someone who was told of a round that is taken back: the names that stood in the earlier mail."""

    kind: ClassVar = NoticeKind.RECALL
    name: str
    head: RoundHead
    reason: str
    mentors: tuple[str, ...] = ()
    mentees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """For someone who asked to come in: a link that works once, and the code that stands beside it."""

    kind: NoticeKind
    link: str
    code: str
    minutes: int
    programme: str | None


RoundFacts = MentorFacts | MenteeFacts | MentorAndMenteeFacts | UnpairedFacts
WordedFacts = RoundFacts | RecallFacts
Facts = WordedFacts | LinkFacts | PairingFacts


def texts_in(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in some facts together with the name of the field that holds it."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item, name)
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_in(getattr(value, each.name), each.name)
