"""What a coordinator should look at in a spreadsheet before importing it: nothing wrong, but probably not meant so."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import Fault
from mentormatch.domain.levels import gap, is_strength
from mentormatch.domain.mailboxes import mailbox
from mentormatch.domain.programmes import ProgrammeSettings
from mentormatch.domain.reviews import plain
from mentormatch.domain.sentences import counted, said
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.repositories.participants import KeptSignup

_HERE: Final = frozenset({SignupState.UNCONFIRMED, SignupState.ACTIVE, SignupState.PAUSED})


@dataclass(frozen=True, slots=True)
class _Company:
    """Everybody who would be in the programme after the import, by mailbox, and what they have in common."""

    settings: ProgrammeSettings
    mailboxes: frozenset[str]
    speakers: Mapping[str, int]
    """How many people speak a language, by its code."""
    namesakes: Mapping[str, frozenset[str]]
    """The mailboxes of everybody of one name, by the plain name."""


def doubts_about(
    numbered: Sequence[tuple[int, Signup]], kept: Iterable[KeptSignup], settings: ProgrammeSettings
) -> tuple[Fault, ...]:
    """Return the warnings about the rows of a spreadsheet, row by row."""
    there = {one.signup.mailbox: one.signup for one in kept if one.state in _HERE}
    company = _company(there | {signup.mailbox: signup for _, signup in numbered}, settings)
    return tuple(
        Fault(number, column, message)
        for number, signup in numbered
        for doubt in _DOUBTS
        for column, message in doubt(signup, company)
    )


def _company(people: Mapping[str, Signup], settings: ProgrammeSettings) -> _Company:
    namesakes = defaultdict[str, set[str]](set)
    for key, signup in people.items():
        namesakes[plain(signup.name)].add(key)
    return _Company(
        settings=settings,
        mailboxes=frozenset(people),
        speakers=Counter(code for signup in people.values() for code in signup.languages),
        namesakes={name: frozenset(keys) for name, keys in namesakes.items()},
    )


_Doubts = Iterator[tuple[str, str]]


def _manager(signup: Signup, company: _Company) -> _Doubts:
    if signup.manager_email and mailbox(signup.manager_email) not in company.mailboxes:
        yield (
            "manager_email",
            said("Nobody in the file or the programme has this address; check that it is typed right."),
        )


def _strengths(signup: Signup, company: _Company) -> _Doubts:
    teach_level = company.settings.teach_level
    if signup.offers_mentoring and not any(is_strength(level, teach_level) for level in signup.levels.values()):
        yield (
            "offers_mentoring",
            said("Offers to mentor, and is at level %(level)s or above in nothing.", level=teach_level),
        )


def _places(signup: Signup, _: _Company) -> _Doubts:
    if signup.offers_mentoring and not signup.capacity:
        yield "capacity", said("Offers to mentor, and has no place for anybody.")


def _gaps(signup: Signup, company: _Company) -> _Doubts:
    targets = signup.targets_with(company.settings.targets[signup.position_aimed_at])
    if signup.wants_mentor and not any(gap(signup.levels[c], targets[c]) for c in Competency):
        yield "wants_mentor", said("Wants a mentor, and aims nowhere higher than they are.")


def _languages(signup: Signup, company: _Company) -> _Doubts:
    alone = all(company.speakers[code] < 2 for code in signup.languages)
    if company.settings.shared_language and alone and len(company.mailboxes) > 1:
        yield "languages", said("Shares no language with anybody in the file or the programme.")


def _name(signup: Signup, company: _Company) -> _Doubts:
    if others := len(company.namesakes[plain(signup.name)]) - 1:
        yield (
            "name",
            counted(
                "%(num)s more in the file or the programme has this name.",
                "%(num)s more in the file or the programme have this name.",
                others,
            ),
        )


_DOUBTS: Final[tuple[Callable[[Signup, _Company], _Doubts], ...]] = (
    *(_name, _languages, _manager, _strengths, _places, _gaps),
)
