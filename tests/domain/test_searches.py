"""What narrows a list of people."""

import pytest

from mentormatch.domain.searches import Missing, Order, Wanted


@pytest.mark.parametrize(
    ("wanted", "is_narrowed"),
    [
        (Wanted(), False),
        (Wanted(order=Order.SITE, descending=True), False),
        (Wanted(text="Mei"), True),
        (Wanted(missing=Missing.HOPES), True),
    ],
)
def test_an_order_narrows_nothing(wanted: Wanted, *, is_narrowed: bool) -> None:
    assert wanted.is_narrowed is is_narrowed
