"""The sign-up at the border: strings in, a frozen sign-up out, and back again."""

from typing import Any

import pytest
from marshmallow import EXCLUDE, ValidationError

from mentormatch.domain.signups import Signup
from mentormatch.schemas.signup import LONGEST_HOPES, SignupSchema, answers_of
from tests.builders.people import both, candidate, mentee, mentor


def refused(**changed: Any) -> dict[str, list[str]]:  # noqa: ANN401 -- anything may be sent
    answers: dict[str, Any] = answers_of(both()) | changed
    with pytest.raises(ValidationError) as error:
        SignupSchema().load(answers)
    return error.value.messages_dict


@pytest.mark.parametrize("signup", [mentee(), mentor(), candidate(), both(hopes="Learn to coach.\nAnd to listen.")])
def test_the_answers_of_a_sign_up_load_to_the_same_sign_up(signup: Signup) -> None:
    assert SignupSchema().load(answers_of(signup)) == signup


def test_a_form_may_leave_out_what_is_optional_and_carry_what_is_not_ours() -> None:
    answers = answers_of(mentee()) | {"csrf_token": "x"}
    for optional in ("manager_email", "hopes", "offers_mentoring", "capacity", "flow_pull_target"):
        del answers[optional]

    assert SignupSchema().load(answers, unknown=EXCLUDE) == mentee()


def test_an_unanswered_form_names_every_required_question() -> None:
    with pytest.raises(ValidationError) as error:
        SignupSchema().load({})

    unanswered = {name for name, messages in error.value.messages_dict.items() if messages == ["Answer this."]}
    assert unanswered == {name for name, field in SignupSchema().fields.items() if field.required}
    assert {"email", "name", "flow_pull", "time_zone", "mentorships_completed"} <= unanswered


def test_an_unknown_answer_is_refused_unless_the_caller_says_otherwise() -> None:
    assert "is_admin" in refused(is_admin="yes")


@pytest.mark.parametrize("hostile", [None, [], {}, 3, True, b"x", float("nan")])
@pytest.mark.parametrize("field", ["name", "email", "languages", "time_zone", "position", "wants_mentor", "hopes"])
def test_a_value_of_another_type_is_refused_by_name(field: str, hostile: object) -> None:
    assert field in refused(**{field: hostile})


@pytest.mark.parametrize("hostile", [2.7, True, [], {}, "2.0", " ٢", "1e0", float("inf"), float("nan"), 10**30, -1])
def test_a_level_is_a_whole_number_from_0_to_4_and_nothing_like_one(hostile: object) -> None:
    assert "flow_pull" in refused(flow_pull=hostile)


@pytest.mark.parametrize("hostile", ["a\0b", "a\x1bb", "\ud800", "a\u202eb", "a\u2066b", "x" * (LONGEST_HOPES + 1)])
def test_text_that_cannot_be_printed_or_is_too_long_is_refused(hostile: str) -> None:
    assert "hopes" in refused(hopes=hostile)


def test_text_is_kept_in_one_normal_form_and_without_blanks_around_it() -> None:
    loaded = SignupSchema().load(answers_of(mentee()) | {"name": "  Zoe\u0308  "})

    assert loaded.name == "Zo\u00eb"


def test_line_breaks_of_a_form_become_plain_ones() -> None:
    assert SignupSchema().load(answers_of(mentee()) | {"hopes": "one\r\ntwo"}).hopes == "one\ntwo"


def test_languages_are_lower_case_and_counted_once() -> None:
    assert SignupSchema().load(answers_of(mentee()) | {"languages": " EN ; de;en;"}).languages == ("en", "de")


def test_someone_who_neither_offers_nor_asks_is_refused() -> None:
    assert "wants_mentor" in refused(offers_mentoring="no", wants_mentor="no", capacity="0")
