"""Freezing what a round is solved from: everyone who takes part and the policy, read once, with a digest of each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from mentormatch.domain.adjustments import Adjustment
from mentormatch.domain.errors import AdjustmentRefused, InputRefused, LocksContradict, MentormatchError
from mentormatch.domain.policies import Policy
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import Signup
from mentormatch.matching.people import Pair
from mentormatch.matching.problem import MatchingProblem
from mentormatch.persistence.models import Pairing
from mentormatch.persistence.repositories.adjustments import MadeAdjustment, active_adjustments
from mentormatch.persistence.repositories.participants import signups_of
from mentormatch.persistence.repositories.programmes import programme_of, settings_of
from mentormatch.persistence.repositories.rounds import EARLIER, addresses_of_pairs, latest_proposal
from mentormatch.persistence.repositories.waiting import rounds_waited
from mentormatch.schemas.signup import answers_of
from mentormatch.services.adjusting_inputs import adjusted, named, refuse_empty_locks
from mentormatch.services.posing_problems import person_id, problem_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenInput:
    """What a round is solved from, the version of the programme's inputs it was read at, and who is who."""

    problem: MatchingProblem
    policy: Policy
    inputs_version: int
    people: Mapping[str, tuple[int, Signup]]
    """The engine's opaque id -> participant id and sign-up."""
    adjustments: frozenset[Adjustment] = frozenset()
    """What coordinators decided, which is in the problem already."""
    left_out: tuple[str, ...] = ()
    """Whom they left out as a mentee, by the engine's ids."""

    @property
    def entrants(self) -> dict[str, list[str]]:
        """Participant id -> the engine's id and a digest of the answers, to tell later who was who and has changed."""
        return {str(key): [engine_id, digest_of(signup)] for engine_id, (key, signup) in self.people.items()}


def freeze(session: Session, programme_id: int, round_id: int, seed: int, on: date) -> FrozenInput:
    """Read everyone who takes part now, and pose their problem with the working hours of a day.

    The version is read before the people: an edit that slips in between makes the proposal look older than it is,
    never newer. Raises AdjustmentRefused, by name, for adjustments that can hold no longer.
    """
    programme = programme_of(session, programme_id)
    settings = settings_of(programme)
    signups, waited = signups_of(session, programme_id), rounds_waited(session, programme_id)
    policy = settings.policy()
    problem = problem_of(
        (signup for _, signup in signups),
        policy,
        on=on,
        waited={person_id(signup.email): waited[key] for key, signup in signups if key in waited},
        seed=seed,
        earlier_pairings=_pairs(session, (Pairing.programme_id == programme_id) & Pairing.state.in_(EARLIER)),
        under_review=_under_review(session, round_id),
    )
    people = {person_id(signup.email): (key, signup) for key, signup in signups}
    made = active_adjustments(session, programme_id, round_id)
    posed = _with_adjustments(problem, policy, made)
    return FrozenInput(
        problem=posed,
        policy=policy,
        inputs_version=programme.inputs_version,
        people=people,
        adjustments=frozenset(one.adjustment for one in made),
        left_out=tuple(
            a.id for a, b in zip(problem.people, posed.people, strict=True) if a.wants_mentor > b.wants_mentor
        ),
    )


def _with_adjustments(problem: MatchingProblem, policy: Policy, made: Sequence[MadeAdjustment]) -> MatchingProblem:
    who = [(one.adjustment.mentor_id, one.mentor_mailbox, one.mentor) for one in made]
    who += [(one.adjustment.mentee_id, one.mentee_mailbox, one.mentee) for one in made]
    ids = {key: person_id(mailbox) for key, mailbox, _ in who if key is not None}
    try:
        posed = adjusted(problem, ids, [one.adjustment for one in made])
        refuse_empty_locks(posed, policy)
    except LocksContradict as refused:
        raise named(refused, {ids[key]: name for key, _, name in who if key is not None}) from refused
    return posed


def digest_of(signup: Signup) -> str:
    """Return a short digest of all answers of a sign-up; equal for equal answers only."""
    answers = json.dumps(answers_of(signup), sort_keys=True)
    return sha256(answers.encode()).hexdigest()[:32]


def words_for(refused: MentormatchError) -> str:
    """Say to a coordinator why a round could not be posed or solved."""
    if isinstance(refused, AdjustmentRefused):
        return said("What was decided about this round can hold no longer: %(refused)s", refused=str(refused))
    if isinstance(refused, InputRefused):
        return said("The answers of the people in this round cannot be used: %(refused)s", refused=str(refused))
    return said(
        "The answer did not pass the independent check, so nothing was proposed: %(refused)s", refused=str(refused)
    )


def _under_review(session: Session, round_id: int) -> list[Pair]:
    latest = latest_proposal(session, round_id)
    return [] if latest is None else _pairs(session, Pairing.proposal_id == latest.id)


def _pairs(session: Session, condition: ColumnElement[bool]) -> list[Pair]:
    return [(person_id(mentor), person_id(mentee)) for mentor, mentee in addresses_of_pairs(session, condition)]
