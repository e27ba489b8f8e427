"""Languages by name and by code."""

import pytest

from mentormatch.domain.languages import LANGUAGE_NAMES, language_code, language_name


@pytest.mark.parametrize("text", ["German", " german ", "de"])
def test_a_language_is_found_by_its_name_or_its_code(text: str) -> None:
    assert language_code(text) == "de"


def test_what_is_no_language_known_here_stays_as_it_was() -> None:
    assert (language_code(" Klingon "), language_name("tlh")) == ("Klingon", "tlh")


def test_every_name_leads_back_to_its_code() -> None:
    assert {language_code(name) for name in LANGUAGE_NAMES.values()} == set(LANGUAGE_NAMES)
