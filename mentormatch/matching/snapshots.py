"""The frozen record of a round: its input and its answer as canonical JSON, to be hashed, kept and solved again."""

import json
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

FORMULA: Final = 1
"""The version of the matching model; it changes whenever the same input may give another answer."""


def snapshot_of(problem: MatchingProblem, policy: Policy) -> str:
    """Write problem and policy as canonical JSON: opaque ids and whole numbers, no names."""
    return _canonical({"formula": FORMULA, "policy": _policy(policy), "problem": _problem(problem)})


def problem_from(snapshot: str) -> tuple[MatchingProblem, Policy]:
    """Read a snapshot back; raises ValueError when it was written by another version of the model."""
    read = json.loads(snapshot)
    if read["formula"] != FORMULA:
        raise ValueError(f"this snapshot follows version {read['formula']} of the model, not {FORMULA}")
    return _read_problem(read["problem"]), _read_policy(read["policy"])


def record_of(solution: MatchingSolution) -> str:
    """Write who is paired, who is not and the totals as canonical JSON."""
    totals, plain = solution.totals, solution.totals.plain
    return _canonical(
        {
            "formula": FORMULA,
            "pairings": sorted([p.mentor_id, p.mentee_id, p.slot, p.score, p.serves] for p in solution.pairings),
            "unpaired": sorted([u.person_id, u.side, u.reason] for u in solution.unpaired),
            "totals": {name: getattr(totals, name) for name in totals.__slots__ if name != "plain"},
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
        "allow_earlier_pairings": policy.allow_earlier_pairings,
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
        allow_earlier_pairings=read["allow_earlier_pairings"],
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
    )
