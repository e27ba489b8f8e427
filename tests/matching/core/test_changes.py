"""After a small change little moves, and the answer is the one that solving anew gives."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentormatch.matching.core import faces, opening
from mentormatch.matching.core.choosing import Choice, Hints
from mentormatch.matching.core.market import Mask, Prices
from mentormatch.matching.core.pricing import Violated
from mentormatch.matching.core.steps import Standing
from mentormatch.matching.core.tiers import tiered_optimum
from mentormatch.matching.core.tight import Tight, Values
from mentormatch.matching.core.tiles import Check
from tests.bench.families import FAMILIES, measured_round
from tests.bench.solving import Solved, never, solved

pytestmark = pytest.mark.slow

SCORE = 3

WITHOUT_LOOPS = tuple(family for family in FAMILIES if family != "both")


def anew(whole: Solved, changed: Choice) -> Choice:
    """Choose on the changed market as if it were the first."""
    market = changed.tiered.columns.market
    return whole.chooser.choose(tiered_optimum(market, whole.tiered.counts, never), Hints())


@pytest.mark.parametrize("family", ["random", "structured", "languages"])
def test_a_barred_pair_leaves_nearly_all_prices_where_they_were(family: str) -> None:
    whole = solved(measured_round(family, 1500, 1500))

    before, after = whole.choice.prices[SCORE], whole.barred().prices[SCORE]

    stayed = np.concatenate([before.mentee == after.mentee, before.mentor == after.mentor])
    assert stayed.mean() > 0.9


@pytest.mark.parametrize("family", ["random", "structured", "ties"])
def test_a_barred_pair_leaves_nearly_everybody_with_their_mentor_on_the_way(
    family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = solved(measured_round(family, 1500, 1500))
    waiting = list[int]()

    def noted(standing: Standing) -> bool:
        waiting.append(int(standing.missing.sum()))
        return False

    monkeypatch.setattr(Standing, "is_fresh", property(noted))
    whole.barred()

    assert max(waiting) < 15


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WITHOUT_LOOPS), st.integers(20, 60))
def test_a_barred_pair_is_settled_like_anew(family: str, size: int) -> None:
    whole = solved(measured_round(family, size, size))

    changed = whole.barred()

    assert np.array_equal(changed.mentor_of, anew(whole, changed).mentor_of)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WITHOUT_LOOPS), st.integers(20, 60))
def test_a_barred_pair_is_settled_like_anew_where_what_is_open_was_never_listed_whole(family: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(opening, "_LISTED", 0)
        whole = solved(measured_round(family, size, size))
        changed = whole.barred()

    assert whole.choice.former is not None
    assert np.array_equal(changed.mentor_of, anew(whole, changed).mentor_of)


def test_pairs_open_to_lots_are_looked_for_again_only_where_prices_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_LISTED", 0)
    whole = solved(measured_round("ties", 1500, 1500))
    looks: list[int | None] = []
    above = Tight.above

    def noted(
        tight: Tight, excess: Values, check: Check, drifts: Prices | None = None, reach: int | None = None
    ) -> Violated:
        looks.append(reach)
        return above(tight, excess, check, drifts, reach)

    monkeypatch.setattr(Tight, "above", noted)
    whole.barred()

    assert whole.choice.former is not None
    assert None not in looks


def test_what_was_enough_of_very_many_open_pairs_is_what_a_change_begins_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "FEW", 1)
    whole = solved(measured_round("structured", 1500, 1500))

    def ranked(*_: object) -> Mask:
        raise AssertionError("everybody's pairs were ranked once more")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(faces, "best_of_each", ranked)
        changed = whole.barred()

    assert whole.choice.core is not None
    assert np.array_equal(changed.mentor_of, anew(whole, changed).mentor_of)
