"""Among equally good solutions the same one is found whether all tight pairs are held or looked for in tiles."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from mentormatch.matching.core import faces, opening
from mentormatch.matching.core.columns import Columns
from mentormatch.matching.core.faces import Face
from mentormatch.matching.core.market import Ints, Market, Prices
from mentormatch.matching.core.placed import Placed
from mentormatch.matching.core.pricing import Violated
from mentormatch.matching.core.tight import Numbers, Tight, Values
from mentormatch.matching.core.tiles import Check
from tests.bench.solving import lots
from tests.builders.markets import market
from tests.matching.core.test_columns import STARVED, markets, never, settled


def near(mentee: Numbers, mentor: Numbers) -> Ints:
    """Call a third of the pairs near."""
    return np.asarray((mentee + mentor) % 3 == 0, dtype=np.int64)


def chosen(columns: Columns) -> list[Ints]:
    face = Face.of(columns, lots, never)
    assert (face.others is None) == (opening._LISTED > 0)
    nearest = face.best(near, never)
    return [face.best(lots, never).mentor_of, face.narrowed(nearest).best(lots, never).mentor_of]


def chosen_in_tiles(columns: Columns) -> list[Ints]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(opening, "_LISTED", 0)
        patched.setattr(opening, "FEW", 1)
        patched.setattr(faces, "FEW", 1)
        return chosen(columns)


def chosen_from_a_list(columns: Columns) -> list[Ints]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(opening, "_LISTED", 10**6)
        return chosen(columns)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(markets)
def test_small_rounds_are_settled_alike_with_and_without_a_list(made: Market) -> None:
    columns = settled(made, STARVED)

    assert np.array_equal(chosen_in_tiles(columns), chosen_from_a_list(columns))


def test_a_round_with_many_ties_is_settled_alike_with_and_without_a_list() -> None:
    columns = settled(market((1100, 1300), family="ties", barred=4000, mixed_places=True), STARVED)

    assert np.array_equal(chosen_in_tiles(columns), chosen_from_a_list(columns))


def test_a_solution_drawn_elsewhere_stays_possible_where_not_all_pairs_are_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    columns = settled(market((60, 50), family="equal"), STARVED)
    for room, name, few in ((opening, "_LISTED", 0), (opening, "FEW", 1), (faces, "FEW", 1)):
        monkeypatch.setattr(room, name, few)
    face = Face.of(columns, lots, never)

    def backwards(mentee: Numbers, mentor: Numbers) -> Ints:
        return lots(59 - mentee, 49 - mentor)

    def nothing(mentee: Numbers, mentor: Numbers) -> Ints:
        return np.zeros(len(mentee), dtype=np.int64)

    elsewhere = Face.of(columns, backwards, never).best(backwards, never).mentor_of
    free = Prices(np.zeros(60, dtype=np.int64), np.zeros(50, dtype=np.int64))
    narrowed = face.narrowed(Placed(elsewhere, free, nothing))

    paired = np.flatnonzero(elsewhere >= 0)
    assert face.others is not None
    assert set((paired * 50 + elsewhere[paired]).tolist()) <= set(narrowed.keys().tolist())
    assert len(set(narrowed.keys().tolist())) == len(narrowed.keys())


def test_a_look_that_left_something_out_bounds_no_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = settled(market((60, 50), family="equal"), STARVED)
    for room, name, few in ((opening, "_LISTED", 0), (opening, "FEW", 1), (faces, "FEW", 1)):
        monkeypatch.setattr(room, name, few)
    found, reaches = Tight.above, list[int | None]()

    def incomplete(
        tight: Tight, excess: Values, check: Check, drifts: Prices | None = None, reach: int | None = None
    ) -> Violated:
        reaches.append(reach)
        return replace(found(tight, excess, check, drifts, reach), is_complete=False)

    face = Face.of(columns, lots, never)
    monkeypatch.setattr(Tight, "above", incomplete)
    placed = face.best(lots, never)

    assert placed.seen is None
    assert set(reaches) == {None}


def test_a_solution_of_a_face_is_as_good_as_any_other() -> None:
    columns = settled(market((40, 30), family="equal"), STARVED)
    face = Face.of(columns, lots, never)

    best = face.best(lots, never)

    mentee, mentor = np.divmod(face.keys(), 30)
    assert (best.prices.mentee[mentee] + best.prices.mentor[mentor] >= lots(mentee, mentor)).all()
    assert np.count_nonzero(best.mentor_of >= 0) == 30
