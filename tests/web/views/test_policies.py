"""The policy page as a browser meets it, on both databases."""

import re

from markupsafe import escape
from werkzeug.test import TestResponse

from mentormatch.domain.certification import CERTIFIER_REMARK
from mentormatch.domain.competencies import Competency
from mentormatch.domain.positions import Position
from mentormatch.schemas.programme import emphasis_key
from tests.builders.settings import settings_form
from tests.web.sites import Site

POLICY = "/programmes/north/policy"
FLOW_PULL = emphasis_key(Position.CORPORATE, Competency.FLOW_PULL)


def send(site: Site, address: str = POLICY, *, version: str = "1", **differing: str) -> TestResponse:
    form = settings_form(**differing) | {"version": version}
    return site.send(site.browser("coordinator"), "POST", address, **form)


def look(site: Site) -> TestResponse:
    return site.browser("coordinator").get(POLICY)


def north(site: Site) -> dict[str, object]:
    return site.rows()["programme"][0]


def typed(answer: TestResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.text)
    assert found is not None
    return found[1]


def test_the_policy_shows_what_is_saved_and_whose_numbers_they_are(site: Site) -> None:
    answer = look(site)

    points = [typed(answer, name) for name in ("wish_points", "common_hour_points", "waiting_points")]
    assert (typed(answer, "minimum_common_hours"), points, typed(answer, FLOW_PULL)) == ("0", ["50", "0", "40"], "1")
    assert (typed(answer, "required_gold"), escape(CERTIFIER_REMARK) in answer.text) == ("2", True)


def test_a_share_stands_beside_every_weight(site: Site) -> None:
    assert re.findall(rf'data-share="{FLOW_PULL}">([^<]*)<', look(site).text) == ["3.1 %"]


def test_a_policy_is_saved_as_it_is_typed(site: Site) -> None:
    answer = send(site, teach_level="2", **{FLOW_PULL: "9"})

    assert (answer.status_code, answer.location) == (303, POLICY)
    assert (typed(look(site), FLOW_PULL), north(site)["teach_level"]) == ("9", 2)


def test_a_policy_saved_meanwhile_is_shown_and_not_overwritten(site: Site) -> None:
    send(site, floor_percent="20")

    answer = send(site, floor_percent="30")

    assert (answer.status_code, typed(answer, "floor_percent"), typed(answer, "version")) == (409, "30", "2")
    assert ("Least share of a gap", "20") in re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", answer.text)
    assert north(site)["floor_percent"] == 20


def test_the_earlier_policy_is_one_click_away(site: Site) -> None:
    send(site, floor_percent="20")
    assert "Put these values back" in look(site).text

    site.send(site.browser("coordinator"), "POST", f"{POLICY}/put-back", version="2")

    assert (north(site)["floor_percent"], north(site)["version"]) == (10, 3)


def test_any_earlier_policy_can_be_chosen(site: Site) -> None:
    send(site, floor_percent="20")
    send(site, version="2", floor_percent="30")
    assert look(site).text.count("Put these values back") == 2

    site.send(site.browser("coordinator"), "POST", f"{POLICY}/put-back", version="3", which="2")

    assert (north(site)["floor_percent"], north(site)["version"]) == (10, 4)


def test_a_programme_that_never_had_another_policy_offers_none(site: Site) -> None:
    assert "Put these values back" not in look(site).text


def test_costs_are_shown_by_a_button_and_nothing_is_saved(site: Site) -> None:
    answer = send(site, costs="yes", floor_percent="20")

    assert (answer.status_code, typed(answer, "floor_percent"), north(site)["floor_percent"]) == (200, "20", 10)
    assert "What each rule takes away" in answer.text


def test_costs_are_shown_while_somebody_types(site: Site) -> None:
    answer = send(site, f"{POLICY}/costs", other_site_only="yes")

    assert (answer.status_code, "<html" in answer.text) == (200, False)
    assert "Another site" in answer.text


def test_a_field_that_cannot_be_used_is_named_in_the_place_of_costs(site: Site) -> None:
    answer = send(site, f"{POLICY}/costs", floor_percent="200")

    assert "Least share of a gap: must be a whole number from 0 to 100." in answer.text


def test_a_field_that_cannot_be_used_is_told_and_nothing_is_saved(site: Site) -> None:
    answer = send(site, floor_percent="200")

    assert (answer.status_code, north(site)["version"]) == (422, 1)
    assert answer.text.count("Least share of a gap: must be a whole number from 0 to 100.") == 3


def test_our_proposal_is_filled_in_and_saved_by_nobody(site: Site) -> None:
    send(site, **{FLOW_PULL: "9"})

    answer = send(site, version="2", proposal="1", floor_percent="33", **{FLOW_PULL: "7"})

    assert (answer.status_code, typed(answer, FLOW_PULL), typed(answer, "floor_percent")) == (200, "1", "33")
    assert "Nothing is saved yet." in answer.text
    assert typed(look(site), FLOW_PULL) == "9"
