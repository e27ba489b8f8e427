"""How values and kept words read in the language of a page."""

from collections.abc import Iterator

import pytest
from flask import Flask

from mentormatch.domain.notices import NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.domain.state_words import STATE_WORDS
from mentormatch.web.filters import bare_fault, kept_words, state_word, tenths
from mentormatch.web.languages import translated


@pytest.fixture(params=["en", "de"])
def language(app: Flask, request: pytest.FixtureRequest) -> Iterator[str]:
    with app.test_request_context(headers={"Accept-Language": request.param}):
        yield request.param


@pytest.mark.parametrize("state", [*RoundState, *NoticeState, *SignupState])
def test_every_state_has_a_word(state: str) -> None:
    assert state in STATE_WORDS


def test_a_state_reads_as_a_word_of_the_language(language: str) -> None:
    assert state_word(NoticeState.IN_DOUBT) == {"en": "in doubt", "de": "ungewiss"}[language]
    assert state_word("never_heard_of") == "never heard of"


def test_a_reason_that_was_kept_in_english_is_looked_up(language: str) -> None:
    assert kept_words("written for review") == {"en": "written for review", "de": "zur Prüfung geschrieben"}[language]
    assert kept_words("100 % my own words") == "100 % my own words"


def test_a_kept_reason_is_read_with_its_value(language: str) -> None:
    reason = said("recalled: %(reason)s", reason="100 % of them asked")

    assert kept_words(str.__str__(reason)) == translated(reason)
    assert kept_words("attempt 2") == {"en": "attempt 2", "de": "Versuch 2"}[language]


def test_a_fault_stands_without_the_name_of_its_field(language: str) -> None:
    named = said("%(label)s: %(words)s", label=said("Name"), words=said("Nothing was left."))

    assert bare_fault(named) == {"en": "Nothing was left.", "de": "Es war nichts mehr übrig."}[language]
    assert bare_fault("fill this in.") == "Fill this in."


def test_a_number_has_the_decimal_mark_of_the_language(language: str) -> None:
    assert tenths(12.34) == {"en": "12.3", "de": "12,3"}[language]
