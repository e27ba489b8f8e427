"""Choosing goes on from where charges led, and begins anew where that would mix the counts."""

import numpy as np
import pytest

from mentormatch.matching.core.choosing import Hints
from mentormatch.matching.core.loops import TiersMixed
from mentormatch.matching.core.market import Ints
from mentormatch.matching.core.tiers import Tiered
from mentormatch.matching.core.tiles import Check
from tests.bench.families import measured_round
from tests.bench.solving import solved


def test_where_going_on_would_mix_the_counts_everything_is_solved_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = solved(measured_round("both", 40, 40))
    charged = Tiered.charged

    def mixing(tiered: Tiered, keys: Ints, amounts: Ints, check: Check) -> Tiered:
        if tiered is whole.choice.tiered and not len(keys):
            raise TiersMixed
        return charged(tiered, keys, amounts, check)

    monkeypatch.setattr(Tiered, "charged", mixing)
    again = whole.chooser.choose(whole.choice.tiered, Hints())

    assert np.array_equal(again.mentor_of, whole.choice.mentor_of)
    assert again.bounds == whole.choice.bounds
