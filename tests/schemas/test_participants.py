"""What may be asked of the list of participants."""

import pytest

from mentormatch.domain.certification import Certification
from mentormatch.domain.positions import Position
from mentormatch.domain.searches import Missing, Order, Part, Wanted
from mentormatch.domain.signups import SignupState
from mentormatch.schemas.participants import Asked, StepSchema, WantedSchema


def test_nothing_asked_looks_for_everybody_by_name() -> None:
    assert WantedSchema().load({}) == Asked(Wanted(order=Order.NAME), page=1, size=100)


def test_everything_can_be_asked_at_once() -> None:
    asked = {
        "q": " Mei ",
        "part": "both",
        "site": "Lyon",
        "position": "corporate",
        "pursued": "gold",
        "held": "bronze",
        "state": "paused",
        "missing": "gaps",
        "order": "site",
        "direction": "down",
        "page": "7",
        "size": "25",
    }

    wanted = Wanted(
        text="Mei",
        part=Part.BOTH,
        site="Lyon",
        position=Position.CORPORATE,
        pursued=Certification.GOLD,
        held=Certification.BRONZE,
        state=SignupState.PAUSED,
        missing=Missing.GAPS,
        order=Order.SITE,
        descending=True,
    )
    assert WantedSchema().load(asked) == Asked(wanted, page=7, size=25)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q", "x" * 61),
        ("q", "a\x00b"),
        ("part", "all"),
        ("state", "gone"),
        ("page", "0"),
        ("page", "9" * 30),
        ("size", "7"),
        ("missing", "all"),
    ],
)
def test_what_cannot_be_asked_is_named(name: str, value: str) -> None:
    assert set(WantedSchema().validate({name: value})) == {name}


@pytest.mark.parametrize(
    ("name", "value"), [("version", "0"), ("version", str(2**31)), ("why", " "), ("why", "x" * 301)]
)
def test_a_step_needs_a_version_that_a_row_can_have_and_a_reason(name: str, value: str) -> None:
    assert set(StepSchema().validate({"version": "1", "why": "on leave", name: value})) == {name}
