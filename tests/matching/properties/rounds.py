"""Rounds of every kind, drawn from few numbers: small alphabets, so that ties, loops and refusals are common."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeVar

from hypothesis import strategies as st

from mentormatch.domain.certification import MENTORSHIPS_REQUIRED, Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import LocksContradict
from mentormatch.domain.policies import Objective, Policy
from mentormatch.domain.positions import WEIGHT_TOTAL, Position
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem
from tests.builders.problems import SIXTEEN
from tests.matching.properties.model import closed
from tests.matching.strategies import with_locks

Round = tuple[MatchingProblem, Policy]
Role = tuple[bool, int, bool]
"""Offers mentoring, so many places, wants a mentor."""

_Choice = TypeVar("_Choice")
_NUMBERS: Final = st.integers(0, 2**24 - 1)
"""Greater ones would be drawn small most of the time, and what they decide last would always be the same."""

ROLES: Final[Sequence[Role]] = (
    (False, 0, True),
    (True, 1, False),
    (True, 1, True),
    (True, 2, False),
    (False, 0, True),
    (True, 2, True),
    (True, 1, True),
    (True, 5, False),
    (True, 0, True),
    (False, 3, False),
)
BOTH: Final[Sequence[Role]] = ((True, 1, True), (True, 2, True), (True, 3, True))

RATED: Final = {
    (True, False): (4, 3, 4, 0),
    (False, True): (0, 1, 2, 4),
    (True, True): (0, 4, 3, 4),
    (False, False): (0, 4),
}
"""The levels of those who offer and want mentoring."""
SPEAK: Final = (frozenset({"en", "de"}), frozenset({"en"}), frozenset({"de"}))
PURSUED: Final = (Certification.NONE, Certification.SILVER, Certification.GOLD, Certification.BRONZE)


class _Digits:
    """A number read digit by digit, each digit choosing one of a few."""

    def __init__(self, number: int) -> None:
        self._rest = number

    def pick(self, choices: Sequence[_Choice]) -> _Choice:
        self._rest, at = divmod(self._rest, len(choices))
        return choices[at]

    def quarters(self, choices: Sequence[int]) -> tuple[int, ...]:
        return tuple(level for level in [self.pick(choices) for _ in range(4)] for _ in range(SIXTEEN // 4))


def weights(row: Mapping[Competency, int]) -> Mapping[Position, Mapping[Competency, int]]:
    """Give every position the same emphasis; what is left of the thousand goes to the last competency."""
    full = {competency: row.get(competency, 0) for competency in Competency}
    full[Competency.STRATEGY_DEPLOYMENT] += WEIGHT_TOTAL - sum(full.values())
    return MappingProxyType(dict.fromkeys(Position, MappingProxyType(full)))


WEIGHTS: Final = (
    Policy().weights,
    weights(dict.fromkeys(Competency, 62)),
    weights({Competency.STRATEGIC_ORIENTATION: 999}),
)


@st.composite
def policies(draw: st.DrawFn, floors: Sequence[int] = (10, 0, 40, 10, 0, 100)) -> Policy:
    """Draw a policy."""
    digits = _Digits(draw(_NUMBERS))
    return Policy(
        objective=digits.pick(tuple(Objective)),
        floor_percent=digits.pick(floors),
        shared_language=digits.pick((True, False)),
        allow_earlier_pairings=digits.pick((False, True)),
        teach_level=digits.pick((3, 3, 2, 3, 1, 4)),
        mentorships_required=digits.pick((MENTORSHIPS_REQUIRED, {Certification.SILVER: 3, Certification.GOLD: 5}, {})),
        weights=digits.pick(WEIGHTS),
        minimum_common_hours=digits.pick((0, 0, 0, 3, 8)),
        other_site_only=digits.pick((False, False, False, False, True)),
        wish_points=digits.pick((50, 0, 1000)),
        common_hour_points=digits.pick((0, 7, 100)),
        waiting_points=digits.pick((40, 0, 1000)),
    )


ANY_POLICY: Final = policies()


@st.composite
def people(draw: st.DrawFn, mentees: int, mentors: int, roles: Sequence[Role] = ROLES) -> list[Person]:
    """Draw people, at most so many who want a mentor and at most so many who have places."""
    both = roles == BOTH
    most = mentees if both else mentees + mentors
    size = min(most, draw(st.integers(0, most if both else most * 3 // 2)))
    numbers = draw(st.lists(st.tuples(_NUMBERS, _NUMBERS), min_size=size, max_size=size))
    found: list[Person] = []
    for at, (kind, ratings) in enumerate(numbers):
        person = _person(str(at), _Digits(kind), _Digits(ratings), len(numbers), roles)
        too_many = sum(p.wants_mentor for p in [*found, person]) > mentees
        too_few = sum(p.places > 0 for p in [*found, person]) > mentors
        found.append(
            replace(
                person,
                wants_mentor=person.wants_mentor and not too_many,
                offers_mentoring=person.offers_mentoring and not too_few,
            )
        )
    return found


def _person(person_id: str, kind: _Digits, ratings: _Digits, people: int, roles: Sequence[Role]) -> Person:
    offers, capacity, wants = kind.pick(roles)
    manager = kind.pick((*(None,) * people, *range(people)))
    return Person(
        id=person_id,
        levels=ratings.quarters(RATED[offers, wants]),
        targets=ratings.quarters((4, 3, 4, 0)),
        offers_mentoring=offers,
        capacity=capacity,
        wants_mentor=wants,
        position_aimed_at=kind.pick(tuple(Position)),
        languages=kind.pick(SPEAK),
        certification_pursued=kind.pick(PURSUED),
        mentorships_completed=kind.pick((0, 0, 1)),
        manager=None if manager is None else str(manager),
        site=kind.pick(("here", "there", "elsewhere")),
        working_day=kind.pick((0, 0, 330, 1380)),
        rounds_waited=kind.pick((0, 1, 9)),
    )


@st.composite
def rounds(
    draw: st.DrawFn,
    mentees: int = 5,
    mentors: int = 5,
    *,
    roles: Sequence[Role] = ROLES,
    policy: st.SearchStrategy[Policy] = ANY_POLICY,
) -> Round:
    """Draw a round with bars, wishes, earlier pairings, a former proposal and locks, and a policy to solve it under."""
    drawn, chosen = draw(people(mentees, mentors, roles)), draw(policy)
    some = st.frozensets(st.integers(0, max(0, len(drawn) ** 2 - 1)), max_size=4)
    posed = MatchingProblem.of(
        drawn,
        bars=_pairs(drawn, draw(some)),
        earlier_pairings=_pairs(drawn, draw(some)),
        under_review=_pairs(drawn, draw(some)),
        wishes=_pairs(drawn, draw(some)),
        seed=draw(st.integers(0, 2**16)),
    )
    return _locked(posed, chosen, sorted(_pairs(drawn, draw(some)))), chosen


def _pairs(drawn: Sequence[Person], numbers: frozenset[int]) -> Iterator[Pair]:
    if drawn:
        yield from ((drawn[at // len(drawn)].id, drawn[at % len(drawn)].id) for at in numbers)


def _locked(posed: MatchingProblem, policy: Policy, locks: Sequence[Pair]) -> MatchingProblem:
    """Add every lock that holds beside those before it."""
    by_id = {person.id: person for person in posed.people}
    for a, b in locks:
        if closed(policy, by_id[a], by_id[b]):
            try:
                posed = with_locks(posed, posed.locks | {(a, b)})
            except LocksContradict:
                continue
    return posed
