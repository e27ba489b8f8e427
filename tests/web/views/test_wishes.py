"""The pages of a participant's wishes, data and account."""

import io
import zipfile

import pytest

from tests.web.sites import Site
from tests.web.views.test_public import change

PAGE = "/my/north/wishes"
DATA = "/my/north/data"


def rows(site: Site, table: str) -> list[dict[str, object]]:
    return site.rows()[table]


def mei(site: Site) -> dict[str, object]:
    return next(row for row in rows(site, "participant") if row["mailbox"] == "mei@firm.example")


def test_somebody_named_is_kept_apart_and_shown(site: Site) -> None:
    browser = site.browser("participant")

    answer = site.send(browser, "POST", f"{PAGE}/keep-apart", email="Omar@firm.example")

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert "Omar@firm.example" in browser.get(PAGE).text


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("keep-apart", {"email": "not an address"}),
        ("keep-apart", {"email": "mei@firm.example"}),
        ("mentors", {"mentors": "9999"}),
        ("mentors", {"mentors": "x"}),
        ("places", {"places": "6", "version": "1"}),
        ("places", {"places": "", "version": "1"}),
    ],
)
def test_a_faulty_wish_is_told_and_changes_nothing(site: Site, part: str, fields: dict[str, str]) -> None:
    before = site.checksum()

    answer = site.send(site.browser("participant"), "POST", f"{PAGE}/{part}", **fields)

    assert (answer.status_code, "There is a problem" in answer.text, site.checksum()) == (422, True, before)


def test_places_are_saved(site: Site) -> None:
    site.send(site.browser("participant"), "POST", f"{PAGE}/places", places="2", version="1")

    assert (mei(site)["capacity"], mei(site)["offers_mentoring"]) == (2, True)


def test_pausing_coming_back_and_leaving(site: Site) -> None:
    browser = site.browser("participant")
    states = []
    for version, step in enumerate(("pause", "resume", "withdraw"), 1):
        site.send(browser, "POST", f"{PAGE}/{step}", version=version)
        states.append(mei(site)["state"])

    assert states == ["paused", "active", "withdrawn"]
    assert "You have left this programme" in browser.get(PAGE).text


def test_a_step_on_a_page_that_is_out_of_date_is_refused(site: Site) -> None:
    before = site.checksum()

    answer = site.send(site.browser("participant"), "POST", f"{PAGE}/withdraw", version="7")

    assert (answer.status_code, site.checksum()) == (409, before)


def test_the_page_says_what_a_change_does_to_a_round_under_way(site: Site) -> None:
    text = site.browser("participant").get(PAGE).text

    assert text.count("A round is being prepared.") >= 3


def test_the_archive_is_handed_out_to_be_saved(site: Site) -> None:
    answer = site.browser("participant").get(f"{DATA}/archive")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="north-my-data.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert b"Mei Tanaka" in archive.read("data.json")


def test_who_was_erased_is_gone_and_signed_out(site: Site) -> None:
    browser = site.browser("participant")

    answer = site.send(browser, "POST", f"{DATA}/erase", version="1")

    assert (answer.status_code, answer.location) == (303, "/")
    assert browser.get(PAGE).status_code == 303
    assert "Mei Tanaka" not in str(rows(site, "participant")[:4])


def test_signing_out_everywhere_ends_this_session_too(site: Site) -> None:
    browser = site.browser("participant")

    site.send(browser, "POST", "/account/sign-out-everywhere")

    assert browser.get("/account").status_code == 303


def test_signing_out_elsewhere_does_not(site: Site) -> None:
    browser = site.browser("participant")

    site.send(browser, "POST", "/account/sign-out-elsewhere")

    assert browser.get("/account").status_code == 200


def test_a_new_time_zone_is_saved_and_an_unknown_one_refused(site: Site) -> None:
    browser = site.browser("participant")

    refused = site.send(browser, "POST", "/account/time-zone", time_zone="Mars/Base")
    site.send(browser, "POST", "/account/time-zone", time_zone="Europe/Paris")

    assert (refused.status_code, mei(site)["time_zone"]) == (422, "Europe/Paris")


def test_one_person_switches_between_their_programmes(site: Site) -> None:
    text = site.browser("participant of both").get("/account").text

    assert "/my/north" in text
    assert f"/my/{site.world.south.slug}" in text


def test_coordinators_see_what_somebody_asks(site: Site) -> None:
    address = f"/programmes/north/participants/{mei(site)['id']}"

    text = site.browser("coordinator").get(address).text

    assert "rival@firm.example" in text
    assert "private to coordinators" in text


def test_the_box_to_be_listed_is_kept_with_the_sign_up(site: Site) -> None:
    change(site, agreed_to_be_listed="yes")

    assert mei(site)["agreed_to_be_listed"] == 1
