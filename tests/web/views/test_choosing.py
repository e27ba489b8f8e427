"""Many participants at once, as a browser meets them: chosen, asked about, changed, taken back and handed out."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mentormatch.spreadsheets.opening_workbooks import first_sheet
from mentormatch.spreadsheets.signups import SIGNUP_COLUMNS
from tests.web.sites import Site

PEOPLE = "/programmes/north/participants"
STEPS = f"{PEOPLE}/steps"
_SEEN = re.compile(r'name="seen" value="([^"]*)"')


def seen_on(page: TestResponse) -> str:
    found = _SEEN.search(page.text)
    assert found
    return found[1]


def take(site: Site, cora: FlaskClient, asked: TestResponse, **fields: object) -> TestResponse:
    fields = {"seen": seen_on(asked), "why": "on leave", **fields}
    return site.send(cora, "POST", STEPS, **fields)


def states(site: Site) -> dict[str, str]:
    rows = site.rows()["participant"]
    return {row["name"]: row["state"] for row in rows if row["programme_id"] == site.world.north.programme_id}


def test_those_ticked_are_asked_about_and_nobody_is_changed(site: Site, cora: FlaskClient) -> None:
    mei, before = site.world.north.ids["participant_id"], site.checksum()

    text = cora.get(f"{STEPS}?ticked=yes&id={mei}&act=pause&q=mei").text

    assert ("Pause 1 person?" in text, "Mei Tanaka" in text, site.checksum() == before) == (True, True, True)
    assert f'href="{PEOPLE}?q=mei">No, go back' in text


def test_all_that_match_are_reached_by_the_filter(site: Site, cora: FlaskClient) -> None:
    asked = cora.get(f"{STEPS}?ticked=yes&all=yes&act=pause&part=offers&id=1")

    assert "Pause 4 people?" in asked.text
    result = take(site, cora, asked, act="pause")

    assert (result.status_code, "4 people paused" in result.text) == (200, True)
    assert {name for name, state in states(site).items() if state == "paused"} == {
        *("Omar Haddad", "Bo Both", "Silva Candida", "Pia")
    }


def test_a_pause_of_many_is_undone_on_the_next_page(site: Site, cora: FlaskClient) -> None:
    before = states(site)
    result = take(site, cora, cora.get(f"{STEPS}?all=yes&act=pause"), act="pause")

    undone = take(site, cora, result, act="resume", why="taken back")

    assert "5 people made active again" in undone.text
    assert states(site) == before


def test_the_result_says_who_was_changed_by_somebody_else(site: Site, cora: FlaskClient) -> None:
    mei = site.world.north.ids["participant_id"]
    asked = cora.get(f"{STEPS}?all=yes&act=pause")
    for step, version in (("pause", "1"), ("resume", "2")):
        site.send(cora, "POST", f"{PEOPLE}/{mei}/{step}", version=version, why="a mistake")

    text = take(site, cora, asked, act="pause").text

    assert ("4 people paused" in text, "Somebody else was quicker" in text) == (True, True)
    assert f'href="{PEOPLE}/{mei}">Mei Tanaka' in text


def test_who_cannot_take_the_step_is_named_with_the_reason(site: Site, cora: FlaskClient) -> None:
    mei = site.world.north.ids["participant_id"]
    site.send(cora, "POST", f"{PEOPLE}/{mei}/pause", version="1", why="on leave")

    some, nobody = (cora.get(f"{STEPS}?all=yes&act=pause{more}").text for more in ("", "&q=mei"))

    assert "1 person of the 5 chosen cannot be paused" in some
    assert ("Nobody can be paused" in nobody, "1 is paused" in nobody, 'name="seen"' in nobody) == (True, True, False)


def test_a_withdrawal_has_to_be_confirmed_by_its_number(site: Site, cora: FlaskClient) -> None:
    asked, before = cora.get(f"{STEPS}?all=yes&act=withdraw&part=offers"), states(site)

    refused = take(site, cora, asked, act="withdraw", count="3")
    assert (refused.status_code, "Type 4 to confirm." in refused.text, states(site)) == (422, True, before)

    done = take(site, cora, refused, act="withdraw", count="4")
    assert ("4 people withdrawn" in done.text, "Undo" in done.text) == (True, False)


def test_what_was_seen_stays_in_the_form_that_is_asked_again(site: Site, cora: FlaskClient) -> None:
    asked = cora.get(f"{STEPS}?all=yes&act=pause")

    refused = take(site, cora, asked, act="pause", why="")

    assert (refused.status_code, seen_on(refused)) == (422, seen_on(asked))


@pytest.mark.parametrize("fields", [{}, {"act": "pause", "seen": "1"}, {"act": "erase", "seen": "1.1"}])
def test_a_form_that_is_not_ours_is_refused(site: Site, cora: FlaskClient, fields: dict[str, str]) -> None:
    assert site.send(cora, "POST", STEPS, why="x", **fields).status_code == 422


def test_people_of_another_programme_cannot_be_chosen(site: Site, cora: FlaskClient) -> None:
    stranger, before = site.world.south.ids["participant_id"], site.checksum()

    assert "Nobody is chosen" in cora.get(f"{STEPS}?ticked=yes&id={stranger}&act=pause").text
    assert site.send(cora, "POST", STEPS, act="pause", seen=f"{stranger}.1", why="x").status_code == 404
    assert site.checksum() == before


@pytest.mark.parametrize(
    "query", ["", "?act=pause&ticked=yes", "?act=erase&all=yes", "?act=pause&all=yes&state=gone", "?ticked=yes&id=٣"]
)
def test_without_people_or_a_filter_that_can_be_read_one_is_led_back(cora: FlaskClient, query: str) -> None:
    answer = cora.get(f"{STEPS}{query}")

    assert (answer.status_code, (answer.location or "").startswith(PEOPLE)) == (303, True)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_files_carry_generated_names(cora: FlaskClient, kind: str) -> None:
    listed, answers = cora.get(f"{PEOPLE}/list.{kind}"), cora.get(f"/programmes/north/participants.{kind}")

    assert listed.headers["Content-Disposition"] == f'attachment; filename="north-list.{kind}"'
    assert answers.headers["Content-Disposition"] == f'attachment; filename="north-participants.{kind}"'


def test_a_file_holds_who_is_shown_or_who_is_ticked(site: Site, cora: FlaskClient) -> None:
    mei = site.world.north.ids["participant_id"]

    def names(query: str) -> list[str]:
        return [line[1] for line in first_sheet(cora.get(f"{PEOPLE}/list.xlsx?{query}").data, 99)[1:]]

    assert names("q=mei&part=wants") == names(f"ticked=yes&id={mei}") == ["Mei Tanaka"]
    assert len(names("direction=down")) == len(names("ticked=yes&all=yes")) == 5
    assert cora.get(f"{PEOPLE}/list.csv?ticked=yes").status_code == 303


def test_the_answers_are_in_the_columns_of_the_import(cora: FlaskClient) -> None:
    (header, *lines) = first_sheet(cora.get("/programmes/north/participants.xlsx?q=mei").data, 99)

    assert (tuple(header), len(lines)) == (SIGNUP_COLUMNS, 1)
