"""No cell becomes a formula, and none is changed by the guard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentormatch.spreadsheets.cells import guarded, unguarded

PAYLOADS = ["=1+1", "+41 79", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "'=1", "''-1"]


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_text_that_could_be_a_formula_gets_one_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Mei", "O'Brien", "'t Hooft", "5", "a=b", "' quoted"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert (guarded(text), unguarded(text)) == (text, text)


@given(st.text(st.sampled_from("'=+-@\t\r\n＝＋－＠ab "), max_size=8))
def test_reading_takes_away_exactly_what_writing_added(text: str) -> None:
    assert unguarded(guarded(text)) == text
