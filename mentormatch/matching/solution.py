"""The solution of a matching problem: who is paired with whom and why, who is not and why not, and what it came to."""

from dataclasses import dataclass, field

from mentormatch.domain.competencies import Competency
from mentormatch.domain.pairings import Reason, Serves, Side
from mentormatch.matching.certificate import Certificate
from mentormatch.matching.preferences import Points


@dataclass(frozen=True, slots=True)
class Closure:
    """One competency that a pairing moves: from the mentee's level up to what the mentor teaches or the target."""

    competency: Competency
    from_level: int
    to_level: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SolvedPairing:
    """A mentor and a mentee with what the pairing is worth; `slot` counts the mentor's places from 1.

    The `score` is the coverage and the points of all `preferences`.
    """

    mentor_id: str
    mentee_id: str
    slot: int
    coverage: int
    gap_points: int
    preferences: tuple[Points, ...]
    score: int
    serves: Serves
    locked: bool
    closures: tuple[Closure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacles:
    """Counts of possible partners by the first thing that stands in the way; they sum to `partners`.

    `nothing_to_close` counts partners with no coverage; `eligible` those with nothing in the way, of whom `taken`
    are full (mentors) or paired with someone else (mentees). `best_coverage` is the most that anyone would close whom
    nothing but the floor stands in the way of.
    """

    partners: int
    nothing_to_close: int
    kept_apart: int
    no_shared_language: int
    no_common_hours: int
    same_site: int
    below_floor: int
    eligible: int
    taken: int
    best_coverage: int
    gap_points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpaired:
    """A person left without a partner on one side, the true reason, and the counts behind it."""

    person_id: str
    side: Side
    reason: Reason
    is_candidate: bool
    obstacles: Obstacles


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainOptimum:
    """What the round would have come to had no candidate been preferred."""

    total_score: int
    candidates_served: int
    mentees_paired: int
    pairings_that_differ: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The counts of a solution; `further_places` are the places beyond the first that candidates need.

    `total_coverage` is what all pairs close, `total_score` that and their points of preference.
    """

    people: int
    mentors: int
    places: int
    mentees: int
    mentees_paired: int
    candidates: int
    candidates_served: int
    further_places: int
    further_places_served: int
    eligible_pairs: int
    total_coverage: int
    total_score: int
    plain: PlainOptimum

    @property
    def price_of_candidates(self) -> int:
        """Tell how many points of total score were given up so that more candidates get a mentee."""
        return self.plain.total_score - self.total_score


@dataclass(frozen=True, slots=True, order=True)
class Bound:
    """What no solution exceeds, compared count by count as the policy ranks them."""

    candidates_served: int
    further_places_served: int
    mentees_paired: int
    total_score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingSolution:
    """The answer to a matching problem, in canonical order; `totals.total_score` is the sum of the pairings' scores.

    `is_proven` is False only where the search for a solution without mutual pairs was cut short; how much better one
    could be at most is seen from the `bound`. The `certificate` proves the bound and, where it is reached, the pairs;
    it is not part of the answer, as many certificates prove the same. From the `standing`, if there is one, solving a
    similar problem can go on.
    """

    pairings: tuple[SolvedPairing, ...]
    unpaired: tuple[Unpaired, ...]
    totals: Totals
    bound: Bound
    is_proven: bool = True
    certificate: Certificate = field(compare=False, repr=False)
    standing: object | None = field(default=None, compare=False, repr=False)
