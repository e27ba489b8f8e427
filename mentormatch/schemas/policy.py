"""A policy as JSON: partial input laid over the defaults, everything wrong with it named by its path."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeVar

from marshmallow import RAISE, Schema, ValidationError, fields, validates_schema

from mentormatch.domain.certification import ASKS_FOR_MENTORING, MOST_MENTORSHIPS
from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import Fault, InputRefused
from mentormatch.domain.levels import HIGHEST
from mentormatch.domain.policies import (
    MOST_COMMON_HOUR_POINTS,
    MOST_COMMON_HOURS,
    MOST_WAITING_POINTS,
    MOST_WISH_POINTS,
    Objective,
    Policy,
)
from mentormatch.domain.positions import WEIGHT_TOTAL, Position
from mentormatch.schemas.fields import Member, Truth, WholeNumber

_Key = TypeVar("_Key", bound=StrEnum)
_UNKNOWN: Final[dict[str, str]] = {"unknown": "Is not a setting.", "type": "Must be an object of settings."}


class _Settings(Schema):
    class Meta:
        unknown = RAISE

    error_messages = _UNKNOWN


def _numbers(keys: tuple[StrEnum, ...], highest: int) -> type[Schema]:
    return _Settings.from_dict({key.value: WholeNumber(highest=highest) for key in keys})


def _by_position(highest: int) -> type[Schema]:
    row = _numbers(tuple(Competency), highest)
    return _Settings.from_dict({position.value: fields.Nested(row) for position in Position})


class PolicySchema(_Settings):
    """The settings of a round as a full JSON object; `load_policy` lays a partial one over the defaults first."""

    teach_level = WholeNumber(lowest=1, highest=HIGHEST)
    floor_percent = WholeNumber(highest=100)
    objective = Member(Objective)
    shared_language = Truth()
    minimum_common_hours = WholeNumber(highest=MOST_COMMON_HOURS)
    other_site_only = Truth()
    allow_earlier_pairings = Truth()
    wish_points = WholeNumber(highest=MOST_WISH_POINTS)
    common_hour_points = WholeNumber(highest=MOST_COMMON_HOUR_POINTS)
    waiting_points = WholeNumber(highest=MOST_WAITING_POINTS)
    mentorships_required = fields.Nested(_numbers(ASKS_FOR_MENTORING, MOST_MENTORSHIPS), required=True)
    weights = fields.Nested(_by_position(WEIGHT_TOTAL), required=True)
    targets = fields.Nested(_by_position(HIGHEST), required=True)

    @validates_schema
    def check_weights(self, data: Mapping[str, Any], **_: object) -> None:
        """Refuse weights that do not sum to 1000, as people of different positions would not compare."""
        wrong = {
            position: [f"Must sum to {WEIGHT_TOTAL}, not {sum(row.values())}."]
            for position, row in data["weights"].items()
            if sum(row.values()) != WEIGHT_TOTAL
        }
        if wrong:
            raise ValidationError({"weights": wrong})


def load_policy(given: object) -> Policy:
    """Give the policy that a partial JSON object asks for, or raise InputRefused with every fault by its path."""
    if not isinstance(given, dict):
        raise InputRefused([Fault(None, None, "The policy must be a JSON object.")])
    try:
        data = PolicySchema().load(_laid_over(policy_as_json(Policy()), given))
    except ValidationError as error:
        raise InputRefused(list(_faults(error.messages_dict))) from error
    return Policy(
        teach_level=data["teach_level"],
        floor_percent=data["floor_percent"],
        objective=data["objective"],
        shared_language=data["shared_language"],
        minimum_common_hours=data["minimum_common_hours"],
        other_site_only=data["other_site_only"],
        allow_earlier_pairings=data["allow_earlier_pairings"],
        wish_points=data["wish_points"],
        common_hour_points=data["common_hour_points"],
        waiting_points=data["waiting_points"],
        mentorships_required=_keyed(ASKS_FOR_MENTORING, data["mentorships_required"]),
        weights=MappingProxyType({p: _keyed(tuple(Competency), data["weights"][p]) for p in Position}),
        targets=MappingProxyType({p: _keyed(tuple(Competency), data["targets"][p]) for p in Position}),
    )


def policy_as_json(policy: Policy) -> dict[str, Any]:
    """Give a policy as the JSON object that loads to it again."""
    return {
        "teach_level": policy.teach_level,
        "floor_percent": policy.floor_percent,
        "objective": policy.objective.value,
        "shared_language": policy.shared_language,
        "minimum_common_hours": policy.minimum_common_hours,
        "other_site_only": policy.other_site_only,
        "allow_earlier_pairings": policy.allow_earlier_pairings,
        "wish_points": policy.wish_points,
        "common_hour_points": policy.common_hour_points,
        "waiting_points": policy.waiting_points,
        "mentorships_required": {c.value: policy.mentorships_required.get(c, 0) for c in ASKS_FOR_MENTORING},
        "weights": {p.value: {c.value: policy.weights[p][c] for c in Competency} for p in Position},
        "targets": {p.value: {c.value: policy.targets[p][c] for c in Competency} for p in Position},
    }


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    both = {
        key: _laid_over(below[key], value) if isinstance(value, dict) and isinstance(below.get(key), dict) else value
        for key, value in above.items()
    }
    return {**below, **both}


def _keyed(keys: tuple[_Key, ...], row: Mapping[str, int]) -> Mapping[_Key, int]:
    return MappingProxyType({key: row[key.value] for key in keys})


def _faults(messages: Mapping[Any, Any], path: tuple[str, ...] = ()) -> Iterator[Fault]:
    for key, below in messages.items():
        here = path if key == "_schema" else (*path, str(key))
        if isinstance(below, dict):
            yield from _faults(below, here)
        else:
            yield from (Fault(None, ".".join(here) or None, str(message)) for message in below)
