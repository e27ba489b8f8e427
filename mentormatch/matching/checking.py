"""The independent check of a solution: it shares no code with the solver and can be read in one sitting."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.pairings import Serves, Side
from mentormatch.domain.policies import Policy
from mentormatch.matching.people import Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution, SolvedPairing


def violations(problem: MatchingProblem, policy: Policy, solution: MatchingSolution) -> tuple[str, ...]:
    """List everything that is wrong with a solution; an empty tuple means that it may be stored."""
    people = {person.id: person for person in problem.people}
    strangers = {i for p in solution.pairings for i in (p.mentor_id, p.mentee_id)} - people.keys()
    if strangers:
        return tuple(f"{stranger} does not take part" for stranger in sorted(strangers))
    found: list[str] = []
    for pairing in solution.pairings:
        mentor, mentee = people[pairing.mentor_id], people[pairing.mentee_id]
        wrong = (*breaches(problem, policy, mentor, mentee), *_miscounted(problem, policy, pairing, mentor, mentee))
        found += [f"{mentor.id} -> {mentee.id}: {what}" for what in wrong]
    return (*found, *_wrong_together(problem, solution, people), *_wrong_totals(problem, policy, solution, people))


def points_of(policy: Policy, mentor: Person, mentee: Person) -> tuple[int, int]:
    """Add up what the mentor would close of the mentee's gap, and the gap."""
    coverage = gap = 0
    for at, competency in enumerate(Competency):
        weight = policy.weights[mentee.position_aimed_at][competency]
        taught = mentor.levels[at] if mentor.levels[at] >= policy.teach_level else 0
        gap += weight * max(0, mentee.targets[at] - mentee.levels[at])
        coverage += weight * max(0, min(mentee.targets[at], taught) - mentee.levels[at])
    return coverage, gap


def preference_points_of(problem: MatchingProblem, policy: Policy, mentor: Person, mentee: Person) -> dict[str, int]:
    """Add up the points the pair has beside its coverage, kind by kind."""
    found = {
        "wish": policy.wish_points if (mentor.id, mentee.id) in problem.wishes else 0,
        "common_hours": policy.common_hour_points * hours_together(mentor, mentee),
        "waiting": policy.waiting_points * min(5, mentee.rounds_waited),
    }
    return {kind: points for kind, points in found.items() if points}


def hours_together(mentor: Person, mentee: Person) -> int:
    """Count the whole hours in which both work, eight from the start of each one's day."""
    # Whoever begins later begins so many minutes into the other's day; each of the two may be the later one.
    waits = (mentor.working_day - mentee.working_day) % 1440, (mentee.working_day - mentor.working_day) % 1440
    return max(0, 480 - min(waits)) // 60


def breaches(problem: MatchingProblem, policy: Policy, mentor: Person, mentee: Person) -> Iterator[str]:
    """Say which rule forbids this pair, if any does."""
    coverage, gap = points_of(policy, mentor, mentee)
    if not mentor.offers_mentoring or not mentee.wants_mentor:
        yield "does not offer or does not want this"
    if (mentor.id, mentee.id) in problem.locks:
        # A lock overrides every rule but these.
        if coverage < 1 or (mentor.id, mentee.id) in problem.bars or _too_close(mentor, mentee):
            yield "is locked against a rule that a lock cannot override"
    elif coverage < 1 or coverage * 100 < policy.floor_percent * gap:
        yield "is below the floor"
    elif kept_apart(problem, policy, mentor, mentee):
        yield "is kept apart by a rule"


def kept_apart(problem: MatchingProblem, policy: Policy, mentor: Person, mentee: Person) -> bool:
    """Tell whether a bar, a manager, an earlier pairing or a hard rule of the programme keeps these two apart."""
    pair = (mentor.id, mentee.id)
    earlier = pair in problem.earlier_pairings and not policy.allow_earlier_pairings
    speechless = policy.shared_language and mentor.languages.isdisjoint(mentee.languages)
    hours = policy.minimum_common_hours
    asleep = hours > 0 and hours_together(mentor, mentee) < hours
    neighbours = policy.other_site_only and mentor.site == mentee.site
    return _too_close(mentor, mentee) or pair in problem.bars or earlier or speechless or asleep or neighbours


def _too_close(mentor: Person, mentee: Person) -> bool:
    return mentor.id == mentee.id or mentor.manager == mentee.id or mentee.manager == mentor.id


