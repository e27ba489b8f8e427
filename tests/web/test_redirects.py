"""Nobody is led away from the site by an address that somebody else wrote."""

from urllib.parse import urlencode, urljoin, urlsplit

import pytest
import sqlalchemy as sa

from mentormatch.persistence.database import db
from mentormatch.persistence.models import SignInRequest
from mentormatch.services.secrets_kept import hash_of
from mentormatch.web.addresses import safe_path
from tests.builders.accounts import NOW
from tests.web.parameters import others_than, parameters_read
from tests.web.routes import ROUTES, Route
from tests.web.sites import Site

pytestmark = pytest.mark.slow

AWAY = [
    *("https://evil.example", "http://evil.example", "//evil.example", "///evil.example", "////evil.example"),
    *("https:evil.example", "http:evil.example", "https:/evil.example", "https:///evil.example", "ftp://evil.example"),
    *("\\\\evil.example", "/\\evil.example", "\\/evil.example", "/\\/evil.example", "/\\\\evil.example"),
    *("/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/\r/evil.example", " //evil.example"),
    *("/%09/evil.example", "/%5cevil.example", "/%2f/evil.example", "%2f%2fevil.example", "/..//evil.example"),
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "mailto:a@evil.example"),
    *("\x01//evil.example", "/\x00/evil.example", "/\u2028/evil.example", "/\uff0fevil.example", "evil.example"),
    *(
        "/\r\nLocation: https://evil.example",
        "/%0d%0aLocation:%20https://evil.example",
        "@evil.example",
        "?//evil.example",
    ),
    *("/p/north@evil.example", "http://localhost@evil.example", "http://localhost:80//evil.example", "/" * 300, "#x"),
]
PLAIN_AND_SLY = ["https://evil.example", "/\\evil.example"]
"""What is caught by any check at all, and what only a good one catches; all others are tried on `safe_path` itself."""
OURS = [
    "/",
    "/programmes",
    "/p/north",
    "/p/north/my-sign-up",
    "/programmes/north/participants?q=a&page=2",
    "/p/north#x",
]


def leads_away(location: str) -> bool:
    """Follow an address as browsers do, which take a backslash for a slash."""
    return urlsplit(urljoin("http://localhost/", location.replace("\\", "/"))).netloc != "localhost"


@pytest.mark.parametrize("wanted", AWAY)
def test_an_address_that_leads_away_is_not_followed(site: Site, wanted: str) -> None:
    with site.app.test_request_context():
        assert safe_path(wanted, "/the-default") == "/the-default"


@pytest.mark.parametrize("wanted", OURS)
def test_a_page_of_ours_is_followed(site: Site, wanted: str) -> None:
    with site.app.test_request_context():
        assert safe_path(wanted, "/the-default") == wanted


@pytest.mark.parametrize("wanted", AWAY)
def test_signing_in_leads_to_a_page_of_ours(site: Site, wanted: str) -> None:
    client = site.browser("visitor")
    sent = client.post("/sign-in/", data=site.form(email="mei@firm.example", next=wanted.replace("\x00", "")))
    with site.app.app_context(), db.engine.begin() as connection:
        newest = sa.select(sa.func.max(SignInRequest.id)).scalar_subquery()
        known = {"token_hash": hash_of("mailed"), "expires_at": NOW.replace(year=2027), "mailed_at": NOW}
        connection.execute(sa.update(SignInRequest).where(SignInRequest.id == newest).values(**known))
    arrived = client.post("/sign-in/mailed", data=site.form())

    assert (sent.status_code, sent.location) in {(303, "/sign-in/sent"), (422, None)}
    assert (arrived.status_code, arrived.location) == (303, "/arrive") if sent.status_code == 303 else (403, None)


@pytest.mark.parametrize("name", ["visitor", "coordinator"])
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_no_parameter_leads_away(site: Site, route: Route, name: str) -> None:
    read = parameters_read(site, route, name)
    away = [
        answer.location
        for names in [*((each,) for each in read), others_than(read)]
        for wanted in PLAIN_AND_SLY
        for query in [urlencode(dict.fromkeys(names, wanted))]
        for answer in [site.send(site.browser(name), route.method, f"{route.address(site.world.north)}?{query}")]
        if answer.location and leads_away(answer.location)
    ]

    assert away == []
