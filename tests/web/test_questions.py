"""What an address asks of a list: its valid parts are read, its faults told or passed over, its pages linked."""

import pytest
from flask import Flask

from mentormatch.domain.notices import NoticeState
from mentormatch.schemas.notices import NoticeSearchSchema
from mentormatch.web.questions import Question, paged, question_of

LABELS = {"state": "State", "page": "Page"}


def asked(app: Flask, query: str, labels: dict[str, str] | None = None) -> Question:
    with app.test_request_context(f"/?{query}"):
        return question_of(NoticeSearchSchema(), labels)


def test_what_is_valid_is_read_and_what_no_schema_knows_is_passed_over(app: Flask) -> None:
    question = asked(app, "state=failed&page=3&colour=red", LABELS)

    assert (question.loaded[0].state, question.loaded[1], question.errors) == (NoticeState.FAILED, 3, {})


def test_a_fault_is_named_by_its_label_and_the_rest_is_read_all_the_same(app: Flask) -> None:
    question = asked(app, "state=lost&page=3", LABELS)

    assert question.errors == {"state": "State: Choose one of the list."}
    assert (question.loaded[0].state, question.loaded[1], question.typed["state"]) == (None, 3, "lost")


def test_without_labels_a_fault_counts_as_not_typed(app: Flask) -> None:
    question = asked(app, "state=lost&page=3")

    assert (question.errors, question.typed) == ({}, {"page": "3"})


def test_the_page_is_not_kept_and_an_empty_change_takes_a_part_away(app: Flask) -> None:
    question = asked(app, "q=mei&state=failed&page=3")

    assert question.kept == {"q": "mei", "state": "failed"}
    assert question.kept_with(state="", twice="yes") == {"q": "mei", "twice": "yes"}


@pytest.mark.parametrize(
    ("address", "pages"),
    [("/a", "/a?page={page}"), ("/a?q=1", "/a?q=1&page={page}"), ("/a?q=1#pairs", "/a?q=1&page={page}#pairs")],
)
def test_the_number_of_a_page_goes_before_the_anchor(address: str, pages: str) -> None:
    assert paged(address) == pages
