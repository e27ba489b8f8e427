"""What each place of a mentor would do for a certification."""

from mentormatch.domain.certification import places_needed
from mentormatch.domain.pairings import Serves
from mentormatch.domain.policies import Policy
from mentormatch.matching.people import Person


def serves(slot: int, needed: int) -> Serves:
    """Tell what the mentor's place of this number, counted from 1, does for a certification."""
    if slot > needed:
        return Serves.NOTHING
    return Serves.FIRST_PLACE if slot == 1 else Serves.FURTHER_PLACE


def needed_by(mentor: Person, policy: Policy) -> int:
    """Count the places a mentor needs for the certification pursued."""
    required = policy.mentorships_required
    return places_needed(mentor.certification_pursued, mentor.mentorships_completed, mentor.places, required)
