"""The whole table gives the best assignment and prices that prove it, or says that its numbers are too large."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentormatch.matching.core.market import Arcs, Market, Places, Prices
from mentormatch.matching.core.setting_out import TUNING, columns_of
from mentormatch.matching.core.start import start_of_whole
from mentormatch.matching.core.table import NotExact, Table, best_by_table
from tests.builders.markets import favoured, market
from tests.matching.core.dense import dense_optimum, proven_worth
from tests.matching.core.test_columns import markets, never

pytestmark = pytest.mark.slow


@settings(max_examples=100, deadline=None)
@given(markets)
def test_lowest_and_highest_prices_ask_no_less_than_any_pair_is_worth(made: Market) -> None:
    table = Table.of(made)
    mentor_of = table.assigned(start_of_whole(made, never))
    low, high = table.lowest(mentor_of), table.highest(mentor_of)

    assert (low <= high).all()
    # Of who has no place any price is high enough, and none the highest.
    for price in (low, high) if np.isfinite(high).all() else (low,):
        prices = table.asked(price)
        paired = np.flatnonzero(mentor_of >= 0)
        assert (table.slack(prices) >= 0).all()
        assert (table.slack(prices)[paired, mentor_of[paired]] == 0).all()


def test_a_start_far_off_changes_nothing_about_what_the_pairs_are_worth() -> None:
    made = market((90, 60), mixed_places=True, candidates=0.3, barred=300)
    table, random = Table.of(made), np.random.default_rng(5)
    worths = set()
    for most in (0, 10, 5000):
        start = Prices(random.integers(0, most + 1, 90), random.integers(0, most + 1, 60))
        mentor_of = table.assigned(start)
        paired = np.flatnonzero(mentor_of >= 0)
        held, counts = np.bincount(mentor_of[paired], minlength=60), made.places.counts
        filled = np.clip(held - np.cumsum(counts, axis=0) + counts, 0, counts)
        worths.add(int(table.worth[paired, mentor_of[paired]].sum() + (filled * made.places.bonuses).sum()))

    assert len(worths) == 1


def test_an_assignment_that_is_not_the_best_has_no_prices() -> None:
    table = Table(np.array([[9.0, 1.0], [1.0, 9.0]]), Places.plain(np.array([1, 1])))

    assert table.lowest(np.array([0, 1])).tolist() == [0, 0]
    with pytest.raises(NotExact):
        table.lowest(np.array([1, 0]))


def test_a_round_whose_table_is_not_exact_is_solved_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    made = market((80, 70), candidates=0.2, barred=100)

    def refuse(*_: object) -> None:
        raise NotExact

    monkeypatch.setattr(Table, "lowest", refuse)
    columns = columns_of(made, never, TUNING)
    columns.settle(never)

    assert proven_worth(columns) == dense_optimum(made)


def test_numbers_too_large_to_add_up_exactly_are_refused() -> None:
    arcs = Arcs(mentee=np.zeros(1, np.int32), mentor=np.zeros(1, np.int32), worth=np.array([2**45]))

    with pytest.raises(NotExact):
        best_by_table(arcs, np.ones(20, dtype=bool), np.zeros(1, np.int64), np.ones(1, np.int64))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 60))
def test_wished_pairs_far_from_the_first_prices_are_chosen_once_all_others_are_barred(seed: int, mentee: int) -> None:
    made = favoured(market((61, 80), seed=seed, candidates=0.2), seed=seed, wishes=300)
    # Worth so little that none of them is near the first prices.
    made = replace(made, wished=replace(made.wished, worth=1 + made.keys_of(made.wished) * 7919 % 900))
    columns = columns_of(made, never, TUNING)
    columns.settle(never)
    own = mentee * made.mentors + np.arange(made.mentors)

    fewer = columns.without(np.setdiff1d(own, made.keys_of(made.wished)))
    fewer.settle(never)

    assert proven_worth(fewer) == dense_optimum(fewer.market)
