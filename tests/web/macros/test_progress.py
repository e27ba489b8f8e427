"""The staged progress of a round."""

from collections.abc import Callable

import pytest

from mentormatch.domain.rounds import Stage
from tests.web.macros.conftest import Macro

Find = Callable[[str, str], Macro]


@pytest.mark.parametrize("stage", Stage)
def test_progress_names_the_stage_at_work(macro: Find, stage: Stage) -> None:
    page = macro("progress", "progress")(stage, poll="/progress")

    assert f"Step {list(Stage).index(stage) + 1} of {len(Stage)}" in page


def test_finished_progress_asks_no_more(macro: Find) -> None:
    page = macro("progress", "progress")(Stage.SAVING, poll="/progress", outcome="finished", then="/rounds/1")

    assert "data-poll" not in page
    assert 'data-then="/rounds/1"' in page