def _eligible_pairs(problem: MatchingProblem, policy: Policy) -> int:
    mentors = [person for person in problem.people if person.offers_mentoring and person.capacity]
    levels = np.array([mentor.levels for mentor in mentors]).reshape(-1, len(Competency))
    taught = np.where(levels >= policy.teach_level, levels, 0)
    eligible = 0
    for mentee in (person for person in problem.people if person.wants_mentor):
        weights = [policy.weights[mentee.position_aimed_at][competency] for competency in Competency]
        closed = np.maximum(0, np.minimum(taught, mentee.targets) - mentee.levels) @ weights
        gap = np.maximum(0, np.subtract(mentee.targets, mentee.levels)) @ weights
        enough = np.flatnonzero((closed >= 1) & (closed * 100 >= policy.floor_percent * gap))
        eligible += sum(not kept_apart(problem, policy, mentors[at], mentee) for at in enough.tolist())
    return eligible


def _miscounted(
    problem: MatchingProblem, policy: Policy, pairing: SolvedPairing, mentor: Person, mentee: Person
) -> Iterator[str]:
    if (pairing.coverage, pairing.gap_points) != points_of(policy, mentor, mentee):
        yield "has the wrong coverage or gap"
    preferred = preference_points_of(problem, policy, mentor, mentee)
    if {str(kind.preference): kind.points for kind in pairing.preferences} != preferred:
        yield "has the wrong points of preference"
    if pairing.score != pairing.coverage + sum(preferred.values()):
        yield "has a score that does not add up"
    if sum(closure.points for closure in pairing.closures) != pairing.coverage:
        yield "has closures that do not add up"


def _wrong_together(problem: MatchingProblem, solution: MatchingSolution, people: dict[str, Person]) -> Iterator[str]:
    pairs = {(p.mentor_id, p.mentee_id) for p in solution.pairings}
    mentees_of, mentors_of = Counter(p.mentor_id for p in solution.pairings), Counter(b for _, b in pairs)
    yield from (f"{a} has more mentees than places" for a, n in mentees_of.items() if n > people[a].capacity)
    yield from (f"{b} has {n} mentors" for b, n in mentors_of.items() if n > 1)
    yield from (f"{a} and {b} mentor each other" for a, b in sorted(pairs) if a < b and (b, a) in pairs)
    yield from (f"the lock {a} -> {b} is broken" for a, b in sorted(problem.locks - pairs))
    slots = {(p.mentor_id, p.slot) for p in solution.pairings}
    if slots != {(a, slot) for a, n in mentees_of.items() for slot in range(1, n + 1)}:
        yield "the slots of a mentor are not counted from 1"
    left = {(p.id, Side.MENTEE) for p in problem.people if p.wants_mentor and not mentors_of[p.id]}
    left |= {(p.id, Side.MENTOR) for p in problem.people if p.offers_mentoring and not mentees_of[p.id]}
    if sorted(left) != sorted((unpaired.person_id, unpaired.side) for unpaired in solution.unpaired):
        yield "the unpaired are not those without a pairing"


def _wrong_totals(
    problem: MatchingProblem, policy: Policy, solution: MatchingSolution, people: dict[str, Person]
) -> Iterator[str]:
    totals, mentees_of = solution.totals, Counter(p.mentor_id for p in solution.pairings)
    needed = {person.id: places_wanted(policy, person) for person in people.values()}
    served = {a: min(n, needed[a]) for a, n in mentees_of.items() if needed[a]}
    serving = Counter(p.serves for p in solution.pairings)
    counted = {
        "people": (totals.people, len(people)),
        "mentors": (totals.mentors, sum(p.offers_mentoring and p.capacity > 0 for p in people.values())),
        "places": (totals.places, sum(p.capacity for p in people.values() if p.offers_mentoring)),
        "mentees": (totals.mentees, sum(p.wants_mentor for p in people.values())),
        "mentees paired": (totals.mentees_paired, len(solution.pairings)),
        "candidates": (totals.candidates, sum(n > 0 for n in needed.values())),
        "candidates served": (totals.candidates_served, len(served)),
        "pairings that serve a first place": (serving[Serves.FIRST_PLACE], len(served)),
        "further places": (totals.further_places, sum(max(0, n - 1) for n in needed.values())),
        "further places served": (totals.further_places_served, sum(n - 1 for n in served.values())),
        "pairings that serve a further place": (serving[Serves.FURTHER_PLACE], sum(n - 1 for n in served.values())),
        "eligible pairs": (totals.eligible_pairs, _eligible_pairs(problem, policy)),
        "total coverage": (totals.total_coverage, sum(p.coverage for p in solution.pairings)),
        "total score": (totals.total_score, sum(p.score for p in solution.pairings)),
    }
    for name, (said, true) in counted.items():
        if said != true:
            yield f"{name}: {said} instead of {true}"


def places_wanted(policy: Policy, person: Person) -> int:
    """Count the places a mentor needs for the certification pursued."""
    if person.certification_pursued not in (Certification.SILVER, Certification.GOLD) or not person.offers_mentoring:
        return 0
    required = policy.mentorships_required.get(person.certification_pursued, 0)
    return max(0, min(required - person.mentorships_completed, person.capacity))
