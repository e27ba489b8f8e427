"""Badges of states."""

from collections.abc import Callable
from enum import StrEnum

import pytest

from mentormatch.domain.notices import NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.programmes import WindowState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.signups import SignupState
from tests.web.macros.conftest import Macro

Find = Callable[[str, str], Macro]


@pytest.mark.parametrize("states", [RoundState, PairingState, NoticeState, SignupState, WindowState])
def test_every_state_has_a_badge_of_its_own(macro: Find, states: type[StrEnum]) -> None:
    badge = macro("parts", "state_badge")

    assert len({badge(state) for state in states}) == len(states)
