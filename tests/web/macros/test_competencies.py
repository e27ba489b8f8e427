"""The sixteen competencies of the sign-up form: what is asked, what stays typed, what is pre-filled."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from mentormatch.domain.competencies import Competency
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.levels import LEVEL_NAMES
from mentormatch.domain.positions import DEFAULT_EMPHASIS, Position, default_targets
from tests.web.macros.conftest import Macro

DEFAULTS = {place: default_targets(DEFAULT_EMPHASIS[place]) for place in Position}
Draw = Callable[..., str]


@pytest.fixture
def draw(macro: Callable[[str, str], Macro]) -> Draw:
    def form(
        values: Mapping[str, Any] | None = None,
        errors: Mapping[str, str] | None = None,
        position: Position | None = None,
        teach_level: int = 3,
    ) -> str:
        competency_form = macro("competencies", "competency_form")
        return competency_form(
            COMPETENCY_TEXTS, LEVEL_NAMES, values or {}, None, errors or {}, DEFAULTS, position, teach_level
        )

    return form


def chosen(page: str, name: str) -> list[str]:
    """The values of the ticked radios of a field."""
    radios = re.findall(rf'<input[^>]* name="{name}"[^>]*>', page)
    return [value for radio in radios if " checked" in radio for value in re.findall(r'value="(\d)"', radio)]


def test_every_competency_asks_for_five_levels_now_and_five_aimed_at(draw: Draw) -> None:
    page = draw()

    counts = {page.count(f' name="{c}"') for c in Competency} | {page.count(f' name="{c}_target"') for c in Competency}

    assert counts == {5}


def test_every_behaviour_of_every_level_can_be_read(draw: Draw) -> None:
    page = draw()

    assert [a for text in COMPETENCY_TEXTS.values() for a in text.anchors if a not in page] == []


def test_a_typed_level_and_a_typed_target_stay_chosen(draw: Draw) -> None:
    page = draw({"flow_pull": "2", "flow_pull_target": "1"}, position=Position.VALUE_STREAM)

    assert (chosen(page, "flow_pull"), chosen(page, "flow_pull_target")) == (["2"], ["1"])


@pytest.mark.parametrize("typed", ["7", "two", "-1", ""])
def test_a_level_outside_the_scale_chooses_nothing(draw: Draw, typed: str) -> None:
    assert chosen(draw({"flow_pull": typed}), "flow_pull") == []


def test_open_targets_are_filled_from_the_position_aimed_at(draw: Draw) -> None:
    page = draw({"flow_pull_target": ""}, position=Position.VALUE_STREAM)

    assert (chosen(page, "flow_pull_target"), chosen(page, "strategy_deployment_target")) == (["4"], ["2"])


def test_without_a_position_no_target_is_filled(draw: Draw) -> None:
    assert [c for c in Competency if chosen(draw(), f"{c}_target")] == []


def test_an_error_stands_at_its_competency_and_is_tied_to_the_choice(draw: Draw) -> None:
    page = draw(errors={"flow_pull": "Choose your level now."})

    assert re.search(r'id="flow_pull-error">.*Choose your level now\.', page)
    assert 'aria-describedby="flow_pull-definition flow_pull-error"' in page


def test_the_script_is_told_the_usual_targets_of_every_position(draw: Draw) -> None:
    block = re.search(r"data-defaults>(.*?)</script>", draw(), re.DOTALL)

    assert block is not None
    assert json.loads(block[1]) == {place: dict(wanted) for place, wanted in DEFAULTS.items()}
