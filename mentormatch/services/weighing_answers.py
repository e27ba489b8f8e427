"""What follows from a person's answers under a programme's policy: strengths, gaps and the need for mentees."""

from dataclasses import dataclass

from mentormatch.domain.certification import places_needed
from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import Levels, gap, is_strength
from mentormatch.domain.policies import Policy
from mentormatch.domain.signups import Signup


@dataclass(frozen=True, slots=True)
class Strength:
    """A competency this person can mentor others in."""

    competency: Competency
    level: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A competency this person has still to grow in; `points` is the gap times its weight."""

    competency: Competency
    level: int
    target: int
    points: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a round will see in a person; `strengths` and `gaps` have what counts most in front."""

    targets: Levels
    """All sixteen: those the person set, and for the others the defaults of the position aimed at."""
    strengths: tuple[Strength, ...]
    gaps: tuple[Gap, ...]
    offers_in_vain: bool
    """Whether this person offers to mentor without a strength to do it with."""
    seeks_in_vain: bool
    """Whether this person wants a mentor without a gap to close."""
    places_needed: int
    """How many mentees the person still needs for the certification pursued, as far as they offer places."""


def outlook_of(signup: Signup, policy: Policy) -> Outlook:
    """Weigh the answers of one person."""
    strengths, gaps = _strengths(signup, policy), _gaps(signup, policy)
    return Outlook(
        targets=signup.targets_with(policy.targets[signup.position_aimed_at]),
        strengths=strengths,
        gaps=gaps,
        offers_in_vain=signup.offers_mentoring and not strengths,
        seeks_in_vain=signup.wants_mentor and not gaps,
        places_needed=places_needed(
            signup.certification_pursued, signup.mentorships_completed, signup.capacity, policy.mentorships_required
        ),
    )


def _strengths(signup: Signup, policy: Policy) -> tuple[Strength, ...]:
    found = [Strength(c, signup.levels[c]) for c in Competency if is_strength(signup.levels[c], policy.teach_level)]
    return tuple(sorted(found, key=lambda one: -one.level))


def _gaps(signup: Signup, policy: Policy) -> tuple[Gap, ...]:
    position, levels = signup.position_aimed_at, signup.levels
    targets, weights = signup.targets_with(policy.targets[position]), policy.weights[position]
    missing = {c: gap(levels[c], targets[c]) for c in Competency}
    gaps = [Gap(c, levels[c], targets[c], weights[c] * missing[c]) for c in Competency if missing[c]]
    return tuple(sorted(gaps, key=lambda one: -one.points))
