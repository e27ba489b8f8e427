"""The door to the explanations of a solution: `explain`."""

from typing import Final

from mentormatch.domain.pairings import Side
from mentormatch.domain.policies import Policy
from mentormatch.matching.alternatives import MOST_ALTERNATIVES, choices_of
from mentormatch.matching.candidates import price_of_candidates
from mentormatch.matching.explanation import Choices, Explanation, Shortage
from mentormatch.matching.ground import Ground, ground_of, wider
from mentormatch.matching.places_worth import places_worth
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.shortages import shortages_of
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import Cancelled
from mentormatch.matching.trials import Trials

MOST_SOLVES: Final = 2
MOST_SOLVES_FOR_SOME: Final = 200


def explain(
    problem: MatchingProblem,
    policy: Policy,
    solution: MatchingSolution,
    people: frozenset[str] | None = None,
    *,
    most_solves: int | None = None,
    cancelled: Cancelled | None = None,
) -> Explanation:
    """Explain a solution for the people asked about, or for everybody.

    What prices do not settle is settled by solving changed rounds: for people asked about, as many as it takes up to
    `most_solves`, and for everybody only a few, to find what helps those left out. What stays open says so.
    """
    is_for_all = people is None
    budget = most_solves if most_solves is not None else MOST_SOLVES if is_for_all else MOST_SOLVES_FOR_SOME
    trials = Trials.of(problem, policy, solution, budget, cancelled)
    asked = frozenset(person.id for person in problem.people) if people is None else people
    for_losses = Trials.of(problem, policy, solution, 0, cancelled) if is_for_all else trials
    ground, choices = _choices(for_losses, asked, is_for_all=is_for_all)
    return Explanation(
        choices=choices,
        places=tuple(places_worth(ground, for_losses, asked)),
        shortages=tuple(shortages_of(ground, trials, asked)),
        candidates=price_of_candidates(problem, policy, solution, cancelled=cancelled) if is_for_all else None,
    )


def changes_for(
    problem: MatchingProblem,
    policy: Policy,
    solution: MatchingSolution,
    person_id: str,
    *,
    most_solves: int = MOST_SOLVES_FOR_SOME,
    cancelled: Cancelled | None = None,
) -> tuple[Shortage, ...]:
    """Tell why somebody was left out, on either side, and which changes would help; nothing if nobody was."""
    trials = Trials.of(problem, policy, solution, most_solves, cancelled)
    ground = ground_of(problem, policy, solution, trials.check)
    return tuple(shortages_of(ground, trials, frozenset({person_id})))


def _choices(trials: Trials, people: frozenset[str], *, is_for_all: bool) -> tuple[Ground, tuple[Choices, ...]]:
    """Give everyone's best alternatives, on ground wide enough for those who were named."""
    limit = None
    while True:
        ground = ground_of(trials.problem, trials.policy, trials.solution, trials.check, limit)
        choices = tuple(each for side in Side for each in choices_of(ground, trials, people, side))
        limit = wider(ground)
        if limit is None or is_for_all or all(len(each.alternatives) == MOST_ALTERNATIVES for each in choices):
            return ground, choices
