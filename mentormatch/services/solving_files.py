"""Solving a round from files alone: sign-ups and a policy in, pairings, unpaired and a summary out."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from mentormatch.domain.errors import Fault, InputRefused
from mentormatch.domain.policies import Policy
from mentormatch.domain.signups import Signup
from mentormatch.matching.certificate import written
from mentormatch.matching.footprint import Footprint, footprint_of
from mentormatch.matching.problem import DEFAULT_SEED
from mentormatch.matching.snapshots import record_of, sha256_of, snapshot_of
from mentormatch.matching.solution import Closure, MatchingSolution, Totals
from mentormatch.matching.solve import solve
from mentormatch.schemas.policy import load_policy, policy_as_json
from mentormatch.services.checking_solutions import refuse_faults
from mentormatch.services.posing_problems import USUAL_DAY, person_id, problem_of
from mentormatch.spreadsheets.pairings import PairingRow, UnpairedRow, write_pairings, write_unpaired
from mentormatch.spreadsheets.signups import read_signups


@dataclass(frozen=True, slots=True)
class SolvedFiles:
    """The files a solved round gives, and its counts."""

    pairs: bytes
    unpaired: bytes
    summary: bytes
    certificate: bytes
    totals: Totals


def solve_files(
    people: bytes,
    policy: Policy,
    seed: int = DEFAULT_SEED,
    on: date = USUAL_DAY,
    *,
    begun: Callable[[Footprint], None] | None = None,
) -> SolvedFiles:
    """Solve the round of a CSV of sign-ups under a policy on a day, checked before it is given out.

    `begun` is told how much there is to do before it is done. Raises InputRefused with every fault of the file.
    """
    signups = read_signups(people)
    problem = problem_of(signups, policy, seed=seed, on=on)
    if begun is not None:
        begun(footprint_of(problem))
    solution = solve(problem, policy)
    refuse_faults(problem, policy, solution)
    by_id = {person_id(signup.email): signup for signup in signups}
    hashes = {
        "snapshot_sha256": sha256_of(snapshot_of(problem, policy)),
        "solution_sha256": sha256_of(record_of(solution)),
    }
    return SolvedFiles(
        pairs=write_pairings(_pairing_rows(solution, by_id)),
        unpaired=write_unpaired(_unpaired_rows(solution, by_id)),
        summary=_as_json({**_summary(solution), "seed": seed, "day": on.isoformat(), **hashes}),
        certificate=written(solution.certificate).encode(),
        totals=solution.totals,
    )


def default_policy() -> bytes:
    """Write the default policy as JSON."""
    return _as_json(policy_as_json(Policy()))


def read_policy(data: bytes) -> Policy:
    """Read a policy from JSON, or raise InputRefused."""
    try:
        given = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise InputRefused([Fault(None, None, f"The policy is not valid JSON: {error}")]) from error
    return load_policy(given)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _as_json(value: Mapping[str, object]) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()


def _pairing_rows(solution: MatchingSolution, by_id: Mapping[str, Signup]) -> list[PairingRow]:
    return [
        PairingRow(
            mentor_email=by_id[pairing.mentor_id].email,
            mentee_email=by_id[pairing.mentee_id].email,
            coverage_points=pairing.coverage,
            gap_points=pairing.gap_points,
            share_percent=pairing.coverage * 100 // pairing.gap_points,
            serves=pairing.serves,
            mentor_name=by_id[pairing.mentor_id].name,
            mentee_name=by_id[pairing.mentee_id].name,
            closes="; ".join(map(_closure, pairing.closures)),
        )
        for pairing in solution.pairings
    ]


def _closure(closure: Closure) -> str:
    return f"{closure.competency} {closure.from_level} to {closure.to_level} ({closure.points})"


def _unpaired_rows(solution: MatchingSolution, by_id: Mapping[str, Signup]) -> list[UnpairedRow]:
    return [
        UnpairedRow(
            email=by_id[unpaired.person_id].email,
            side=unpaired.side,
            reason=unpaired.reason,
            candidate="yes" if unpaired.is_candidate else "no",
            eligible_partners=unpaired.obstacles.eligible,
            name=by_id[unpaired.person_id].name,
        )
        for unpaired in solution.unpaired
    ]


def _summary(solution: MatchingSolution) -> dict[str, object]:
    totals = solution.totals
    return {
        "people": totals.people,
        "mentors": totals.mentors,
        "places": totals.places,
        "mentees": totals.mentees,
        "mentees_paired": totals.mentees_paired,
        "candidates": totals.candidates,
        "candidates_served": totals.candidates_served,
        "further_places": totals.further_places_served,
        "further_places_needed": totals.further_places,
        "eligible_pairs": totals.eligible_pairs,
        "total_coverage": totals.total_coverage,
        "total_score": totals.total_score,
        "plain_total_score": totals.plain.total_score,
        "plain_candidates_served": totals.plain.candidates_served,
        "price_of_candidates": totals.price_of_candidates,
        "pairings_changed_for_candidates": totals.plain.pairings_that_differ,
        "proven_optimal": solution.is_proven,
        "most_candidates_served": solution.bound.candidates_served,
        "most_further_places": solution.bound.further_places_served,
        "most_total_score": solution.bound.total_score,
    }
