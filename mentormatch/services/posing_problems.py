"""Turning sign-ups into a matching problem: the one way, for spreadsheets and for programmes alike."""

from collections.abc import Iterable
from hashlib import sha256

from mentormatch.domain.competencies import Competency
from mentormatch.domain.mailboxes import mailbox
from mentormatch.domain.policies import Policy
from mentormatch.domain.signups import Signup
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import DEFAULT_SEED, MatchingProblem


def person_id(address: str) -> str:
    """Give the opaque id of a mailbox: the same wherever its owner signs up, so that ties fall the same way."""
    return sha256(mailbox(address).encode()).hexdigest()


def problem_of(
    signups: Iterable[Signup],
    policy: Policy,
    *,
    seed: int = DEFAULT_SEED,
    bars: Iterable[Pair] = (),
    locks: Iterable[Pair] = (),
    earlier_pairings: Iterable[Pair] = (),
    under_review: Iterable[Pair] = (),
) -> MatchingProblem:
    """Pose the problem of these sign-ups under this policy; pairs are (mentor's, mentee's) `person_id`s."""
    return MatchingProblem.of(
        (_person(signup, policy) for signup in signups),
        seed=seed,
        bars=bars,
        locks=locks,
        earlier_pairings=earlier_pairings,
        under_review=under_review,
    )


def _person(signup: Signup, policy: Policy) -> Person:
    targets = signup.targets_with(policy.targets[signup.position_aimed_at])
    return Person(
        id=person_id(signup.email),
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
    )
