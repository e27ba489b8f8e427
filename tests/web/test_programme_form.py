"""The settings form between a browser and its schema."""

import pytest

from mentormatch.domain.competencies import Competency
from mentormatch.domain.positions import Position
from mentormatch.schemas.programme import emphasis_key, form_of
from mentormatch.web.programme_form import (
    blank_form,
    face_instead,
    filled_form,
    policy_instead,
    shares_of,
    with_proposal,
)
from tests.builders.settings import settings, settings_form

CORPORATE = {emphasis_key(Position.CORPORATE, c): "0" for c in Competency}
FLOW_PULL = emphasis_key(Position.CORPORATE, Competency.FLOW_PULL)


def test_shares_follow_what_is_typed() -> None:
    shares = shares_of(settings_form(**CORPORATE | {FLOW_PULL: "9"}))

    assert shares[Position.CORPORATE][Competency.FLOW_PULL] == 1000
    assert shares[Position.VALUE_STREAM] == settings().policy().weights[Position.VALUE_STREAM]


@pytest.mark.parametrize("typed", ["", "12", "-1", "x", "٣"])
def test_a_position_that_cannot_be_scaled_has_no_shares(typed: str) -> None:
    assert set(shares_of(settings_form(**{FLOW_PULL: typed}))) == {Position.BUSINESS_UNIT, Position.VALUE_STREAM}


def test_a_position_that_needs_nothing_has_no_shares() -> None:
    assert Position.CORPORATE not in shares_of(settings_form(**CORPORATE))


def test_a_new_programme_starts_from_our_proposal() -> None:
    proposal = form_of(settings())

    assert {name: proposal[name] for name in blank_form().values} == blank_form().values


def test_our_proposal_leaves_the_rest_as_typed() -> None:
    typed = filled_form(settings(name="Mine", floor_percent=33))
    scribbled = {**typed.values, FLOW_PULL: "7"}

    assert with_proposal(type(typed)(scribbled)).values == typed.values


def test_what_is_saved_otherwise_is_named_part_by_part() -> None:
    saved = settings(name="Theirs", allow_earlier_pairings=True, shared_language=False)

    assert face_instead(saved, settings_form()) == (("Name", "Theirs"),)
    assert policy_instead(saved, settings_form()) == (("A shared language", "no"), ("Earlier pairings", "yes"))
