"""The page of supply and demand as a browser meets it, on both databases."""

import pytest
from flask.testing import FlaskClient

from mentormatch.persistence.database import Transactions
from mentormatch.spreadsheets.opening_workbooks import first_sheet
from tests.builders.accounts import add_browser_session, add_coordinator, enter
from tests.builders.programmes import add_programme
from tests.web.sites import Site

SUPPLY = "/programmes/north/supply"


def test_each_competency_has_a_row_of_figures(cora: FlaskClient) -> None:
    text = cora.get(SUPPLY).text

    assert text.count('<th scope="row">') == 16
    assert ("Flow and pull" in text, "People for each place" in text, "canary" in text) == (True, True, False)
    assert f'href="{SUPPLY}"' in cora.get("/programmes/north").text


def test_whom_to_recruit_is_worked_out_only_when_it_is_asked_for(cora: FlaskClient) -> None:
    # The footer names the address to come back to.
    pages = (cora.get(f"{SUPPLY}{asked}").text for asked in ("", "?recruits=3"))
    plain, strange = (page.partition("<footer")[0] for page in pages)

    assert plain.split("<footer")[0] == strange.split("<footer")[0]
    assert f'href="{SUPPLY}?recruits=2#recruits">Two more mentors' in plain
    assert f'href="{SUPPLY}?recruits=1#recruits"' in plain
    answer = cora.get(f"{SUPPLY}?recruits=1").text
    assert "Nobody more would help now" in answer or "One more mentor at level 4 in" in answer


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_table_can_be_taken_along(cora: FlaskClient, kind: str) -> None:
    answer = cora.get(f"{SUPPLY}.{kind}")

    lines = first_sheet(answer.data, 99) if kind == "xlsx" else answer.data.splitlines()
    assert (len(lines), answer.headers["Content-Disposition"]) == (17, f'attachment; filename="north-supply.{kind}"')


def test_a_programme_without_people_says_what_will_stand_here(site: Site) -> None:
    with site.app.app_context(), Transactions().writing() as session:
        west = add_programme(session, slug="west").id
        token = add_browser_session(session, add_coordinator(session, "carl@firm.example", west).id)

    text = enter(site.app.test_client(), token).get("/programmes/west/supply?recruits=1").text

    assert ("Nobody is active yet" in text, "<table" in text) == (True, False)
