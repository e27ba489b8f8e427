"""What adjustments do to the frozen input of a round, and the names of those that contradict one another."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from mentormatch.domain.adjustments import Adjustment, AdjustmentKind
from mentormatch.domain.certification import HIGHEST_CAPACITY
from mentormatch.domain.errors import AdjustmentRefused, LockConflict, LockFault, LocksContradict
from mentormatch.domain.policies import Policy
from mentormatch.domain.sentences import said
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
    present = {person.id for person in problem.people}
    posed = replace(
        problem,
        people=_in_and_out(problem, ids, frozenset(wanted), frozenset(contained)),
        bars=frozenset(pair for pair in _pairs(ids, wanted, AdjustmentKind.BAR) if present.issuperset(pair)),
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


def named(refused: LocksContradict, names: Mapping[str, str]) -> AdjustmentRefused:
    """Say which locks contradict what, by the names of the people; `names` is by the engine's ids."""

    def name(key: str) -> str:
        return names.get(key, said("Somebody who has left"))

    reasons = (
        _words(conflict.fault, name(conflict.mentor_id), name(conflict.mentee_id)) for conflict in refused.conflicts
    )
    return AdjustmentRefused(tuple(dict.fromkeys(reasons)))


def _words(fault: LockFault, mentor: str, mentee: str) -> str:
    who = {"mentor": mentor, "mentee": mentee}
    match fault:
        case LockFault.NOT_IN_THE_ROUND:
            words = said("%(mentor)s cannot be locked to %(mentee)s: one of them is not in this round.", **who)
        case LockFault.SAME_PERSON:
            words = said("%(mentor)s cannot mentor themselves.", **who)
        case LockFault.BARRED:
            words = said(
                "%(mentor)s and %(mentee)s cannot be locked and barred at once. Undo one of the two first.", **who
            )
        case LockFault.LINE_MANAGER:
            words = said("%(mentor)s cannot be locked to %(mentee)s: one of them is the other’s line manager.", **who)
        case LockFault.WANTS_NO_MENTOR:
            words = said("%(mentor)s cannot be locked to %(mentee)s, who gets no mentor in this round.", **who)
        case LockFault.OVER_CAPACITY:
            words = said("%(mentor)s would have more mentees locked than places.", **who)
        case LockFault.TWO_MENTORS:
            words = said("%(mentee)s would be locked to two mentors.", **who)
        case LockFault.MUTUAL:
            words = said("%(mentor)s and %(mentee)s would mentor each other.", **who)
        case LockFault.TEACHES_NOTHING:
            words = said(
                "%(mentor)s cannot be locked to %(mentee)s: "
                "nothing that %(mentee)s aims at is among %(mentor)s’s strengths.",
                **who,
            )
    return words


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
