"""Steps with many people at once stay inside the table of legal steps."""

import pytest

from mentormatch.domain.choices import LEADS_TO, STARTS_FROM, UNDONE_BY, Act
from mentormatch.domain.transitions import may_step


@pytest.mark.parametrize("act", Act)
def test_every_act_is_a_legal_step_from_wherever_it_starts(act: Act) -> None:
    assert all(may_step(old, LEADS_TO[act]) for old in STARTS_FROM[act])


@pytest.mark.parametrize("act", UNDONE_BY)
def test_an_undo_leads_back_to_where_the_act_started(act: Act) -> None:
    assert STARTS_FROM[act] == (LEADS_TO[UNDONE_BY[act]],)
    assert UNDONE_BY[UNDONE_BY[act]] is act


def test_whoever_has_withdrawn_does_not_come_back() -> None:
    assert Act.WITHDRAW not in UNDONE_BY
