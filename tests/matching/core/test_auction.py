"""An auction ends near the best prices, whoever bids and however many places there are."""

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from mentormatch.matching.core import auction as core_auction
from mentormatch.matching.core.auction import Auction
from mentormatch.matching.core.market import Arcs, Ints
from tests.bench.solving import never

MANY = 10_000


def arcs_of(worth: Ints) -> Arcs:
    mentee, mentor = (side.astype(np.int32) for side in np.indices(worth.shape).reshape(2, -1))
    return Arcs(mentee=mentee, mentor=mentor, worth=worth.ravel())


def best_total(worth: Ints, places: Ints) -> int:
    table = worth[:, np.repeat(np.arange(len(places)), places)]
    return int(table[linear_sum_assignment(table, maximize=True)].sum())


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("step", [1, 50])
def test_prices_prove_the_best_total_but_for_a_step_each(seed: int, step: int) -> None:
    random = np.random.default_rng(seed)
    worth, places = random.integers(0, 1000, (40, 12)), np.array([4, 3] * 6)
    auction = Auction(arcs_of(worth), np.zeros(40, dtype=bool), places, np.zeros(12, dtype=np.int64))

    auction.hold(step, 0, MANY, never)

    prices, best = auction.prices, best_total(worth, places)
    bound = int(prices.mentee.sum() + (prices.mentor * places).sum())
    assert best <= bound <= best + 42 * step


def test_bids_worked_out_in_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    worth, prices = np.random.default_rng(7).integers(0, 1000, (40, 12)), []
    for at_once in (40, 3):
        monkeypatch.setattr(core_auction, "_AT_ONCE", at_once)
        auction = Auction(arcs_of(worth), np.zeros(40, dtype=bool), np.array([4, 3] * 6), np.zeros(12, dtype=np.int64))
        auction.hold(5, 0, MANY, never)
        prices.append(auction.prices.mentor)

    assert np.array_equal(prices[0], prices[1])


def test_whoever_must_be_placed_outbids_who_may_be_left_out() -> None:
    worth = np.array([[10], [900]])
    auction = Auction(arcs_of(worth), np.array([True, False]), np.array([1]), np.array([0]))

    auction.hold(1, 0, MANY, never)

    assert auction.prices.mentor.item() >= 900
    assert auction.prices.mentee.tolist()[1] == 0


def test_nobody_bids_for_a_place_that_is_not_there() -> None:
    auction = Auction(arcs_of(np.array([[7, 5]])), np.array([False]), np.array([0, 1]), np.array([0, 0]))

    auction.hold(1, 0, MANY, never)

    assert auction.prices.mentor[0] >= 7
    assert auction.prices.mentor[1] == 1


def test_an_auction_without_anybody_ends_at_its_first_prices() -> None:
    auction = Auction(Arcs.joined(), np.empty(0, dtype=bool), np.array([2]), np.array([3]))

    auction.hold(1, 0, MANY, never)

    assert auction.prices.mentor.tolist() == [3]


def test_two_who_outbid_each_other_a_step_at_a_time_end_when_their_turns_are_over() -> None:
    worth = np.array([[1000], [1000]])
    auction = Auction(arcs_of(worth), np.array([True, True]), np.array([1]), np.array([0]))

    auction.hold(1, 0, 10, never)

    assert auction.prices.mentor.tolist() == [10]
