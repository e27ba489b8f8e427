"""Reading the sign-up form: lenient in what it takes, and in the page's own words about what it does not."""

from typing import Any

import pytest
from flask import Flask

from mentormatch.domain.competencies import Competency
from mentormatch.domain.policies import Policy
from mentormatch.domain.positions import Position
from mentormatch.schemas.signup import answers_of
from mentormatch.web.forms import Form
from mentormatch.web.languages import configure_languages
from mentormatch.web.signup_form import filled_in, read_signup, ticked_and_typed
from tests.builders.people import mentee, mentor

APP = Flask("form")
configure_languages(APP)
DEFAULTS = Policy().targets
FLOW_PULL = Competency.FLOW_PULL
USUAL = {p: str(DEFAULTS[p][FLOW_PULL]) for p in Position}


def read(**fields: Any) -> Form:  # noqa: ANN401 -- strings, or lists of them
    answers = {k: v for k, v in answers_of(mentee()).items() if v != "no"}
    with APP.test_request_context(method="POST", data=answers | fields):
        return read_signup(DEFAULTS)


def test_what_is_filled_in_reads_back_unchanged() -> None:
    signup = mentor(hopes="To give back.\nAnd to learn.", targets={FLOW_PULL: 2})
    with APP.test_request_context(method="POST", data=dict(filled_in(signup).values)):
        assert read_signup(DEFAULTS).data == signup


@pytest.mark.parametrize("aimed_at", list(Position))
def test_a_target_that_nobody_touched_follows_the_position_aimed_at(aimed_at: Position) -> None:
    shown = USUAL[Position.CORPORATE]

    form = read(position_aimed_at=aimed_at, targets_for="corporate", flow_pull_target=shown)

    assert FLOW_PULL not in form.data.targets


def test_a_target_chosen_by_hand_stays_when_the_position_changes() -> None:
    form = read(position_aimed_at="business_unit", targets_for="corporate", flow_pull_target="4")

    assert form.data.targets == {FLOW_PULL: 4}


@pytest.mark.parametrize("targets_for", ["", "nowhere", "<script>"])
def test_without_a_known_position_every_target_counts_as_chosen(targets_for: str) -> None:
    assert read(targets_for=targets_for, flow_pull_target="2").data.targets == {FLOW_PULL: 2}


def test_languages_are_ticked_or_typed_by_name_or_code() -> None:
    form = read(languages=["en", "de", "Slovak; cy, en"])

    assert form.data.languages == ("en", "de", "sk", "cy")


def test_languages_without_a_box_come_back_as_text() -> None:
    ticked, typed = ticked_and_typed(read(languages=["en", "Slovak; Klingon"]))

    assert ("en" in ticked, typed) == (True, "sk; Klingon")


def test_a_number_of_places_means_nothing_without_an_offer() -> None:
    form = read(capacity="3")

    assert (form.data.capacity, form.values["capacity"]) == (0, "3")


def test_faults_are_told_in_the_order_of_the_page() -> None:
    form = read(name="", flow_pull="", strategic_orientation="9", time_zone="", position="", wants_mentor="")

    assert list(form.errors) == [
        *("name", "time_zone", "position", "wants_mentor"),
        "strategic_orientation",
        "flow_pull",
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": " "}, "Enter your name."),
        ({"flow_pull": ""}, "Choose your level now in Flow and pull."),
        ({"flow_pull_target": "7"}, "Flow and pull, level you aim at: must be a whole number from 0 to 4."),
        ({"offers_mentoring": "yes", "capacity": ""}, "Choose how many people you would mentor."),
        ({"wants_mentor": ""}, "Offer to mentor, or ask for a mentor, or both."),
        ({"manager_email": "mei@firm.example"}, "Your line manager’s email: must be another person's address."),
    ],
)
def test_a_fault_is_told_in_a_sentence_that_names_the_question(fields: dict[str, str], told: str) -> None:
    assert list(read(**fields).errors.values()) == [told]
