"""The optimum over all pairs, found on few of them, is the one of the whole table, and its prices prove it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentormatch.matching.core import pricing
from mentormatch.matching.core.columns import Columns
from mentormatch.matching.core.market import Market
from mentormatch.matching.core.pricing import allowed_pairs
from mentormatch.matching.core.setting_out import TUNING, Tuning, columns_of
from tests.builders.markets import FAMILIES, favoured, market
from tests.matching.core.dense import dense_optimum, proven_worth, worth_table

pytestmark = pytest.mark.slow

STARVED = Tuning(whole=0, dense=8, shrink=3, pooled=4, core=2, fewest=1)
"""So few pairs at every step that every step has something to do."""

markets = st.builds(
    market,
    st.tuples(st.integers(1, 60), st.integers(1, 60)),
    seed=st.integers(0, 10**6),
    family=st.sampled_from(FAMILIES),
    mixed_places=st.booleans(),
    tongues=st.integers(1, 4),
    barred=st.integers(0, 200),
    candidates=st.sampled_from([0.0, 0.2, 1.0]),
    per_pair=st.sampled_from([0, 2**17]),
)


def never() -> None:
    """Never call anything off."""


def settled(given_market: Market, tuning: Tuning) -> Columns:
    columns = columns_of(given_market, never, tuning)
    columns.settle(never)
    return columns


def test_a_smaller_round_gives_prices_near_the_best_even_where_hardly_any_pairs_are_pooled() -> None:
    made = market((2000, 2000), seed=1, family="structured")
    columns = columns_of(made, never, Tuning(whole=0, dense=60, shrink=4, pooled=4, core=4, fewest=2))
    asked = int(columns.flow.prices.mentee.sum() + columns.flow.prices.mentor.sum())

    columns.settle(never)

    assert asked <= 1.1 * proven_worth(columns)


@settings(max_examples=200, deadline=None)
@given(markets, st.sampled_from([TUNING, STARVED]))
def test_the_sparse_optimum_is_the_dense_one(made: Market, tuning: Tuning) -> None:
    assert proven_worth(settled(made, tuning)) == dense_optimum(made)


@settings(max_examples=200, deadline=None)
@given(markets, st.integers(0, 10**6), st.integers(0, 3), st.integers(0, 200), st.sampled_from([TUNING, STARVED]))
def test_preferences_are_added_and_the_floor_looks_at_the_coverage_alone(
    made: Market, seed: int, sites: int, wishes: int, tuning: Tuning
) -> None:
    made = favoured(made, seed=seed, sites=sites, wishes=wishes)
    assert proven_worth(settled(made, tuning)) == dense_optimum(made)


@settings(max_examples=50, deadline=None)
@given(markets, st.integers(0, 3), st.integers(0, 200))
def test_every_pair_that_may_be_chosen_is_counted(made: Market, sites: int, wishes: int) -> None:
    made = favoured(made, sites=sites, wishes=wishes)
    assert allowed_pairs(made, never) == np.count_nonzero(worth_table(made))


def test_the_score_of_a_pair_that_may_be_chosen_is_the_one_of_the_table() -> None:
    made = favoured(market((60, 40), barred=200), sites=3, wishes=200)
    worth = worth_table(made)
    mentee, mentor = worth.nonzero()
    assert np.array_equal(made.score(mentee, mentor), worth[mentee, mentor])


@pytest.mark.parametrize("family", FAMILIES)
def test_a_market_of_several_tiles_with_preferences_is_solved_like_a_small_one(family: str) -> None:
    made = market((1100, 1300), family=family, tongues=3, barred=4000, candidates=0.2, mixed_places=True)
    made = favoured(made, days=20, sites=9, wishes=6000)
    assert proven_worth(settled(made, TUNING)) == dense_optimum(made)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_market_of_several_tiles_is_solved_like_a_small_one(family: str) -> None:
    made = market((1100, 1300), family=family, tongues=3, barred=4000, candidates=0.2, mixed_places=True)
    assert proven_worth(settled(made, TUNING)) == dense_optimum(made)


@pytest.mark.parametrize("wishes", [0, 900])
def test_tight_pairs_are_all_pairs_worth_exactly_their_prices(wishes: int) -> None:
    made = market((300, 200), family="ties", barred=500, mixed_places=True)
    columns = settled(favoured(made, sites=3, wishes=wishes) if wishes else made, STARVED)
    worth, prices = worth_table(columns.market), columns.flow.prices
    tight = columns.tight(never)
    asked = prices.mentee[:, None] + prices.mentor
    assert set(zip(tight.mentee.tolist(), tight.mentor.tolist(), strict=True)) == set(
        zip(*(side.tolist() for side in ((worth > 0) & (worth == asked)).nonzero()), strict=True)
    )


@pytest.mark.parametrize("family", ["ties", "equal", "structured"])
def test_however_few_violated_pairs_are_held_at_once_the_optimum_is_the_same(
    family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pricing, "_HELD", 1)
    monkeypatch.setattr(pricing, "_KEPT", 1)
    made = market((1100, 1300), family=family, barred=4000, candidates=0.2, mixed_places=True)

    assert proven_worth(settled(made, STARVED)) == dense_optimum(made)
