"""Preference points: what a pair is worth beyond its coverage, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mentormatch.domain.pairings import Preference
from mentormatch.domain.policies import ROUNDS_COUNTED, Policy
from mentormatch.domain.working_hours import common_hours
from mentormatch.matching.core.market import Floats
from mentormatch.matching.people import Person
from mentormatch.matching.problem import MatchingProblem


@dataclass(frozen=True, slots=True)
class Points:
    """How many points a pair has for one preference."""

    preference: Preference
    points: int


def preferences_of(problem: MatchingProblem, policy: Policy, mentor: Person, mentee: Person) -> tuple[Points, ...]:
    """List the points that a pair has beside its coverage; what gives none is left out."""
    is_wished = (mentor.id, mentee.id) in problem.wishes
    points = {
        Preference.WISH: policy.wish_points * is_wished,
        Preference.COMMON_HOURS: policy.common_hour_points * common_hours(mentor.working_day, mentee.working_day),
        Preference.WAITING: waiting_points(policy, mentee),
    }
    return tuple(Points(preference, found) for preference, found in points.items() if found)


def waiting_points(policy: Policy, mentee: Person) -> int:
    """Give the points of every pair of a mentee whom earlier rounds left without a mentor."""
    return policy.waiting_points * min(mentee.rounds_waited, ROUNDS_COUNTED)


def preference_columns(mentees: Sequence[Person], mentors: Sequence[Person], policy: Policy) -> tuple[Floats, Floats]:
    """Give columns of both sides whose product is every pair's points but for wishes.

    One column says who waited, and one per working day among the mentees how many hours each mentor shares with it.
    """
    columns = list(_columns(mentees, mentors, policy))
    wants = np.array([side for side, _ in columns], dtype=np.float32).reshape(len(columns), len(mentees))
    teaches = np.array([side for _, side in columns], dtype=np.float32).reshape(len(columns), len(mentors))
    return wants.T, teaches.T


def _columns(
    mentees: Sequence[Person], mentors: Sequence[Person], policy: Policy
) -> Iterator[tuple[list[int], list[int]]]:
    waiting = [waiting_points(policy, mentee) for mentee in mentees]
    if any(waiting):
        yield waiting, [1] * len(mentors)
    if not policy.common_hour_points:
        return
    for day in sorted({mentee.working_day for mentee in mentees}):
        points = [policy.common_hour_points * common_hours(mentor.working_day, day) for mentor in mentors]
        yield [int(mentee.working_day == day) for mentee in mentees], points
