"""What adjustments do to the frozen input of a round, and the names of those that contradict one another."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Final

from mentormatch.domain.adjustments import Adjustment, AdjustmentKind
from mentormatch.domain.certification import HIGHEST_CAPACITY
from mentormatch.domain.errors import AdjustmentRefused, LockConflict, LockFault, LocksContradict
from mentormatch.domain.policies import Policy
from mentormatch.matching.explaining import closures_of
from mentormatch.matching.locks import refuse_contradictions
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem

Ids = Mapping[int, str]
"""The engine's id of each participant."""


def adjusted(
    problem: MatchingProblem,
    ids: Ids,
    wanted: Collection[Adjustment],
    contained: Collection[Adjustment] = (),
) -> MatchingProblem:
    """Pose a problem with the adjustments that are wanted, in the place of those it contains.

    Raises LocksContradict for locks that cannot hold, also those of people who are not in the problem.
    """
    posed = replace(
        problem,
        people=_in_and_out(problem, ids, frozenset(wanted), frozenset(contained)),
        bars=_bars(problem, ids, wanted, contained),
        locks=frozenset(_pairs(ids, wanted, AdjustmentKind.LOCK)),
    )
    refuse_contradictions(posed.people, posed.locks, posed.bars)
    return posed


def refuse_empty_locks(problem: MatchingProblem, policy: Policy) -> None:
    """Raise LocksContradict for locks on mentors who teach their mentee nothing."""
    people = {person.id: person for person in problem.people}
    empty = [(a, b) for a, b in sorted(problem.locks) if not closures_of(people[a], people[b], policy)]
    if empty:
        raise LocksContradict([LockConflict(a, b, LockFault.TEACHES_NOTHING) for a, b in empty])


_SENTENCES: Final[Mapping[LockFault, str]] = {
    LockFault.NOT_IN_THE_ROUND: "{mentor} cannot be locked to {mentee}: one of them is not in this round.",
    LockFault.SAME_PERSON: "{mentor} cannot mentor themselves.",
    LockFault.BARRED: "{mentor} and {mentee} cannot be locked and barred at once. Undo one of the two first.",
    LockFault.LINE_MANAGER: "{mentor} cannot be locked to {mentee}: one of them is the other’s line manager.",
    LockFault.WANTS_NO_MENTOR: "{mentor} cannot be locked to {mentee}, who gets no mentor in this round.",
    LockFault.OVER_CAPACITY: "{mentor} would have more mentees locked than places.",
    LockFault.TWO_MENTORS: "{mentee} would be locked to two mentors.",
    LockFault.MUTUAL: "{mentor} and {mentee} would mentor each other.",
    LockFault.TEACHES_NOTHING: "{mentor} cannot be locked to {mentee}: nothing that {mentee} aims at is among "
    "{mentor}’s strengths.",
}


def named(refused: LocksContradict, names: Mapping[str, str]) -> AdjustmentRefused:
    """Say which locks contradict what, by the names of the people; `names` is by the engine's ids."""

    def name(key: str) -> str:
        return names.get(key, "Somebody who has left")

    said = (_SENTENCES[c.fault].format(mentor=name(c.mentor_id), mentee=name(c.mentee_id)) for c in refused.conflicts)
    return AdjustmentRefused(tuple(dict.fromkeys(said)))


def _bars(
    problem: MatchingProblem, ids: Ids, wanted: Collection[Adjustment], contained: Collection[Adjustment]
) -> frozenset[Pair]:
    # What participants asked for themselves is no adjustment, and no adjustment takes it away.
    present = {person.id for person in problem.people}
    given = problem.bars - frozenset(_pairs(ids, contained, AdjustmentKind.BAR))
    return given | {pair for pair in _pairs(ids, wanted, AdjustmentKind.BAR) if present.issuperset(pair)}


def _in_and_out(
    problem: MatchingProblem, ids: Ids, wanted: frozenset[Adjustment], contained: frozenset[Adjustment]
) -> tuple[Person, ...]:
    takes, gives_back = _people_by_kind(ids, wanted - contained), _people_by_kind(ids, contained - wanted)
    if not any((*takes.values(), *gives_back.values())):
        return problem.people
    left_out, extra = AdjustmentKind.LEFT_OUT, AdjustmentKind.EXTRA_PLACE

    def of(person: Person) -> Person:
        wants = (person.wants_mentor or person.id in gives_back[left_out]) and person.id not in takes[left_out]
        places = person.capacity + (person.id in takes[extra]) - (person.id in gives_back[extra])
        return replace(person, wants_mentor=wants, capacity=min(places, HIGHEST_CAPACITY))

    touched = frozenset().union(*takes.values(), *gives_back.values())
    return tuple(of(person) if person.id in touched else person for person in problem.people)


def _people_by_kind(ids: Ids, adjustments: Iterable[Adjustment]) -> dict[AdjustmentKind, frozenset[str]]:
    of_one = (AdjustmentKind.LEFT_OUT, AdjustmentKind.EXTRA_PLACE)
    found: dict[AdjustmentKind, set[str]] = {kind: set() for kind in of_one}
    for adjustment in adjustments:
        if adjustment.kind in found:
            found[adjustment.kind] |= {ids[i] for i in adjustment.people if i in ids}
    return {kind: frozenset(people) for kind, people in found.items()}


def _pairs(ids: Ids, adjustments: Iterable[Adjustment], kind: AdjustmentKind) -> list[Pair]:
    wanted = (a.people for a in adjustments if a.kind is kind)
    return [(ids.get(mentor, str(mentor)), ids.get(mentee, str(mentee))) for mentor, mentee in wanted]
