"""Form controls: label, hint and error belong to the control, and what was typed stays."""

import re
from collections.abc import Callable

import pytest

from tests.web.macros.conftest import Macro

Find = Callable[[str, str], Macro]


def test_a_field_is_described_by_its_hint_and_its_error(macro: Find) -> None:
    page = macro("forms", "text")("site", "Site", "", error="Say where you work.", hint="Town or plant.")

    assert 'aria-describedby="site-hint site-error" aria-invalid="true"' in page


def test_what_was_typed_stays_and_cannot_become_markup(macro: Find) -> None:
    page = macro("forms", "text")("name", "Your name", '"><script>alert(1)</script>')

    assert "<script>" not in page
    assert 'value="&#34;&gt;&lt;script&gt;' in page


def test_a_text_area_keeps_its_first_line_break(macro: Find) -> None:
    page = macro("forms", "textarea")("hopes", "What do you hope for?", "\nsecond line")

    assert ">\n\nsecond line</textarea>" in page


def test_the_first_choice_has_the_id_that_the_error_summary_links_to(macro: Find) -> None:
    summary = macro("forms", "error_summary")({"position": ["Choose your position now."]})
    radios = macro("forms", "radios")("position", "Position now", [("corporate", "Corporate"), ("other", "Other")])

    target = re.findall(r'href="#(\w+)"', summary)

    assert re.findall(r'<input type="radio" id="position" name="position" value="(\w+)"', radios) == ["corporate"]
    assert target == ["position"]


@pytest.mark.parametrize("value", [3, "3"])
def test_a_choice_is_found_again_as_number_or_as_text(macro: Find, value: int | str) -> None:
    page = macro("forms", "select")("teach_level", "Teach level", [(2, "2"), (3, "3")], value)

    assert re.findall(r'value="(\d)" selected', page) == ["3"]


def test_without_errors_there_is_no_summary(macro: Find) -> None:
    assert macro("forms", "error_summary")({}).strip() == ""


def test_a_button_that_changes_something_carries_the_token(macro: Find) -> None:
    page = macro("forms", "post_button")("/rounds/1/publish", "Publish", fields={"version": 4})

    assert 'name="csrf_token" value="token"' in page
    assert 'name="version" value="4"' in page
