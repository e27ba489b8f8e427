"""Going on from an earlier solution: what of it still holds, and where the search begins because of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from mentormatch.domain.pairings import Side
from mentormatch.domain.policies import Policy
from mentormatch.matching.beginning import Begin, begun_after, begun_anew, begun_by
from mentormatch.matching.certificate import Certificate
from mentormatch.matching.core.choosing import Hints
from mentormatch.matching.core.keys import lacking, united
from mentormatch.matching.core.market import Ints
from mentormatch.matching.core.moving import allowed
from mentormatch.matching.core.tiers import Tiered
from mentormatch.matching.core.tiles import Check
from mentormatch.matching.laying_out import Floor
from mentormatch.matching.pairing_up import Settled
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.sides import Sides, sides_again, sides_of
from mentormatch.matching.solution import MatchingSolution, SolvedPairing, Unpaired

After = MatchingSolution | Certificate | None
"""An earlier solution of a similar round, its certificate if that is all that was kept, or nothing."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Standing:
    """Where solving a round ended: the searches for its pairs and for those without candidates."""

    problem: MatchingProblem
    policy: Policy
    settled: Settled
    plain: Settled
    pairings: tuple[SolvedPairing, ...]
    unpaired: tuple[Unpaired, ...]
    eligible: int

    def is_like(self, problem: MatchingProblem, policy: Policy) -> bool:
        """Tell whether the same people are paired by the same policy, so that only rules about pairs may differ."""
        ours, theirs = self.problem, problem
        return self.policy == policy and ours.seed == theirs.seed and ours.people == theirs.people

    @property
    def sides(self) -> Sides:
        """Give the sides that were laid out."""
        return self.settled.floor.sides


def standing_of(after: After, problem: MatchingProblem, policy: Policy) -> Standing | None:
    """Give where the earlier solving ended, if it did so in this process and on a round that is alike."""
    standing = after.standing if isinstance(after, MatchingSolution) else None
    if isinstance(standing, Standing) and standing.is_like(problem, policy):
        return standing
    return None


def sides_after(standing: Standing | None, problem: MatchingProblem, policy: Policy) -> Sides:
    """Lay out a round, keeping what is as it was."""
    return sides_again(standing.sides, problem, policy) if standing else sides_of(problem, policy)


def begin_after(after: After, policy: Policy) -> Begin:
    """Tell where the search for the pairs begins."""
    if after is None:
        return begun_anew
    certificate = after.certificate if isinstance(after, MatchingSolution) else after
    standing = _comparable(after, policy)
    return partial(_resumed, standing.settled if standing else None, partial(begun_by, certificate))


def plain_after(after: After, policy: Policy, otherwise: Begin) -> Begin:
    """Tell where the search for the pairs without candidates begins."""
    standing = _comparable(after, policy)
    return partial(_resumed, standing.plain, otherwise) if standing else otherwise


def _comparable(after: After, policy: Policy) -> Standing | None:
    """Give where the earlier solving ended, if it did so in this process and by the same policy."""
    standing = after.standing if isinstance(after, MatchingSolution) else None
    return standing if isinstance(standing, Standing) and standing.policy == policy else None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Kept:
    """What of an earlier solution is true of a later one: pairings but for their places, unpaired, eligible pairs."""

    pairings: Mapping[Pair, SolvedPairing] = field(default_factory=dict)
    unpaired: Mapping[tuple[str, Side], Unpaired] = field(default_factory=dict)
    eligible: int | None = None


def kept_of(standing: Standing | None, problem: MatchingProblem, sides: Sides, pairs: frozenset[Pair]) -> Kept:
    """Tell what can be kept now that these pairs are chosen."""
    if standing is None:
        return Kept()
    pairings = {(p.mentor_id, p.mentee_id): p for p in standing.pairings}
    now, then = sides.kept_apart, standing.sides.kept_apart
    changed = united(lacking(now, then), lacking(then, now))
    return Kept(
        pairings=pairings if standing.problem.wishes == problem.wishes else {},
        unpaired=_unpaired(standing, sides, pairs, changed),
        eligible=standing.eligible + _eligible(sides, changed) - _eligible(standing.sides, changed),
    )


def _unpaired(
    standing: Standing, sides: Sides, pairs: frozenset[Pair], changed: Ints
) -> dict[tuple[str, Side], Unpaired]:
    """List whose obstacles are what they were: nobody of the other side became free or was taken, no rule changed."""
    touched = {person_id for pair in _named(sides, changed) for person_id in pair}
    sets = [(frozenset(b for _, b in some), _full(sides, some)) for some in (standing.settled.pairs, pairs)]
    (taught, full), (taught_now, full_now) = sets
    same = {Side.MENTOR: taught == taught_now, Side.MENTEE: full == full_now}
    return {
        (one.person_id, one.side): one for one in standing.unpaired if same[one.side] and one.person_id not in touched
    }


def _full(sides: Sides, pairs: frozenset[Pair]) -> frozenset[str]:
    held = Counter(mentor for mentor, _ in pairs)
    return frozenset(mentor.id for mentor in sides.mentors if held[mentor.id] >= mentor.places)


def _named(sides: Sides, keys: Ints) -> frozenset[Pair]:
    mentee, mentor = np.divmod(keys, max(1, len(sides.mentors)))
    return sides.pairs_of(mentee.tolist(), mentor.tolist())


def _eligible(sides: Sides, keys: Ints) -> int:
    """Count how many of the pairs are eligible."""
    if not len(keys):
        return 0
    return int(allowed(sides.whole_market(), *np.divmod(keys, len(sides.mentors))).sum())


def _resumed(earlier: Settled | None, otherwise: Begin, floor: Floor, check: Check) -> tuple[Tiered, Hints]:
    if earlier is None or not _same_mentors(earlier.floor.sides, floor.sides):
        return otherwise(floor, check)
    rows, best = _rows(earlier.floor, floor), earlier.searched.best
    # The best branch does without pairs that are allowed, unless it is the first.
    tiered = earlier.tiered if best.bans else best.choice.tiered
    # The same drum draws the same lots, if the mentees have the same numbers.
    is_same = earlier.floor.drum is floor.drum and np.array_equal(earlier.floor.free, floor.free)
    former = best.choice.former if is_same else None
    return begun_after(tiered, best.choice, rows, former, floor, check) or otherwise(floor, check)


def _same_mentors(earlier: Sides, sides: Sides) -> bool:
    """Tell whether the mentors are the same and teach the same; how many places they have is no matter here."""
    if earlier.mentors is sides.mentors:
        return True
    return list(map(_as_mentor, earlier.mentors)) == list(map(_as_mentor, sides.mentors))


def _as_mentor(person: Person) -> tuple[object, ...]:
    return person.id, person.levels, person.languages, person.site, person.working_day


def _as_mentee(person: Person) -> tuple[object, ...]:
    return *_as_mentor(person), person.targets, person.position_aimed_at, person.rounds_waited


def _rows(earlier: Floor, floor: Floor) -> Ints:
    """Give the numbers that the mentees had, and -1 to whoever was not there or was another in what counts."""
    if earlier.sides.mentees is floor.sides.mentees:
        number = np.full(len(floor.sides.mentees), -1, dtype=np.int64)
        number[earlier.free] = np.arange(len(earlier.free))
        return number[floor.free]
    was, now = earlier.sides.mentees, floor.sides.mentees
    known = {_as_mentee(was[row]): at for at, row in enumerate(earlier.free.tolist())}
    return np.array([known.get(_as_mentee(now[row]), -1) for row in floor.free.tolist()], dtype=np.int64)
