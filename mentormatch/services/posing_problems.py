"""Turning sign-ups into a matching problem: the one way, for spreadsheets and for programmes alike."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from hashlib import sha256
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from mentormatch.domain.competencies import Competency
from mentormatch.domain.mailboxes import mailbox
from mentormatch.domain.policies import Policy
from mentormatch.domain.signups import Signup
from mentormatch.domain.working_hours import WORKING_DAY_BEGINS
from mentormatch.matching.bounds import MOST_ROUNDS_WAITED
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import DEFAULT_SEED, MatchingProblem

USUAL_DAY: Final = date(2026, 1, 1)
"""The day whose working hours count where none is named, so that the same files give the same answer on any day."""


def person_id(address: str) -> str:
    """Give the opaque id of a mailbox: the same wherever its owner signs up, so that ties fall the same way."""
    return sha256(mailbox(address).encode()).hexdigest()


def site_id(site: str) -> str:
    """Give the opaque id of a site, the same however its name is spaced around and capitalised."""
    return sha256(site.strip().casefold().encode()).hexdigest()[:16]


def working_day_of(time_zone: str, on: date) -> int:
    """Tell how many minutes after midnight UTC a working day begins in a time zone on that day."""
    begins = datetime.combine(on, time(WORKING_DAY_BEGINS), ZoneInfo(time_zone)).astimezone(UTC)
    return begins.hour * 60 + begins.minute


def problem_of(
    signups: Iterable[Signup],
    policy: Policy,
    *,
    on: date = USUAL_DAY,
    waited: Mapping[str, int] = MappingProxyType({}),
    seed: int = DEFAULT_SEED,
    bars: Iterable[Pair] = (),
    locks: Iterable[Pair] = (),
    earlier_pairings: Iterable[Pair] = (),
    under_review: Iterable[Pair] = (),
    wishes: Iterable[Pair] = (),
) -> MatchingProblem:
    """Pose the problem of these sign-ups under this policy; pairs are (mentor's, mentee's) `person_id`s.

    Working hours are those `on` a day; `waited` counts by `person_id` the rounds that left somebody without a mentor.
    """
    return MatchingProblem.of(
        (_person(signup, policy, on, waited) for signup in signups),
        seed=seed,
        bars=bars,
        locks=locks,
        earlier_pairings=earlier_pairings,
        under_review=under_review,
        wishes=wishes,
    )


def _person(signup: Signup, policy: Policy, on: date, waited: Mapping[str, int]) -> Person:
    targets, key = signup.targets_with(policy.targets[signup.position_aimed_at]), person_id(signup.email)
    return Person(
        id=key,
        levels=tuple(signup.levels[c] for c in Competency),
        targets=tuple(targets[c] for c in Competency),
        position_aimed_at=signup.position_aimed_at,
        offers_mentoring=signup.offers_mentoring,
        capacity=signup.capacity,
        wants_mentor=signup.wants_mentor,
        languages=frozenset(signup.languages),
        manager=person_id(signup.manager_email) if signup.manager_email else None,
        certification_pursued=signup.certification_pursued,
        mentorships_completed=signup.mentorships_completed,
        site=site_id(signup.site),
        working_day=working_day_of(signup.time_zone, on),
        rounds_waited=min(waited.get(key, 0), MOST_ROUNDS_WAITED),
    )
