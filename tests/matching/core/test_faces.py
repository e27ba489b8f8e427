"""Among equally good solutions the same one is found whether all tight pairs are held or looked for in tiles."""

import numpy as np
import pytest
from hypothesis import given, settings

from mentormatch.matching.core import faces, opening
from mentormatch.matching.core.columns import Columns
from mentormatch.matching.core.faces import Face
from mentormatch.matching.core.market import Ints, Market
from mentormatch.matching.core.tight import Numbers
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


@settings(max_examples=150, deadline=None)
@given(markets)
def test_small_rounds_are_settled_alike_with_and_without_a_list(made: Market) -> None:
    columns = settled(made, STARVED)

    assert np.array_equal(chosen_in_tiles(columns), chosen_from_a_list(columns))


def test_a_round_with_many_ties_is_settled_alike_with_and_without_a_list() -> None:
    columns = settled(market((1100, 1300), family="ties", barred=4000, mixed_places=True), STARVED)

    assert np.array_equal(chosen_in_tiles(columns), chosen_from_a_list(columns))


def test_a_solution_of_a_face_is_as_good_as_any_other() -> None:
    columns = settled(market((40, 30), family="equal"), STARVED)
    face = Face.of(columns, lots, never)

    best = face.best(lots, never)

    mentee, mentor = np.divmod(face.keys(), 30)
    assert (best.prices.mentee[mentee] + best.prices.mentor[mentor] >= lots(mentee, mentor)).all()
    assert np.count_nonzero(best.mentor_of >= 0) == 30
