"""Explaining proposals: what else somebody could have, at what price, and what would help who has nobody."""

from collections.abc import Collection
from typing import Final

from mentormatch.matching.explain import explain
from mentormatch.matching.explanation import Explanation
from mentormatch.services.explanation_views import Named, PersonExplained, ShortageView
from mentormatch.services.standing_proposals import Recent, Solutions, Standing

MOST_EXPLAINED: Final = 64
MOST_AT_ONCE: Final = 2_000
"""In rounds of more people, what would help is told of one person at a time."""
MOST_SOLVES: Final = 12
SOLVED_FOR_A_PAGE: Final = 6_000
SOLVED_FOR_ONE: Final = 10_000
"""People in all the rounds that are solved for one answer: bounds its time; what was not tried is told."""


class Explanations:
    """Explains what is under review with the adjustments made so far, and remembers the last answers."""

    def __init__(self, solutions: Solutions) -> None:
        self._solutions = solutions
        self._kept: Recent[tuple[object, ...], Explanation] = Recent(MOST_EXPLAINED)

    def person(self, standing: Standing, participant_id: int) -> PersonExplained:
        """Explain one person; of somebody who is not in the proposal nothing is told."""
        engine_id = standing.engine_ids.get(participant_id)
        if engine_id is None:
            return PersonExplained()
        most = max(1, SOLVED_FOR_ONE // len(standing.engine_ids))
        return self._named(standing).person(self._explained(standing, frozenset({engine_id}), most), engine_id)

    def shortages(self, standing: Standing, people: Collection[int]) -> tuple[ShortageView, ...]:
        """Tell what would help these people, as far as a bounded number of solves shows; nothing in large rounds."""
        if len(standing.engine_ids) > MOST_AT_ONCE:
            return ()
        asked = frozenset(standing.engine_ids[i] for i in people if i in standing.engine_ids)
        most = min(MOST_SOLVES, SOLVED_FOR_A_PAGE // max(1, len(standing.engine_ids)))
        return tuple(self._named(standing).shortages(self._explained(standing, asked, most)))

    def _named(self, standing: Standing) -> Named:
        solution = self._solutions.solution(standing, standing.decided)
        return Named(standing, ((pair.mentor_id, pair.mentee_id) for pair in solution.pairings))

    def _explained(self, standing: Standing, people: frozenset[str], most: int) -> Explanation:
        def make() -> Explanation:
            solution = self._solutions.solution(standing, standing.decided)
            problem = standing.problem_with(standing.decided)
            return explain(problem, standing.posed[1], solution, people, most_solves=most)

        return self._kept.get((standing.proposal_id, standing.decided, people, most), make)
