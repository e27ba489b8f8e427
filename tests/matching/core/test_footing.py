"""What changes cost in rounds so small that every step can be counted by hand."""

import numpy as np

from mentormatch.matching.core.footing import Footing
from mentormatch.matching.core.loops import Twins
from mentormatch.matching.core.market import Arcs, Prices
from mentormatch.matching.core.terms import Premise, Terms
from mentormatch.matching.core.tiers import Counts

FIRST = 1_000


def ints(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


def footing(worth: list[tuple[int, int, int]], counts: Counts, mentee: list[int], mentor: list[int]) -> Footing:
    """Stand on the best assignment of pairs (mentee, mentor, worth) at prices that go with it."""
    nobody = np.full(max(len(mentee), len(mentor)), -1, dtype=np.intp)
    columns = [np.array(column) for column in zip(*worth, strict=True)]
    arcs = Arcs(mentee=columns[0].astype(np.int32), mentor=columns[1].astype(np.int32), worth=columns[2])
    terms = Terms(
        arcs=arcs,
        counts=counts,
        first=FIRST,
        further=0,
        twins=Twins(nobody[: len(mentee)], nobody[: len(mentor)]),
    )
    premise = Premise(bans=frozenset(), charges={}, prices=Prices(ints(*mentee), ints(*mentor)))
    return Footing.under(premise, terms, np.full(len(mentee), -1, dtype=np.int64), lambda: None)


def lured() -> Footing:
    """Stand where mentor 1 needs a mentee, whom it takes 10 points to lure away from mentor 0, and the other one 30."""
    return footing(
        worth=[(0, 0, 90), (0, 1, 80), (1, 0, 90), (1, 1, 60)],
        counts=Counts(first=ints(0, 1), further=ints(0, 0), capacity=ints(2, 2), participation=False),
        mentee=[90, 90],
        mentor=[0, -30],
    )


def test_the_assignment_that_goes_with_the_prices_is_the_best_there_is() -> None:
    here = lured()

    assert here.residual.mentor_of.tolist() == [1, 0]
    assert here.worth == here.bound == FIRST + 80 + 90


def test_a_pair_costs_the_cheapest_way_of_making_up_for_it() -> None:
    # With mentee 1 at mentor 1, mentee 0 goes to mentor 0: 90 and 60 instead of 80 and 90.
    [loss] = lured().losses(ints(3)).tolist()

    assert loss == 20


def test_an_empty_place_costs_what_its_mentor_is_short_of_to_be_wanted() -> None:
    here = lured()
    mentor = int(here.residual.prices.mentor[1])

    assert here.residual.place_empty().tolist() == [0, -mentor]
    assert mentor < 0


def test_the_way_is_carried_out_mentee_by_mentee() -> None:
    outcome = lured().forced(3)

    assert set(outcome.moves) == {(0, 1, 0), (1, 0, 1)}
    assert (outcome.worth, outcome.is_allowed) == (FIRST + 90 + 60, True)


def test_a_place_less_sends_its_mentee_where_least_is_lost() -> None:
    here = footing(
        worth=[(0, 0, 90), (1, 1, 50)],
        counts=Counts(first=ints(0, 0), further=ints(0, 0), capacity=ints(1, 2), participation=False),
        mentee=[90, 50],
        mentor=[0, 0],
    )

    assert here.places_less().tolist() == [90, 0]
    assert here.places_more(ints(0, 0)).tolist() == [0, 0]
