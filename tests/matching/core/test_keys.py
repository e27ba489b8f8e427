"""Sorted keys are sets."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mentormatch.matching.core.keys import Keys, among, lacking, united

NUMBERS = st.lists(st.integers(-5, 12), max_size=15)


def keys(numbers: list[int]) -> Keys:
    return np.array(sorted(set(numbers)), dtype=np.int64)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_keys_are_united_and_told_apart_as_sets_are(one: list[int], other: list[int], third: list[int]) -> None:
    united_keys = united(keys(one), np.array(other, dtype=np.int64), keys(third))

    assert united_keys.tolist() == sorted({*one, *other, *third})
    assert lacking(keys(one), keys(other)).tolist() == sorted({*one} - {*other})
    assert united(np.array(one, dtype=np.int64)).tolist() == sorted({*one})


@given(NUMBERS, NUMBERS)
def test_what_is_asked_for_is_marked_in_its_own_order(held: list[int], asked: list[int]) -> None:
    marks = among(keys(held), np.array(asked, dtype=np.int64))

    assert marks.tolist() == [number in held for number in asked]


def test_no_lists_are_united_to_no_keys() -> None:
    assert united().tolist() == []
