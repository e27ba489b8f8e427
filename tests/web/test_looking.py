"""Looking never changes anything, and every answer carries what protects the person who looks."""

from itertools import product

import pytest
from werkzeug.test import TestResponse

from tests.web.routes import GETS, ROUTES, UNSAFE, Route
from tests.web.sites import Site

pytestmark = pytest.mark.slow

CAST = ("visitor", "participant", "coordinator")
NOT_FOR_METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "BREW")
MAIL_ALONE = ("notices.html_part", "mail_texts.formatted")
"""A mail is styled in its elements, which no page of ours may be; it is shown in a frame of its own."""


@pytest.mark.parametrize("route", GETS, ids=str)
def test_looking_changes_nothing(site: Site, route: Route) -> None:
    before = site.checksum()
    for name, room, method in product(site.cast, (site.world.north, site.world.south), ("GET", "HEAD", "OPTIONS")):
        site.browser(name).open(route.address(room), method=method)

    assert site.checksum() == before


@pytest.mark.parametrize("route", GETS, ids=str)
def test_asking_for_the_head_gives_the_status_of_the_page_and_no_body(site: Site, route: Route) -> None:
    address = route.address(site.world.north)
    for name in ("visitor", "coordinator", "participant"):
        page, head = site.browser(name).get(address), site.browser(name).head(address)

        assert (head.status_code, head.data) == (page.status_code, b"")


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_method_that_no_page_knows_is_refused(site: Site, route: Route) -> None:
    before, address = site.checksum(), route.address(site.world.north)
    asked = list(product(CAST, NOT_FOR_METHODS))
    met = {(name, method): site.browser(name).open(address, method=method).status_code for name, method in asked}

    assert met == dict.fromkeys(asked, 405)
    assert site.checksum() == before


def policy_of(answer: TestResponse) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize("name", ["visitor", "participant", "coordinator", "coordinator of another"])
@pytest.mark.parametrize("route", [route for route in ROUTES if route.endpoint not in MAIL_ALONE], ids=str)
def test_no_page_runs_or_frames_what_is_not_ours(site: Site, route: Route, name: str) -> None:
    policy = policy_of(site.send(site.browser(name), route.method, route.address(site.world.north)))

    assert "unsafe" not in str(policy)
    assert (policy["default-src"], policy["frame-ancestors"], policy["base-uri"]) == ("'none'", "'none'", "'none'")
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"


@pytest.mark.parametrize("endpoint", MAIL_ALONE)
def test_a_mail_is_shown_alone_without_script_or_forms(site: Site, endpoint: str) -> None:
    route = next(route for route in ROUTES if route.endpoint == endpoint)
    policy = policy_of(site.send(site.browser("coordinator"), route.method, route.address(site.world.north)))

    assert policy.pop("style-src") == "'unsafe-inline'"
    assert policy == {
        "sandbox": "",
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
    }


@pytest.mark.parametrize("name", ["visitor", "participant", "coordinator", "coordinator of another"])
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_answer_carries_the_headers_that_protect(site: Site, route: Route, name: str) -> None:
    answer = site.send(site.browser(name), route.method, route.address(site.world.north))

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert ("no-store" in answer.headers.get("Cache-Control", "")) is (route.endpoint != "static")
    assert "Server" not in answer.headers


@pytest.mark.parametrize("path", ["/nowhere", "/programmes/%00", "/sign-in/\u20ac", "/" + "x" * 8192])
def test_a_page_that_does_not_exist_is_protected_too(site: Site, path: str) -> None:
    answer = site.browser("visitor").get(path)

    assert answer.status_code in {200, 400, 404}
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(site: Site) -> None:
    cookie = site.app.test_client().get("/sign-in/").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_every_change_is_asked_for_by_post() -> None:
    assert {route.method for route in ROUTES if route.method in UNSAFE} == {"POST"}
