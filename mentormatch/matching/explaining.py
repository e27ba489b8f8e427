"""Why a pair was made and why a person has none: true facts as data, counted pair by pair."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from mentormatch.domain.competencies import Competency
from mentormatch.domain.pairings import Reason, Side
from mentormatch.domain.policies import Policy
from mentormatch.matching.core.tiles import Check
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.places import needed_by
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.scoring import Mask, Table
from mentormatch.matching.sides import Sides
from mentormatch.matching.solution import Closure, Obstacles, Unpaired
from mentormatch.matching.windows import Window, portions, window_of

NO_OBSTACLES = Obstacles(
    partners=0,
    nothing_to_close=0,
    kept_apart=0,
    no_shared_language=0,
    no_common_hours=0,
    same_site=0,
    below_floor=0,
    eligible=0,
    taken=0,
    best_coverage=0,
    gap_points=0,
)


def closures_of(mentor: Person, mentee: Person, policy: Policy) -> tuple[Closure, ...]:
    """List the competencies this pair moves, most points first."""
    weights = policy.weights[mentee.position_aimed_at]
    moved = []
    for competency, taught, level, target in zip(Competency, mentor.levels, mentee.levels, mentee.targets, strict=True):
        reached = min(taught, target)
        if taught >= policy.teach_level and reached > level and weights[competency]:
            moved.append(Closure(competency, level, reached, weights[competency] * (reached - level)))
    return tuple(sorted(moved, key=lambda closure: -closure.points))


def unpaired_of(
    problem: MatchingProblem,
    policy: Policy,
    sides: Sides,
    pairs: frozenset[Pair],
    check: Check,
    known: Mapping[tuple[str, Side], Unpaired] = MappingProxyType({}),
) -> tuple[Unpaired, ...]:
    """List everyone who wanted a mentor and has none, then everyone who offered to mentor and has no mentee.

    Of whom it is known by id and side, this is not worked out again.
    """
    mentee, mentor = np.divmod(sides.keys_of(pairs), max(1, len(sides.mentors)))
    taught = np.bincount(mentee, minlength=len(sides.mentees)) > 0
    held = np.bincount(mentor, minlength=len(sides.mentors))
    rows = [row for row in np.flatnonzero(~taught).tolist() if (sides.mentees[row].id, Side.MENTEE) not in known]
    columns = [at for at in np.flatnonzero(held == 0).tolist() if (sides.mentors[at].id, Side.MENTOR) not in known]
    mentees = {one.person_id: one for one in _mentees(sides, rows, held, check)}
    mentors = {one.person_id: one for one in _mentors(sides, columns, taught, policy, check)}
    return (
        *_in_order(sides.mentees, ~taught, Side.MENTEE, known, mentees),
        *_in_order(sides.mentors, held == 0, Side.MENTOR, known, mentors),
        *_without_capacity(problem),
    )


def _in_order(
    people: tuple[Person, ...],
    left: Mask,
    side: Side,
    known: Mapping[tuple[str, Side], Unpaired],
    fresh: Mapping[str, Unpaired],
) -> Iterator[Unpaired]:
    for at in np.flatnonzero(left).tolist():
        person_id = people[at].id
        yield fresh[person_id] if person_id in fresh else known[person_id, side]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Counts:
    """Per person of one side, the partners by the first thing in the way."""

    partners: Table
    nothing_to_close: Table
    kept_apart: Table
    no_shared_language: Table
    no_common_hours: Table
    same_site: Table
    below_floor: Table
    eligible: Table
    taken: Table
    best_coverage: Table

    def of(self, at: int, gap_points: int) -> Obstacles:
        return Obstacles(
            partners=int(self.partners[at]),
            nothing_to_close=int(self.nothing_to_close[at]),
            kept_apart=int(self.kept_apart[at]),
            no_shared_language=int(self.no_shared_language[at]),
            no_common_hours=int(self.no_common_hours[at]),
            same_site=int(self.same_site[at]),
            below_floor=int(self.below_floor[at]),
            eligible=int(self.eligible[at]),
            taken=int(self.taken[at]),
            best_coverage=int(self.best_coverage[at]),
            gap_points=gap_points,
        )


def _counts(window: Window, taken: Mask, axis: int) -> _Counts:
    others = ~window.same_person
    teaching = others & (window.coverage >= 1)
    together = teaching & ~window.kept_apart
    talking = together & ~window.no_language
    meeting = talking & ~window.no_common_hours
    elsewhere = meeting & ~window.same_site
    eligible = elsewhere & ~window.below_floor
    return _Counts(
        partners=others.sum(axis),
        nothing_to_close=(others & ~teaching).sum(axis),
        kept_apart=(teaching & ~together).sum(axis),
        no_shared_language=(together & ~talking).sum(axis),
        no_common_hours=(talking & ~meeting).sum(axis),
        same_site=(meeting & ~elsewhere).sum(axis),
        below_floor=(elsewhere & ~eligible).sum(axis),
        eligible=eligible.sum(axis),
        taken=(eligible & taken).sum(axis),
        best_coverage=np.where(elsewhere, window.coverage, 0).max(axis, initial=0),
    )


def _mentees(sides: Sides, unpaired: list[int], held: Table, check: Check) -> Iterator[Unpaired]:
    full: Mask = np.greater_equal(held, np.array([mentor.places for mentor in sides.mentors], dtype=np.int64))
    gaps, everyone = sides.gap_points, np.arange(len(sides.mentors))
    for rows in portions(np.array(unpaired, dtype=np.intp), len(sides.mentors)):
        check()
        window = window_of(sides, rows, everyone)
        counts = _counts(window, np.broadcast_to(full, window.coverage.shape), axis=1)
        for at, row in enumerate(rows.tolist()):
            obstacles = counts.of(at, int(gaps[row]))
            reason = Reason.NO_GAP if not obstacles.gap_points else _reason(obstacles, Side.MENTEE)
            yield Unpaired(
                person_id=sides.mentees[row].id,
                side=Side.MENTEE,
                reason=reason,
                is_candidate=False,
                obstacles=obstacles,
            )


def _mentors(sides: Sides, unpaired: list[int], taught: Mask, policy: Policy, check: Check) -> Iterator[Unpaired]:
    everyone = np.arange(len(sides.mentees))
    for columns in portions(np.array(unpaired, dtype=np.intp), len(sides.mentees)):
        check()
        window = window_of(sides, everyone, columns)
        counts = _counts(window, np.broadcast_to(taught[:, None], window.coverage.shape), axis=0)
        for at, column in enumerate(columns.tolist()):
            obstacles, mentor = counts.of(at, 0), sides.mentors[column]
            yield Unpaired(
                person_id=mentor.id,
                side=Side.MENTOR,
                reason=_reason(obstacles, Side.MENTOR),
                is_candidate=needed_by(mentor, policy) > 0,
                obstacles=obstacles,
            )


def _without_capacity(problem: MatchingProblem) -> Iterator[Unpaired]:
    for person in problem.people:
        if person.offers_mentoring and not person.capacity:
            yield Unpaired(
                person_id=person.id,
                side=Side.MENTOR,
                reason=Reason.NO_CAPACITY,
                is_candidate=False,
                obstacles=NO_OBSTACLES,
            )


def _reason(seen: Obstacles, side: Side) -> Reason:
    mentee = side is Side.MENTEE
    if not seen.partners:
        return Reason.NO_ONE_OFFERS if mentee else Reason.NO_ONE_SEEKS
    if not (left := seen.partners - seen.nothing_to_close):
        return Reason.NO_ONE_TEACHES if mentee else Reason.NO_ONE_TO_TEACH
    for reason, kept_away in (
        (Reason.KEPT_APART, seen.kept_apart),
        (Reason.NO_SHARED_LANGUAGE, seen.no_shared_language),
        (Reason.NO_COMMON_HOURS, seen.no_common_hours),
        (Reason.SAME_SITE, seen.same_site),
        (Reason.BELOW_FLOOR, seen.below_floor),
    ):
        left -= kept_away
        if not left:
            return reason
    if seen.taken < seen.eligible:
        return Reason.ONLY_MUTUAL
    return Reason.MENTORS_FULL if mentee else Reason.MENTEES_TAKEN
