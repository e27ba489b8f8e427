from enum import StrEnum

import pytest

from mentormatch.domain.errors import IllegalStep
from mentormatch.domain.transitions import STEPS, check_step, may_step
from tests.domain.legal_steps import LEGAL, PAIRS, is_legal


def test_the_four_machines_have_the_states_the_design_names() -> None:
    assert set(STEPS) == set(LEGAL)
    assert [len(states) for states in LEGAL] == [8, 8, 8, 5]


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_exactly_the_steps_of_the_design_are_legal(old: StrEnum, new: StrEnum) -> None:
    assert may_step(old, new) is is_legal(old, new)


@pytest.mark.parametrize(("old", "new"), [pair for pair in PAIRS if not is_legal(*pair)])
def test_an_illegal_step_is_refused_by_name(old: StrEnum, new: StrEnum) -> None:
    with pytest.raises(IllegalStep, match=f"cannot go from {old} to {new}"):
        check_step(old, new)
