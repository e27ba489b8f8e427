"""Bars of a part in a whole."""

from collections.abc import Callable

from tests.web.macros.conftest import Macro

Find = Callable[[str, str], Macro]


def test_a_share_of_nothing_is_an_empty_bar(macro: Find) -> None:
    assert 'class="filled" width="0"' in macro("pairs", "share_bar")(0, 0)


def test_a_share_never_leaves_its_bar(macro: Find) -> None:
    assert 'class="filled" width="100"' in macro("pairs", "share_bar")(5, 3)
