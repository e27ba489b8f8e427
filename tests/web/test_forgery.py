"""A change is made only by a form of our own pages, sent from our own pages."""

import pytest

from mentormatch.web.security import takes_mail_programs
from tests.web.routes import CHANGES, Route
from tests.web.sites import Site

pytestmark = pytest.mark.slow

CAST = ("visitor", "participant", "coordinator")
FOR_MAIL_PROGRAMS = {"pairing_links.end_reminders"}
"""The views that mail programs post to by themselves, without a form or a cookie of ours; there are no others."""
GUARDED = [route for route in CHANGES if route.endpoint not in FOR_MAIL_PROGRAMS]
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:8080"},
    {"Origin": "http://localhost@evil.example"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
]
FORGED = [{}, {"csrf_token": ""}, {"csrf_token": "forged"}, {"csrf_token": "x" * 5000}, {"csrf_token": "\x00"}]


def test_only_what_is_listed_takes_posts_without_a_form_of_ours(site: Site) -> None:
    views = site.app.view_functions

    assert {endpoint for endpoint in views if takes_mail_programs(views[endpoint])} == FOR_MAIL_PROGRAMS


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_a_form_without_its_token_is_refused(site: Site, route: Route, name: str) -> None:
    before, address = site.checksum(), route.address(site.world.north)
    met = [site.browser(name).open(address, method=route.method, data=form).status_code for form in FORGED]

    assert (met, site.checksum()) == ([400] * len(FORGED), before)


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_the_token_of_another_browser_is_refused(site: Site, route: Route) -> None:
    other = site.app.test_client()
    met = other.open(route.address(site.world.north), method=route.method, data=site.form())

    assert met.status_code == 400


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_a_form_sent_from_another_site_is_refused(site: Site, route: Route, name: str) -> None:
    before, address = site.checksum(), route.address(site.world.north)
    met = [
        site.browser(name).open(address, method=route.method, data=site.form(), headers=headers).status_code
        for headers in FOREIGN
    ]

    assert (met, site.checksum()) == ([400] * len(FOREIGN), before)


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_a_form_sent_from_our_own_page_is_read(site: Site, route: Route) -> None:
    ours = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    client, address = site.browser("coordinator"), route.address(site.world.north)

    assert client.open(address, method=route.method, data=site.form(), headers=ours).status_code != 400
