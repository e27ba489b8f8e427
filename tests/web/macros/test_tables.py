"""Heat in the cells of a table."""

from collections.abc import Callable

import pytest

from tests.web.macros.conftest import Macro

Find = Callable[[str, str], Macro]


@pytest.mark.parametrize(("n", "most", "step"), [(0, 10, "0"), (1, 10, "1"), (2, 10, "1"), (3, 10, "2"), (10, 10, "5")])
def test_heat_goes_by_fifths_of_the_greatest(macro: Find, n: int, most: int, step: str) -> None:
    assert macro("tables", "heat_step")(n, most).strip() == step


def test_nothing_at_all_is_cold(macro: Find) -> None:
    assert macro("tables", "heat_step")(0, 0).strip() == "0"
