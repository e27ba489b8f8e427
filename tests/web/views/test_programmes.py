"""The coordinator's programme pages as a browser meets them, on both databases."""

import re
from typing import Any

from werkzeug.test import TestResponse

from mentormatch.schemas.programme import form_of
from tests.builders.settings import settings, settings_form
from tests.web.sites import Site

NEW, NORTH, SETTINGS = "/programmes/new", "/programmes/north", "/programmes/north/settings"


def save(site: Site, *, version: str = "1", **differing: str) -> TestResponse:
    form = settings_form(**differing) | {"version": version}
    return site.send(site.browser("coordinator"), "POST", SETTINGS, **form)


def create(site: Site, **differing: str) -> TestResponse:
    return site.send(site.browser("creator"), "POST", NEW, **settings_form(**{"name": "West", **differing}))


def programmes(site: Site) -> list[dict[str, Any]]:
    return site.rows()["programme"]


def typed(answer: TestResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.text)
    assert found is not None
    return found[1]


def test_a_coordinator_sees_the_own_programmes_only(site: Site) -> None:
    text = site.browser("coordinator").get("/programmes").text

    assert ("North 2026" in text, "canary" in text) == (True, False)


def test_whoever_coordinates_nothing_yet_is_shown_the_way_to_a_programme(site: Site) -> None:
    text = site.browser("creator").get("/programmes").text

    assert "You coordinate no programme yet" in text
    assert 'href="/programmes/new"' in text


def test_a_new_programme_opens_at_its_overview(site: Site) -> None:
    answer = create(site)

    assert (answer.status_code, answer.location) == (303, "/programmes/west")
    assert "Invite people" in site.browser("creator").get("/programmes/west").text


def test_a_form_with_faults_names_each_and_keeps_what_was_typed(site: Site) -> None:
    answer = create(site, name="", purpose="For <us>", floor_percent="200", opens_at="2026-13-01T00:00")

    assert answer.status_code == 422
    assert "<title>Error: New programme" in answer.text
    for told in (
        "Name: fill this in.",
        "Sign-up opens: must be a day and a time like 2026-03-31 17:00.",
        "Least share of a gap: must be a whole number from 0 to 100.",
    ):
        assert answer.text.count(told) == 2
    assert (typed(answer, "floor_percent"), "For &lt;us&gt;" in answer.text) == ("200", True)
    assert len(programmes(site)) == 2


def test_a_taken_name_in_addresses_is_told_at_its_field(site: Site) -> None:
    answer = create(site, slug="north")

    assert answer.status_code == 422
    assert answer.text.count("Another programme has this name in addresses") == 2


def test_the_settings_show_what_is_saved_and_lead_to_the_policy(site: Site) -> None:
    answer = site.browser("coordinator").get(SETTINGS)

    assert (typed(answer, "name"), "floor_percent" in answer.text) == ("North 2026", False)
    assert 'href="/programmes/north/policy"' in answer.text


def test_settings_are_saved_as_they_are_typed_and_leave_the_policy_alone(site: Site) -> None:
    answer = save(site, name="Renamed", teach_level="2")

    assert (answer.status_code, answer.location) == (303, SETTINGS)
    assert (programmes(site)[0]["name"], programmes(site)[0]["teach_level"]) == ("Renamed", 3)


def test_a_point_too_many_is_told_at_its_field(site: Site) -> None:
    answer = create(site, waiting_points="1001", minimum_common_hours="9")

    for told in (
        "Points for each round without a mentor: must be a whole number from 0 to 1000.",
        "Least working hours in common: must be a whole number from 0 to 8.",
    ):
        assert answer.text.count(told) == 2


def test_a_time_that_the_clocks_skip_is_shown_as_the_one_after(site: Site) -> None:
    save(site, opens_at="2026-03-29T02:30", closes_at="2026-03-31T12:00")

    assert typed(site.browser("coordinator").get(SETTINGS), "opens_at") == "2026-03-29T03:30"


def test_settings_saved_meanwhile_are_shown_and_not_overwritten(site: Site) -> None:
    save(site, name="Theirs", purpose="Another")

    answer = save(site, name="Mine")

    assert answer.status_code == 409
    assert (typed(answer, "name"), typed(answer, "version")) == ("Mine", "2")
    assert re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", answer.text) == [
        ("Name", "Theirs"),
        ("Purpose", "Another"),
    ]
    assert programmes(site)[0]["name"] == "Theirs"


def test_saving_once_more_after_that_keeps_what_is_typed(site: Site) -> None:
    save(site, name="Theirs")

    assert save(site, name="Mine", version="2").status_code == 303
    assert programmes(site)[0]["name"] == "Mine"


def test_a_form_without_a_version_that_a_row_can_have_overwrites_nothing(site: Site) -> None:
    strange = ("", "0", "x", "-1", "9" * 30, "٣")

    assert {save(site, name="Mine", version=version).status_code for version in strange} == {409}
    assert programmes(site)[0]["name"] == "North 2026"


def test_what_no_form_asks_for_is_not_set(site: Site) -> None:
    save(site, slug="stolen", id="9", inputs_version="77", created_at="2000-01-01", programme_id="2")

    north = programmes(site)[0]
    assert (north["slug"], north["id"], north["version"]) == ("north", 1, 2)
    assert north["inputs_version"] == 0


def test_a_form_filled_in_from_settings_reads_back(site: Site) -> None:
    kept = settings(name="Ø 2026", purpose="One\n\ntwo")

    site.send(site.browser("coordinator"), "POST", SETTINGS, **form_of(kept), version="1")

    with site.app.app_context():
        assert site.app.extensions["mentormatch"].editing_programmes.look(1).settings == kept


def test_the_overview_says_what_to_do_next_and_how_supply_stands(site: Site) -> None:
    text = site.browser("coordinator").get(NORTH).text

    assert "The proposal of round 2 waits for your review" in text
    assert "http://localhost/p/north" in text
    assert "canary" not in text


def test_an_empty_programme_says_what_will_stand_there(site: Site) -> None:
    create(site)

    text = site.browser("creator").get("/programmes/west").text

    assert "Supply and demand will stand here" in text
