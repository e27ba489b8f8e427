"""The frozen record of a round: its input and its answer as canonical JSON, to be hashed, kept and solved again."""

import json
from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final

from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.policies import Objective, Policy
from mentormatch.domain.positions import Position
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution

FORMULA: Final = 2
"""The version of the matching model; it changes whenever the same input may give another answer."""

_WITHOUT_PREFERENCES: Final = 1
"""The version before preferences, working hours and sites counted: the same model with all of them left out."""

_NOT_ASKED: Final[Mapping[str, Any]] = {
    "minimum_common_hours": 0,
    "other_site_only": False,
    "wish_points": 0,
    "common_hour_points": 0,
    "waiting_points": 0,
}
_NOT_KNOWN: Final[Mapping[str, Any]] = {"site": "", "working_day": 0, "rounds_waited": 0}


def snapshot_of(problem: MatchingProblem, policy: Policy) -> str:
    """Write problem and policy as canonical JSON: opaque ids and whole numbers, no names."""
    return _canonical({"formula": FORMULA, "policy": _policy(policy), "problem": _problem(problem)})


def problem_from(snapshot: str) -> tuple[MatchingProblem, Policy]:
    """Read a snapshot back; raises ValueError when it was written by a version of the model that is not known here.

    What version 1 did not know of is read as left out, which gives the answers of then.
    """
    read, formula = json.loads(snapshot), formula_of(snapshot)
    if formula == _WITHOUT_PREFERENCES:
        read["policy"] |= _NOT_ASKED
        read["problem"] |= {"wishes": [], "people": [person | _NOT_KNOWN for person in read["problem"]["people"]]}
    elif formula != FORMULA:
        raise ValueError(f"this snapshot follows version {formula} of the model, not {FORMULA}")
    return _read_problem(read["problem"]), _read_policy(read["policy"])


def formula_of(snapshot: str) -> int:
    """Tell which version of the model a snapshot follows."""
    return int(json.loads(snapshot)["formula"])


def record_of(solution: MatchingSolution, formula: int = FORMULA) -> str:
    """Write who is paired, who is not and the totals as canonical JSON, in the form of that version of the model."""
    totals, plain = solution.totals, solution.totals.plain
    unknown = {"plain", "total_coverage"} if formula == _WITHOUT_PREFERENCES else {"plain"}
    return _canonical(
        {
            "formula": formula,
            "pairings": sorted([p.mentor_id, p.mentee_id, p.slot, p.score, p.serves] for p in solution.pairings),
            "unpaired": sorted([u.person_id, u.side, u.reason] for u in solution.unpaired),
            "totals": {name: getattr(totals, name) for name in totals.__slots__ if name not in unknown},
            "plain": {name: getattr(plain, name) for name in plain.__slots__},
        }
    )


def sha256_of(text: str) -> str:
    """Give the SHA-256 of a snapshot or record in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def _policy(policy: Policy) -> dict[str, Any]:
    return {
        "teach_level": policy.teach_level,
        "floor_percent": policy.floor_percent,
        "objective": policy.objective,
        "shared_language": policy.shared_language,
        "minimum_common_hours": policy.minimum_common_hours,
        "other_site_only": policy.other_site_only,
        "allow_earlier_pairings": policy.allow_earlier_pairings,
        "wish_points": policy.wish_points,
        "common_hour_points": policy.common_hour_points,
        "waiting_points": policy.waiting_points,
        "mentorships_required": dict(policy.mentorships_required),
        "weights": {position: [row[c] for c in Competency] for position, row in policy.weights.items()},
        "targets": {position: [row[c] for c in Competency] for position, row in policy.targets.items()},
    }


def _read_policy(read: dict[str, Any]) -> Policy:
    def table(name: str) -> MappingProxyType[Position, MappingProxyType[Competency, int]]:
        rows = {position: dict(zip(Competency, read[name][position], strict=True)) for position in Position}
        return MappingProxyType({position: MappingProxyType(row) for position, row in rows.items()})

    return Policy(
        teach_level=read["teach_level"],
        floor_percent=read["floor_percent"],
        objective=Objective(read["objective"]),
        shared_language=read["shared_language"],
        minimum_common_hours=read["minimum_common_hours"],
        other_site_only=read["other_site_only"],
        allow_earlier_pairings=read["allow_earlier_pairings"],
        wish_points=read["wish_points"],
        common_hour_points=read["common_hour_points"],
        waiting_points=read["waiting_points"],
        mentorships_required=MappingProxyType({Certification(k): n for k, n in read["mentorships_required"].items()}),
        weights=table("weights"),
        targets=table("targets"),
    )


def _problem(problem: MatchingProblem) -> dict[str, Any]:
    return {
        "seed": problem.seed,
        "people": sorted((_person(person) for person in problem.people), key=lambda read: str(read["id"])),
        "bars": sorted(problem.bars),
        "locks": sorted(problem.locks),
        "earlier_pairings": sorted(problem.earlier_pairings),
        "under_review": sorted(problem.under_review),
        "wishes": sorted(problem.wishes),
    }


def _read_problem(read: dict[str, Any]) -> MatchingProblem:
    def pairs(name: str) -> list[Pair]:
        return [(mentor_id, mentee_id) for mentor_id, mentee_id in read[name]]

    return MatchingProblem.of(
        map(_read_person, read["people"]),
        seed=read["seed"],
        bars=pairs("bars"),
        locks=pairs("locks"),
        earlier_pairings=pairs("earlier_pairings"),
        under_review=pairs("under_review"),
        wishes=pairs("wishes"),
    )


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "levels": person.levels,
        "targets": person.targets,
        "position_aimed_at": person.position_aimed_at,
        "offers_mentoring": person.offers_mentoring,
        "capacity": person.capacity,
        "wants_mentor": person.wants_mentor,
        "languages": sorted(person.languages),
        "manager": person.manager,
        "certification_pursued": person.certification_pursued,
        "mentorships_completed": person.mentorships_completed,
        "site": person.site,
        "working_day": person.working_day,
        "rounds_waited": person.rounds_waited,
    }


def _read_person(read: dict[str, Any]) -> Person:
    return Person(
        id=read["id"],
        levels=tuple(read["levels"]),
        targets=tuple(read["targets"]),
        position_aimed_at=Position(read["position_aimed_at"]),
        offers_mentoring=read["offers_mentoring"],
        capacity=read["capacity"],
        wants_mentor=read["wants_mentor"],
        languages=frozenset(read["languages"]),
        manager=read["manager"],
        certification_pursued=Certification(read["certification_pursued"]),
        mentorships_completed=read["mentorships_completed"],
        site=read["site"],
        working_day=read["working_day"],
        rounds_waited=read["rounds_waited"],
    )
