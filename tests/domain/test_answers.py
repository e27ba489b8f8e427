import pytest

from mentormatch.domain.answers import Answer, state_after
from mentormatch.domain.pairings import PairingState

YES, NO = Answer.ACCEPTED, Answer.DECLINED


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ([], None),
        ([YES], None),
        ([YES, YES], PairingState.ACCEPTED),
        ([NO], PairingState.DECLINED),
        ([YES, NO], PairingState.DECLINED),
    ],
)
def test_both_must_accept_and_one_declines_for_both(answers: list[Answer], state: PairingState | None) -> None:
    assert state_after(answers) is state
