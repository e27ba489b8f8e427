"""The participants' pages of a coordinator as a browser meets them, on both databases."""

from typing import Any

from flask.testing import FlaskClient

from mentormatch.domain.searches import Order
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.database import Transactions
from tests.builders.accounts import add_browser_session, add_coordinator, enter
from tests.builders.people import mentee
from tests.builders.programmes import add_participant, add_programme
from tests.web.sites import Site

PEOPLE = "/programmes/north/participants"
IMPORT = f"{PEOPLE}/import"


def north(site: Site) -> list[dict[str, Any]]:
    return [row for row in site.rows()["participant"] if row["programme_id"] == site.world.north.programme_id]


def add(site: Site, *signups: Signup, state: SignupState = SignupState.ACTIVE) -> int:
    with site.app.app_context(), Transactions().writing() as session:
        return [add_participant(session, site.world.north.programme_id, s, state=state).id for s in signups][-1]


def test_people_are_listed_with_a_way_to_each(site: Site, cora: FlaskClient) -> None:
    text = cora.get(PEOPLE).text

    assert f"{len(north(site))} participants" in text
    assert f'href="{PEOPLE}/{site.world.north.ids["participant_id"]}">Mei Tanaka' in text
    assert "canary" not in text


def test_a_search_keeps_what_was_typed_and_offers_the_way_back(site: Site, cora: FlaskClient) -> None:
    text = cora.get(f"{PEOPLE}?q=mei&part=wants&state=active").text

    assert (f"1 of {len(north(site))} participant" in text, "Omar Haddad" in text) == (True, False)
    assert 'value="mei"' in text
    assert 'value="wants" selected' in text
    assert 'aria-label="Filters that are set"' in text


def test_a_search_without_result_says_so(cora: FlaskClient) -> None:
    text = cora.get(f"{PEOPLE}?q=nobody&size=25").text

    assert "Nobody matches these filters" in text
    assert f'href="{PEOPLE}?size=25">Clear the filters' in text


def test_a_question_that_cannot_be_asked_is_named_and_the_rest_answered(cora: FlaskClient) -> None:
    for question in (
        "q=" + "x" * 61,
        "q=%07",
        "state=gone",
        "page=0",
        "page=" + "9" * 40,
        "order=id",
        "site=%0Ax",
        "size=7",
    ):
        answer = cora.get(f"{PEOPLE}?part=wants&{question}")

        assert (answer.status_code, "There is a problem" in answer.text) == (422, True), question
        assert ("Mei Tanaka" in answer.text, "Omar Haddad" in answer.text) == (True, False)


def test_signs_that_mean_something_to_a_database_or_a_page_are_only_signs(cora: FlaskClient) -> None:
    for q in ("%" * 60, "_", "'; DROP TABLE participant; --", '"><script>', "{page}", "\\"):
        answer = cora.get(PEOPLE, query_string={"q": q})
        assert answer.status_code == 200
        assert "<script>" not in answer.text.replace('<script type="module"', "")


def test_the_pages_of_a_long_list_keep_the_question(site: Site, cora: FlaskClient) -> None:
    add(site, *(mentee(email=f"m{n}@firm.example", name=f"Mei {n:03}") for n in range(120)))

    text = cora.get(PEOPLE, query_string={"q": "mei {page}", "order": "name"}).text
    listed = cora.get(PEOPLE, query_string={"q": "mei", "direction": "down"}).text

    assert "Nobody matches" in text
    assert 'href="/programmes/north/participants?q=mei&amp;direction=down&amp;page=2"' in listed
    assert "Rows 1 to 100" in listed


def test_each_filter_that_is_set_can_be_taken_off(cora: FlaskClient) -> None:
    text = cora.get(f"{PEOPLE}?part=wants&held=none&order=site&page=1").text

    for words, rest in (("Part: Wants a mentor", "held=none"), ("Holds: None", "part=wants")):
        assert f'href="{PEOPLE}?{rest}&amp;order=site"><span class="visually-hidden">Take off </span>{words}' in text


def test_every_column_turns_the_list_both_ways(cora: FlaskClient) -> None:
    for order in Order:
        text = cora.get(f"{PEOPLE}?order={order}&direction=up").text
        assert f'aria-sort="ascending"><a class="sort" href="{PEOPLE}?order={order}&amp;direction=down"' in text
        assert 'aria-sort="descending"' in cora.get(f"{PEOPLE}?order={order}&direction=down").text


def test_a_page_has_as_many_rows_as_are_asked_for(site: Site, cora: FlaskClient) -> None:
    add(site, *(mentee(email=f"m{n}@firm.example", name=f"Mei {n:03}") for n in range(60)))

    text = cora.get(f"{PEOPLE}?q=mei+0&size=25").text

    assert (text.count('name="id"'), "Rows 1 to 25" in text) == (25, True)
    assert 'value="25" selected' in text


def test_a_person_is_shown_with_all_answers(site: Site, cora: FlaskClient) -> None:
    text = cora.get(f"{PEOPLE}/{site.world.north.ids['participant_id']}").text

    for told in ("mei@firm.example", "boss@firm.example", "English, Japanese", "Gap of", "Strategic orientation"):
        assert told in text


def test_a_person_that_cannot_be_is_not_found(cora: FlaskClient) -> None:
    assert {cora.get(f"{PEOPLE}/{n}").status_code for n in ("0", "2147483647", "9" * 40, "x", "١")} == {404}


def test_a_person_of_another_programme_is_not_found(site: Site, cora: FlaskClient) -> None:
    stranger = site.world.south.ids["participant_id"]

    assert cora.get(f"{PEOPLE}/{stranger}").status_code == 404
    assert site.send(cora, "POST", f"{PEOPLE}/{stranger}/pause", version="1", why="x").status_code == 404


def test_a_pause_needs_a_reason(site: Site, cora: FlaskClient) -> None:
    mei = site.world.north.ids["participant_id"]

    refused = site.send(cora, "POST", f"{PEOPLE}/{mei}/pause", version="1", why="")
    paused = site.send(cora, "POST", f"{PEOPLE}/{mei}/pause", version="1", why="on leave")

    assert (refused.status_code, paused.status_code) == (422, 303)
    text = cora.get(paused.location or "").text
    assert ("Resume this person" in text, "on leave" in text) == (True, True)


def test_an_empty_programme_says_how_to_get_people(site: Site) -> None:
    with site.app.app_context(), Transactions().writing() as session:
        west = add_programme(session, slug="west").id
        carl = add_coordinator(session, "carl@firm.example", west).id
        token = add_browser_session(session, carl)

    text = enter(site.app.test_client(), token).get("/programmes/west/participants").text

    assert "Nobody has signed up yet" in text
    assert ("http://localhost/p/west" in text, "/programmes/west/participants/import" in text) == (True, True)
