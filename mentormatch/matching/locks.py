"""Locks and the contradictions between them: found and named before anything is solved."""

from collections import Counter
from collections.abc import Sequence

from mentormatch.domain.errors import LockConflict, LockFault, LocksContradict
from mentormatch.matching.people import Pair, Person


def refuse_contradictions(people: Sequence[Person], locks: frozenset[Pair], bars: frozenset[Pair]) -> None:
    """Raise LocksContradict, naming every lock that cannot hold.

    A lock is the coordinator's own word: it overrides earlier pairing, language and floor, but never these rules.
    """
    by_id = {person.id: person for person in people}
    mentors, mentees = Counter(a for a, _ in locks), Counter(b for _, b in locks)
    found: list[LockConflict] = []
    for a, b in sorted(locks):
        mentor, mentee = by_id.get(a), by_id.get(b)
        if mentor is None or mentee is None:
            found.append(LockConflict(a, b, LockFault.NOT_IN_THE_ROUND))
            continue
        faults = {
            LockFault.SAME_PERSON: a == b,
            LockFault.BARRED: (a, b) in bars,
            LockFault.LINE_MANAGER: mentor.manager == b or mentee.manager == a,
            LockFault.WANTS_NO_MENTOR: not mentee.wants_mentor,
            LockFault.OVER_CAPACITY: mentors[a] > mentor.places,
            LockFault.TWO_MENTORS: mentees[b] > 1,
            LockFault.MUTUAL: a != b and (b, a) in locks,
        }
        found += [LockConflict(a, b, fault) for fault, is_true in faults.items() if is_true]
    if found:
        raise LocksContradict(found)
