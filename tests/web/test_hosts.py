"""The site answers to its own name only, and never repeats another one."""

import pytest

from tests.web.routes import ROUTES, Route
from tests.web.sites import Site

pytestmark = pytest.mark.slow

EVIL = "evil.example"
FORWARDED = {"X-Forwarded-Host": EVIL, "X-Forwarded-For": "1.2.3.4", "Forwarded": f"host={EVIL}", "X-Host": EVIL}


@pytest.mark.parametrize("host", [EVIL, "localhost.evil.example", "evil.example:80", "localhost@evil.example", "[::1"])
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_request_for_another_host_is_refused(site: Site, route: Route, host: str) -> None:
    before = site.checksum()
    answer = site.browser("coordinator").open(
        route.address(site.world.north), method=route.method, headers={"Host": host}
    )

    assert (answer.status_code, EVIL.encode() in answer.data, site.checksum()) == (400, False, before)


@pytest.mark.parametrize("name", ["visitor", "coordinator"])
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_forwarded_host_is_never_repeated(site: Site, route: Route, name: str) -> None:
    client, address = site.browser(name), route.address(site.world.north)
    plain = client.open(address, method=route.method, data=site.form() if route.method != "GET" else None)
    forwarded = client.open(
        address, method=route.method, data=site.form() if route.method != "GET" else None, headers=FORWARDED
    )

    assert EVIL.encode() not in forwarded.data + str(forwarded.headers).encode()
    assert plain.status_code < 500
