"""Policies as JSON."""

from typing import Any

import pytest

from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import InputRefused
from mentormatch.domain.policies import Objective, Policy
from mentormatch.domain.positions import Position
from mentormatch.schemas.policy import load_policy, policy_as_json


def test_a_policy_loads_back_from_its_json() -> None:
    policy = Policy(teach_level=4, floor_percent=0, objective=Objective.PARTICIPATION, shared_language=False)
    preferring = Policy(
        minimum_common_hours=8, other_site_only=True, wish_points=1000, common_hour_points=100, waiting_points=1000
    )

    assert [load_policy(policy_as_json(each)) for each in (policy, preferring)] == [policy, preferring]


def test_what_is_left_out_keeps_its_default() -> None:
    loaded = load_policy({"mentorships_required": {"gold": 3}, "targets": {"corporate": {"flow_pull": 1}}})

    assert loaded.mentorships_required == {Certification.SILVER: 1, Certification.GOLD: 3}
    assert loaded.targets[Position.CORPORATE][Competency.FLOW_PULL] == 1
    assert loaded.targets[Position.VALUE_STREAM] == Policy().targets[Position.VALUE_STREAM]


def test_the_default_has_the_keys_that_are_promised() -> None:
    shown = policy_as_json(Policy())

    assert (shown["teach_level"], shown["floor_percent"], shown["objective"]) == (3, 10, "coverage")
    assert (shown["minimum_common_hours"], shown["other_site_only"]) == (0, False)
    assert (shown["wish_points"], shown["common_hour_points"], shown["waiting_points"]) == (50, 0, 40)
    assert (shown["shared_language"], shown["mentorships_required"]) == (True, {"silver": 1, "gold": 2})
    assert {sum(row.values()) for row in shown["weights"].values()} == {1000}


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"teach_level": 0}, "teach_level"),
        ({"teach_level": 5}, "teach_level"),
        ({"floor_percent": 101}, "floor_percent"),
        ({"floor_percent": -1}, "floor_percent"),
        ({"floor_percent": 2.5}, "floor_percent"),
        ({"floor_percent": True}, "floor_percent"),
        ({"objective": "profit"}, "objective"),
        ({"objective": ["coverage"]}, "objective"),
        ({"shared_language": "yes"}, "shared_language"),
        ({"shared_language": 1}, "shared_language"),
        ({"minimum_common_hours": 9}, "minimum_common_hours"),
        ({"other_site_only": "yes"}, "other_site_only"),
        ({"wish_points": 1001}, "wish_points"),
        ({"common_hour_points": 101}, "common_hour_points"),
        ({"common_hour_points": -1}, "common_hour_points"),
        ({"waiting_points": 1001}, "waiting_points"),
        ({"waiting_points": 0.5}, "waiting_points"),
        ({"mentorships_required": {"bronze": 1}}, "mentorships_required.bronze"),
        ({"mentorships_required": {"gold": 100}}, "mentorships_required.gold"),
        ({"mentorships_required": None}, "mentorships_required"),
        ({"weights": {"corporate": {"flow_pull": 1000}}}, "weights.corporate"),
        ({"weights": {"corporate": {"flow_pull": -1}}}, "weights.corporate.flow_pull"),
        ({"weights": {"corporate": {"juggling": 1}}}, "weights.corporate.juggling"),
        ({"weights": {"mars": {}}}, "weights.mars"),
        ({"weights": []}, "weights"),
        ({"targets": {"corporate": {"flow_pull": 5}}}, "targets.corporate.flow_pull"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_setting_is_named_by_its_path(given: dict[str, Any], path: str) -> None:
    with pytest.raises(InputRefused) as refused:
        load_policy(given)

    assert [fault.column for fault in refused.value.faults] == [path]


@pytest.mark.parametrize("given", [[], None, 3, "coverage"])
def test_a_policy_that_is_no_object_is_refused(given: object) -> None:
    with pytest.raises(InputRefused):
        load_policy(given)
