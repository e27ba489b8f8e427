"""A pairing of one mentor with one mentee: its states, and why someone has none."""

from enum import StrEnum


class PairingState(StrEnum):
    """How far a pairing has come, from proposal to the end of the mentorship."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    DECLINED = "declined"
    ENDED_EARLY = "ended_early"
    DROPPED = "dropped"
    RECALLED = "recalled"


class Serves(StrEnum):
    """What a pairing does for its mentor's certification."""

    NOTHING = "nothing"
    FIRST_PLACE = "first_place"
    FURTHER_PLACE = "further_place"


class Preference(StrEnum):
    """What gives a pair points beside its coverage."""

    WISH = "wish"
    """The mentee wished for this mentor."""
    COMMON_HOURS = "common_hours"
    """The two have working hours in common."""
    WAITING = "waiting"
    """Earlier rounds left the mentee without a mentor."""


class Side(StrEnum):
    """On which side of a pairing a person was left without a partner."""

    MENTEE = "mentee"
    MENTOR = "mentor"


class Reason(StrEnum):
    """Why a person is unpaired; of those that fit the person's side, the first that is true in this order."""

    LEFT_OUT = "left_out"
    """Mentee: the coordinators decided that this person gets no mentor in this round."""
    NO_GAP = "no_gap"
    """Mentee: every target that counts for the position aimed at is reached."""
    NO_CAPACITY = "no_capacity"
    """Mentor: offers to mentor, with no place."""
    NO_ONE_OFFERS = "no_one_offers"
    """Mentee: nobody else in the round has a place."""
    NO_ONE_SEEKS = "no_one_seeks"
    """Mentor: nobody else in the round wants a mentor."""
    NO_ONE_TEACHES = "no_one_teaches"
    """Mentee: nobody with a place teaches anything this person aims at."""
    NO_ONE_TO_TEACH = "no_one_to_teach"
    """Mentor: nobody who wants a mentor aims at anything this person teaches."""
    KEPT_APART = "kept_apart"
    """Everyone who could close a gap is barred, a line manager or an earlier pairing."""
    NO_SHARED_LANGUAGE = "no_shared_language"
    """Of the others who could close a gap, nobody shares a language."""
    NO_COMMON_HOURS = "no_common_hours"
    """Of those that remain, nobody has enough working hours in common."""
    SAME_SITE = "same_site"
    """Of those that remain, everyone is at the same site."""
    BELOW_FLOOR = "below_floor"
    """Of those that remain, nobody would close enough of the gap."""
    MENTORS_FULL = "mentors_full"
    """Mentee: every eligible mentor has all places taken by others."""
    MENTEES_TAKEN = "mentees_taken"
    """Mentor: every eligible mentee is paired with someone else."""
    ONLY_MUTUAL = "only_mutual"
    """Whoever is eligible and still free is already paired with this person the other way round."""
