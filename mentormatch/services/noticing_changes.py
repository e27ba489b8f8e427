"""Noticing what has changed since a proposal was solved: who joined, who left, whose answers are other ones."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.adjustments import Adjustment, AdjustmentKind
from mentormatch.domain.mailboxes import mailbox
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.models import Pairing, Programme, Proposal
from mentormatch.persistence.repositories.adjustments import active_adjustments
from mentormatch.persistence.repositories.participants import KeptSignup, kept_signups
from mentormatch.persistence.repositories.programmes import settings_of
from mentormatch.persistence.repositories.proposals import entrants_of
from mentormatch.schemas.policy import policy_as_json
from mentormatch.services.freezing_inputs import digest_of
from mentormatch.services.storing_proposals import adjustments_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What differs between the people and settings of now and those a proposal was solved for."""

    joined: tuple[str, ...] = ()
    """Names of people who are active now and were not then: this round leaves them out."""
    left: tuple[str, ...] = ()
    """Names of people who take part no longer."""
    altered: tuple[str, ...] = ()
    """Names of people whose answers are not those that were solved and written to."""
    overfull: tuple[str, ...] = ()
    """Those of them who are given more mentees than they would take now."""
    managed: tuple[tuple[str, str], ...] = ()
    """Pairs, of which one is now the line manager of the other."""
    settings_altered: bool = False
    adjustments_altered: bool = False
    """Whether coordinators have decided something that the proposal does not contain yet, or undone what it does."""

    @property
    def people(self) -> int:
        """Count the people to whom something happened."""
        return len(self.joined) + len(self.left) + len(self.altered)

    @property
    def forbid_publishing(self) -> bool:
        """Whether the proposal no longer fits; people who joined since do not make it so."""
        return bool(self.left or self.altered or self.settings_altered or self.adjustments_altered)

    @property
    def are_any(self) -> bool:
        """Whether anything differs."""
        return bool(self.people or self.settings_altered or self.adjustments_altered)

    def reasons(self) -> Iterator[str]:
        """Say one sentence for each thing that keeps the proposal from being published."""
        for name in self.left:
            yield said("%(name)s does not take part any more.", name=name)
        for name in self.overfull:
            yield said("%(name)s would now take fewer mentees than this proposal gives them.", name=name)
        for one, other in self.managed:
            yield said("%(one)s is now the line manager of %(other)s.", one=one, other=other)
        told = {*self.overfull, *(name for pair in self.managed for name in pair)}
        for name in self.altered:
            if name not in told:
                yield said("%(name)s has changed their answers.", name=name)
        if self.settings_altered:
            yield said("The settings that decide who is paired with whom have changed.")
        if self.adjustments_altered:
            yield said("The adjustments of this round are not those that were solved: re-solve first.")


NO_CHANGES = Changes()


def changes_since(session: Session, programme: Programme, proposal: Proposal) -> Changes:
    """Compare everyone's answers and the settings with those the proposal was solved for.

    Nothing is read when the programme's inputs have not moved since.
    """
    if programme.inputs_version == proposal.inputs_version:
        return NO_CHANGES
    entrants = entrants_of(session, proposal.id)
    kept = {one.id: one for one in kept_signups(session, programme.id)}
    active = {key: one for key, one in kept.items() if one.state == SignupState.ACTIVE}
    stayed = active.keys() & entrants.keys()
    decided = {one.adjustment for one in active_adjustments(session, programme.id, proposal.round_id)}
    altered = {i for i in stayed if entrants[i].digest != digest_of(active[i].signup)}
    return Changes(
        joined=_names(kept, active.keys() - entrants.keys()),
        left=_names(kept, entrants.keys() - active.keys()),
        altered=_names(kept, altered),
        overfull=_names(kept, _overfull(session, proposal, active, decided)),
        managed=tuple(_managed(session, proposal, active)),
        settings_altered=policy_as_json(settings_of(programme).policy()) != proposal.summary["policy"],
        adjustments_altered=decided != adjustments_from(proposal.summary),
    )


def _names(kept: Mapping[int, KeptSignup], ids: set[int]) -> tuple[str, ...]:
    return tuple(sorted((kept[i].signup.name if i in kept else f"Participant {i}" for i in ids), key=str.casefold))


def _overfull(
    session: Session, proposal: Proposal, active: Mapping[int, KeptSignup], decided: Collection[Adjustment]
) -> set[int]:
    given = sa.select(Pairing.mentor_id, sa.func.max(Pairing.slot)).where(Pairing.proposal_id == proposal.id)
    slots = session.execute(given.group_by(Pairing.mentor_id))
    extra = {a.mentor_id for a in decided if a.kind is AdjustmentKind.EXTRA_PLACE}
    return {i for i, slot in slots if i in active and slot > _places(active[i].signup) + (i in extra)}


def _places(signup: Signup) -> int:
    return signup.capacity if signup.offers_mentoring else 0


def _managed(session: Session, proposal: Proposal, active: Mapping[int, KeptSignup]) -> Iterator[tuple[str, str]]:
    pairs = sa.select(Pairing.mentor_id, Pairing.mentee_id).where(Pairing.proposal_id == proposal.id)
    for ids in session.execute(pairs.order_by(Pairing.id)):
        if all(i in active for i in ids):
            mentor, mentee = (active[i].signup for i in ids)
            for boss, other in ((mentor, mentee), (mentee, mentor)):
                if other.manager_email and mailbox(other.manager_email) == boss.mailbox:
                    yield boss.name, other.name
