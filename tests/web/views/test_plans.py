"""The plan, rating again and the activities of a programme as a browser meets them, on both databases."""

import pytest

from mentormatch.domain.competencies import Competency
from mentormatch.domain.plans import ActivityKind
from mentormatch.schemas.plans import activity_key
from tests.web.sites import Site

PLAN, NOTE, AGAIN = "/my/north/plan", "/my/north/plan/lean_principles", "/my/north/plan/rate-again"
ACTIVITIES = "/programmes/north/settings/activities"
WRITTEN = {
    "experience_done": "yes",
    "experience_day": "2026-03-04",
    "experience_hours": "3",
    "experience_notes": "Two wastes <b>seen</b>",
    "coaching_hours": "0",
    "study_hours": "0",
}
LEVELS = {c.value: "2" for c in Competency} | {"occasion": "middle", "version": "1"}


def test_what_is_written_down_stands_in_the_plan(site: Site) -> None:
    mei = site.browser("participant")

    answer = site.send(mei, "POST", NOTE, **WRITTEN)

    page = mei.get(PLAN).text
    assert (answer.status_code, answer.location) == (303, f"{PLAN}#lean_principles")
    for told in ("Two wastes &lt;b&gt;seen&lt;/b&gt;", "3 hours", "Done on 4 Mar 2026", "1 of 9"):
        assert told in page


def test_the_programme_s_own_words_stand_in_the_plan(site: Site) -> None:
    assert "Walk our own gemba" in site.browser("participant").get(PLAN).text


def test_nobody_else_reads_what_was_written_down(site: Site) -> None:
    told = [
        name
        for name in site.cast
        for address in (PLAN, NOTE, "/programmes/north/participants", "/my/south-canary/plan")
        if name != "participant" and "Seen a lot<" in site.browser(name).get(address).text
    ]

    assert "Seen a lot" in site.browser("participant").get(PLAN).text
    assert told == []


@pytest.mark.parametrize(
    ("field", "value"), [("experience_hours", "1000"), ("study_day", "tomorrow"), ("coaching_notes", "x" * 2001)]
)
def test_a_faulty_entry_keeps_what_was_typed_and_changes_nothing(site: Site, field: str, value: str) -> None:
    before = site.checksum()

    answer = site.send(site.browser("participant"), "POST", NOTE, **WRITTEN | {field: value})

    assert (answer.status_code, site.checksum()) == (422, before)
    for kept in (value, f'href="#{field}"', "Two wastes &lt;b&gt;seen"):
        assert kept in answer.text


def test_new_levels_stand_beside_the_old_ones(site: Site) -> None:
    mei = site.browser("participant")

    answer = site.send(mei, "POST", AGAIN, **LEVELS)

    row = mei.get(PLAN).text.partition('<table id="levels">')[2].partition("Lean principles and waste")[2]
    assert (answer.status_code, answer.location) == (303, f"{PLAN}#picture")
    for told in ("1 Aware", "2 Guided", "4 Teaches"):
        assert told in row.partition("</tr>")[0]


def test_a_level_left_out_is_named(site: Site) -> None:
    before = site.checksum()

    answer = site.send(site.browser("participant"), "POST", AGAIN, **LEVELS | {"flow_pull": ""})

    assert (answer.status_code, "Choose your level now in Flow and pull." in answer.text) == (422, True)
    assert site.checksum() == before


def test_levels_rated_in_two_windows_are_decided_once_more(site: Site) -> None:
    mei = site.browser("participant")
    site.send(mei, "POST", AGAIN, **LEVELS)
    before = site.checksum()

    answer = site.send(mei, "POST", AGAIN, **LEVELS | {"flow_pull": "4"})

    assert (answer.status_code, site.checksum()) == (409, before)
    assert 'name="version" value="2"' in answer.text


def texts(site: Site, **differing: str) -> dict[str, str]:
    blank = {activity_key(c, kind): "" for c in Competency for kind in ActivityKind}
    page = site.browser("coordinator").get(ACTIVITIES).text
    version = page.partition('name="version" value="')[2].partition('"')[0]
    return blank | {"version": version} | differing


def test_a_coordinator_words_an_activity_and_puts_ours_back(site: Site) -> None:
    cora, mei = site.browser("coordinator"), site.browser("participant")

    answer = site.send(cora, "POST", ACTIVITIES, **texts(site, lean_principles_study="Read our handbook"))
    worded = mei.get(PLAN).text
    site.send(cora, "POST", ACTIVITIES, **texts(site))

    assert (answer.status_code, "Read our handbook" in worded, "Walk our own gemba" in worded) == (303, True, False)
    assert "Read our handbook" not in mei.get(PLAN).text
    assert site.rows()["activity_text"][0]["text"].endswith("canary")


def test_activities_that_changed_meanwhile_are_not_overwritten(site: Site) -> None:
    cora, seen = site.browser("coordinator"), texts(site, lean_principles_study="Read our handbook")
    site.send(cora, "POST", ACTIVITIES, **seen)
    before = site.checksum()

    answer = site.send(cora, "POST", ACTIVITIES, **seen | {"flow_pull_study": "Later"})

    assert (answer.status_code, "Later" in answer.text, site.checksum()) == (409, True, before)
