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


class Side(StrEnum):
    """On which side of a pairing a person was left without a partner."""

    MENTEE = "mentee"
    MENTOR = "mentor"


class Reason(StrEnum):
    """Why a person is unpaired; the first that is true in this order."""

    NO_GAP = "no_gap"
    NO_ONE_OFFERS = "no_one_offers"
    NO_ONE_TEACHES = "no_one_teaches"
    KEPT_APART = "kept_apart"
    NO_SHARED_LANGUAGE = "no_shared_language"
    BELOW_FLOOR = "below_floor"
    MENTORS_FULL = "mentors_full"
    NO_CAPACITY = "no_capacity"
    NO_ONE_TO_TEACH = "no_one_to_teach"
    MENTEES_BETTER_SERVED = "mentees_better_served"
