"""What a round was solved from, read back as it was then, for other policies to be tried on."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.errors import NotFound
from mentormatch.domain.policies import Policy
from mentormatch.domain.programmes import PolicySettings
from mentormatch.domain.sentences import said
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.snapshots import problem_from
from mentormatch.persistence.models import Participant, Snapshot
from mentormatch.persistence.repositories.proposals import entrants_of
from mentormatch.persistence.repositories.rounds import round_of, shown_proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredInput:
    """The people and decisions that the proposal was solved from which a round stands for, and the policy of then.

    `names` are by the engine's ids, as people are called now.
    """

    round_number: int
    proposal_number: int
    solved_at: datetime
    sha256: str
    problem: MatchingProblem
    policy: Policy
    names: Mapping[str, str]

    def under(self, chosen: PolicySettings) -> Policy:
        """Give a policy with what the positions and the certifications asked for then."""
        then = self.policy
        return replace(
            chosen.policy(),
            weights=then.weights,
            targets=then.targets,
            mentorships_required=then.mentorships_required,
        )

    def rules(self, now: PolicySettings) -> PolicySettings:
        """Give the rules of then, and what positions and certifications ask for now."""
        then = self.policy
        return replace(
            now,
            teach_level=then.teach_level,
            floor_percent=then.floor_percent,
            objective=then.objective,
            shared_language=then.shared_language,
            minimum_common_hours=then.minimum_common_hours,
            other_site_only=then.other_site_only,
            allow_earlier_pairings=then.allow_earlier_pairings,
            wish_points=then.wish_points,
            common_hour_points=then.common_hour_points,
            waiting_points=then.waiting_points,
        )


def stored_input(session: Session, programme_id: int, number: int) -> StoredInput:
    """Read back what a round's proposal was solved from; raises NotFound when there is none that can be read."""
    proposal = shown_proposal(session, round_of(session, programme_id, number))
    if proposal is None:
        raise NotFound(said("Round %(number)s has no proposal whose input could be tried again.", number=number))
    content = session.get_one(Snapshot, proposal.snapshot_sha256).content
    try:
        problem, policy = problem_from(zlib.decompress(content).decode())
    except (zlib.error, ValueError) as unreadable:
        words = said("What round %(number)s was solved from cannot be read by this version.", number=number)
        raise NotFound(words) from unreadable
    people = sa.select(Participant.id, Participant.name).where(Participant.programme_id == programme_id)
    names = {row.id: row.name for row in session.execute(people)}
    entrants = entrants_of(session, proposal.id)
    return StoredInput(
        round_number=number,
        proposal_number=proposal.number,
        solved_at=proposal.created_at,
        sha256=proposal.snapshot_sha256,
        problem=problem,
        policy=policy,
        names={entrant.engine_id: names[key] for key, entrant in entrants.items() if key in names},
    )
