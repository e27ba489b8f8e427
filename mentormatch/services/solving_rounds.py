"""Solving rounds in the background: claim, freeze, solve, check, store, write the notices, propose."""

from collections.abc import Sequence

from mentormatch.domain.actors import SYSTEM
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import (
    AdjustmentRefused,
    InputRefused,
    LocksContradict,
    SolutionRefused,
    SolvingCancelled,
)
from mentormatch.domain.rounds import RoundState, Stage
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import solve
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound
from mentormatch.services.checking_solutions import refuse_faults
from mentormatch.services.claiming_rounds import Claim, ClaimingRounds, Course, Tell, own
from mentormatch.services.freezing_inputs import FrozenInput, freeze, words_for
from mentormatch.services.storing_proposals import store_proposal
from mentormatch.services.writing_notices import HeldLetter, WritingNotices


class SolvingRounds:
    """Does the work that a started round waits for; nothing it writes survives the loss of its claim."""

    def __init__(
        self, transactions: Transactions, clock: Clock, claims: ClaimingRounds, notices: WritingNotices
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._claims = claims
        self._notices = notices

    def solve_next(self, round_id: int | None = None, tell: Tell | None = None) -> bool:
        """Solve the round that has waited longest, or the one named; return whether there was one to solve.

        `tell` is called along the way with the stage and its steps.
        """
        claim = self._claims.next(round_id)
        if claim is None:
            return False
        try:
            with self._claims.kept(claim):
                self._propose(claim, self._claims.course(claim, tell))
        except SolvingCancelled:
            pass  # whoever called it off or took it over has written how it stands
        except (AdjustmentRefused, InputRefused, LocksContradict, SolutionRefused) as refused:
            self._claims.fail(claim, words_for(refused))
        except Exception:
            self._claims.give_back(claim)
            raise
        return True

    def _propose(self, claim: Claim, course: Course) -> None:
        course.report(Stage.READING)
        with self._transactions.reading() as session:
            frozen = freeze(session, claim.programme_id, claim.round_id, claim.seed, self._clock().date())
        solution = solve(frozen.problem, frozen.policy, progress=course.report, cancelled=course.is_called_off)
        course.report(Stage.CHECKING)
        refuse_faults(frozen.problem, frozen.policy, solution)
        course.report(Stage.WRITING)
        proposal_id = self._store(claim, frozen, solution)
        letters = self._notices.letters_for(claim.round_id, proposal_id)
        course.report(Stage.SAVING)
        self._finish(claim, letters)

    def _store(self, claim: Claim, frozen: FrozenInput, solution: MatchingSolution) -> int:
        with self._transactions.writing() as session:
            own(session, claim, stage_done=0)
            return store_proposal(session, claim, frozen, solution, self._clock())

    def _finish(self, claim: Claim, letters: Sequence[HeldLetter]) -> None:
        with self._transactions.writing() as session:
            own(session, claim, stage_done=1)
            row = session.get_one(MatchingRound, claim.round_id)
            self._notices.hold(session, letters, publication=row.publication + 1)
            advance(session, row, RoundState.PROPOSED, Cause(SYSTEM, self._clock()), lease_until=None, stage=None)
