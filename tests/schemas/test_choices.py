"""A step with many people as a form sends it."""

import pytest
from marshmallow import ValidationError

from mentormatch.domain.choices import MOST_CHOSEN, Act
from mentormatch.schemas.choices import TogetherSchema, seen_text

FORM = {"act": "pause", "seen": "7.1 9.3", "why": "on leave"}


def faults_of(**changed: str) -> set[str]:
    with pytest.raises(ValidationError) as refused:
        TogetherSchema().load(FORM | changed)
    return set(refused.value.messages_dict)


def test_what_was_seen_reads_back_as_written() -> None:
    seen = {7: 1, 2_147_483_647: 2_147_483_647}

    assert TogetherSchema().load(FORM | {"seen": seen_text(seen)})["seen"] == seen


@pytest.mark.parametrize(
    "seen", ["", "7", "7.1,9.3", "7.1  9.3", "0.1", "7.0", "-7.1", "٧.1", "9999999999.1", "x" * 99]
)
def test_people_who_cannot_be_read_are_refused(seen: str) -> None:
    assert faults_of(seen=seen) == {"seen"}


def test_more_people_than_one_step_may_take_are_refused() -> None:
    assert TogetherSchema().load(FORM | {"seen": seen_text(dict.fromkeys(range(1, MOST_CHOSEN + 1), 1))})
    assert faults_of(seen=seen_text(dict.fromkeys(range(1, MOST_CHOSEN + 2), 1))) == {"seen"}


@pytest.mark.parametrize("count", ["", "1", "3", "two"])
def test_a_step_that_cannot_be_taken_back_asks_for_the_number(count: str) -> None:
    assert faults_of(act="withdraw", count=count) == {"count"}


def test_the_right_number_confirms_it() -> None:
    assert TogetherSchema().load(FORM | {"act": "withdraw", "count": "2"})["act"] is Act.WITHDRAW


@pytest.mark.parametrize("field", ["act", "why"])
def test_what_and_why_have_to_be_said(field: str) -> None:
    assert faults_of(**{field: ""}) == {field}
