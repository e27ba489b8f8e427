"""Policies side by side as a browser meets them, on both databases."""

import re
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mentormatch.schemas.programme import rules_form_of
from mentormatch.services.bundle import Services
from tests.builders.running import running_programme
from tests.builders.settings import settings
from tests.web.pressing import browser_of
from tests.web.sites import Site

WHAT_IF = "/programmes/north/what-if"
RULES = rules_form_of(settings())


def compare(site: Site, *policies: dict[str, str], **asked: str) -> TestResponse:
    named = {f"{name}_{'abcd'[n]}": v for n, policy in enumerate(policies) for name, v in (RULES | policy).items()}
    address = urlencode({"columns": len(policies), **named, **asked})
    return site.browser("coordinator").get(f"{WHAT_IF}?{address}")


def headings(answer: TestResponse) -> list[str]:
    return re.findall(r'<th scope="col">Policy (\w)', answer.text)


def test_the_policy_of_now_stands_beside_the_other_objective(site: Site) -> None:
    answer = site.browser("coordinator").get(WHAT_IF)

    assert headings(answer) == ["A", "B"]
    assert re.findall(r'<option value="(\w+)" selected>(?:Coverage|Participation)', answer.text) == [
        "coverage",
        "participation",
    ]
    assert "What they come to" not in answer.text


def test_an_address_names_a_comparison(site: Site) -> None:
    answer = compare(site, {}, {"floor_percent": "100"})

    assert "What they come to" in answer.text
    assert re.findall(r'name="floor_percent_\w" value="(\d+)"', answer.text) == ["10", "100"]


def test_the_best_of_a_row_is_told_in_words(site: Site) -> None:
    row = re.search(r"Mentees paired</th>(.*?)</tr>", compare(site, {}, {"minimum_common_hours": "8"}).text, re.DOTALL)

    assert row is not None
    cells = row[1].split("</td>")
    assert ("best</" in cells[0], "best</" in cells[1]) == (True, False)


def test_policies_are_added_and_taken_away(site: Site) -> None:
    assert headings(compare(site, {}, {}, more="yes")) == ["A", "B", "C"]
    assert headings(compare(site, {}, {}, {}, {}, more="yes")) == ["A", "B", "C", "D"]
    assert headings(compare(site, {}, {}, {}, fewer="yes")) == ["A", "B"]


def test_those_for_whom_something_changes_are_listed_by_name(site: Site) -> None:
    answer = compare(site, {}, {"minimum_common_hours": "8"}, changes="b", page="9")

    listed = re.search(r'id="changes-table">.*?<th scope="row">(\w+)<', answer.text, re.DOTALL)
    assert listed is not None
    assert listed[1] in {"Bo", "Mei", "Pia"}


@pytest.mark.parametrize("typed", ["", "x", "101", "-1"])
def test_a_field_that_cannot_be_used_is_told(site: Site, typed: str) -> None:
    answer = compare(site, {}, {"floor_percent": typed})

    assert (answer.status_code, "<title>Error: What if" in answer.text) == (422, True)


@pytest.mark.parametrize("strange", ["columns=9", "columns=2", "slug=south", "columns=2&_external=1&changes=zz"])
def test_a_strange_address_meets_a_page(site: Site, strange: str) -> None:
    assert site.browser("coordinator").get(f"{WHAT_IF}?{strange}").status_code in {200, 422}


def test_a_policy_is_adopted_with_one_click(site: Site) -> None:
    adopted = RULES | {"floor_percent": "25", "version": "1"}

    answer = site.send(site.browser("coordinator"), "POST", f"{WHAT_IF}/adopt", **adopted)

    assert (answer.status_code, answer.location) == (303, "/programmes/north/rounds/2")
    assert site.rows()["programme"][0]["floor_percent"] == 25


def test_a_policy_is_not_adopted_over_what_somebody_saved_meanwhile(site: Site) -> None:
    adopted = RULES | {"floor_percent": "25", "version": "7"}

    answer = site.send(site.browser("coordinator"), "POST", f"{WHAT_IF}/adopt", **adopted)

    assert (answer.status_code, site.rows()["programme"][0]["floor_percent"]) == (409, 10)


def test_a_rule_that_the_address_does_not_name_is_as_it_is_now(site: Site) -> None:
    assert site.browser("coordinator").get(f"{WHAT_IF}?columns=2&objective_b=participation").status_code == 200


def test_what_is_wrong_is_named_by_its_rule_and_policy(site: Site) -> None:
    answer = site.browser("coordinator").get(f"{WHAT_IF}?columns=2&floor_percent_b=500")

    assert (answer.status_code, "Policy B, floor percent: " in answer.text) == (422, True)


def test_a_round_is_tried_on_what_it_was_solved_from(app: Flask, services: Services) -> None:
    running = running_programme(app, services)
    running.propose()

    page = browser_of(running).get(f"{WHAT_IF}?round=1&columns=2&shared_language_b=no&changes=b").text

    assert "those of round 1, exactly as its proposal 1 was solved" in page
    assert 'type="hidden" name="round" value="1"' in page
    assert ("Li Wei" in page, "round=1" in page) == (True, True)


def test_an_input_that_no_version_can_read_is_not_found(site: Site) -> None:
    assert site.browser("coordinator").get(f"{WHAT_IF}?round=1").status_code == 404


@pytest.mark.parametrize(("asked", "status"), [("99", 404), ("99999999999", 200), ("x", 200), ("", 200)])
def test_a_round_that_is_none_is_not_found_or_passed_over(site: Site, asked: str, status: int) -> None:
    assert site.browser("coordinator").get(f"{WHAT_IF}?round={asked}").status_code == status
