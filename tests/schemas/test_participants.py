"""What may be asked of the list of participants."""

import pytest

from mentormatch.domain.certification import Certification
from mentormatch.domain.searches import Order, Part, Wanted
from mentormatch.domain.signups import SignupState
from mentormatch.schemas.participants import StepSchema, WantedSchema


def test_nothing_asked_looks_for_everybody_by_name() -> None:
    assert WantedSchema().load({}) == (Wanted(order=Order.NAME), 1)


def test_everything_can_be_asked_at_once() -> None:
    asked = {
        "q": " Mei ",
        "part": "both",
        "site": "Lyon",
        "pursued": "gold",
        "state": "paused",
        "order": "site",
        "direction": "down",
        "page": "7",
    }

    wanted = Wanted(
        text="Mei",
        part=Part.BOTH,
        site="Lyon",
        pursued=Certification.GOLD,
        state=SignupState.PAUSED,
        order=Order.SITE,
        descending=True,
    )
    assert WantedSchema().load(asked) == (wanted, 7)


@pytest.mark.parametrize(
    ("name", "value"),
    [("q", "x" * 61), ("q", "a\x00b"), ("part", "all"), ("state", "gone"), ("page", "0"), ("page", "9" * 30)],
)
def test_what_cannot_be_asked_is_named(name: str, value: str) -> None:
    assert set(WantedSchema().validate({name: value})) == {name}


@pytest.mark.parametrize(
    ("name", "value"), [("version", "0"), ("version", str(2**31)), ("why", " "), ("why", "x" * 301)]
)
def test_a_step_needs_a_version_that_a_row_can_have_and_a_reason(name: str, value: str) -> None:
    assert set(StepSchema().validate({"version": "1", "why": "on leave", name: value})) == {name}
