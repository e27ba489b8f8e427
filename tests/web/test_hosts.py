"""The site answers to its own name only, and never repeats another one."""

import pytest

from tests.web.routes import ROUTES, Route
from tests.web.sites import Site

pytestmark = pytest.mark.slow

EVIL = "evil.example"
HOSTS = (EVIL, "localhost.evil.example", "evil.example:80", "localhost@evil.example", "[::1")
FORWARDED = {"X-Forwarded-Host": EVIL, "X-Forwarded-For": "1.2.3.4", "Forwarded": f"host={EVIL}", "X-Host": EVIL}


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_request_for_another_host_is_refused(site: Site, route: Route) -> None:
    before, client, address = site.checksum(), site.browser("coordinator"), route.address(site.world.north)
    for host in HOSTS:
        answer = client.open(address, method=route.method, headers={"Host": host})

        assert (host, answer.status_code, EVIL.encode() in answer.data) == (host, 400, False)

    assert site.checksum() == before


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
