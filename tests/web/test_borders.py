"""Nobody learns anything of a programme that is none of theirs: not its texts, not even that it exists."""

from collections.abc import Iterator
from itertools import product

import pytest

from tests.builders.world import CANARY, Room
from tests.web.expectations import may_enter
from tests.web.parameters import BEGUN, others_than, parameters_read
from tests.web.routes import GETS, OF_A_PROGRAMME, OF_A_THING, ROUTES, Route, missing
from tests.web.sites import Site, seen

pytestmark = pytest.mark.slow

STRANGERS_TO_SOUTH = ("visitor", "creator", "coordinator", "former coordinator", "participant", "disabled coordinator")
PUBLIC = {route.endpoint for route in ROUTES if route.endpoint.startswith("public.") or route.endpoint == "home.home"}
"""What a programme shows to everybody, so that its name and purpose are no secret there."""

KEPT_OUT = [
    (route, name) for route, name in product(OF_A_PROGRAMME, STRANGERS_TO_SOUTH) if not may_enter(route, name, "south")
]


@pytest.mark.parametrize(("route", "name"), KEPT_OUT, ids=str)
def test_another_programme_answers_like_one_that_does_not_exist(site: Site, route: Route, name: str) -> None:
    nowhere = "no-such-programme"
    real = site.send(site.browser(name), route.method, route.address(site.world.south))
    none = site.send(site.browser(name), route.method, route.address(site.world.south, slug=nowhere))

    assert seen(real, site.world.south.slug) == seen(none, nowhere)


@pytest.mark.parametrize("route", OF_A_THING, ids=str)
def test_a_thing_of_another_programme_answers_like_one_that_does_not_exist(site: Site, route: Route) -> None:
    foreign = {part: site.world.south.ids[part] for part in route.things}
    nothing = {part: missing(part) for part in route.things}
    real = site.send(site.browser("coordinator"), route.method, route.address(site.world.north, **foreign))
    none = site.send(site.browser("coordinator"), route.method, route.address(site.world.north, **nothing))

    assert seen(real, *(f"/{n}" for n in foreign.values())) == seen(none, *(f"/{n}" for n in nothing.values()))


def addresses(route: Route, north: Room, south: Room) -> Iterator[str]:
    """Yield the addresses of a route within north, and those that reach for things of south."""
    yield route.address(north)
    for part in sorted(route.things):
        yield route.address(north, **{part: south.ids[part]})
    if route.endpoint not in PUBLIC and "slug" in route.parts:
        yield route.address(south)


@pytest.mark.parametrize("name", STRANGERS_TO_SOUTH)
@pytest.mark.parametrize("route", [route for route in GETS if route.endpoint != "home.home"], ids=str)
def test_no_byte_of_another_programme_reaches_anybody(site: Site, route: Route, name: str) -> None:
    south, client = site.world.south, site.browser(name)
    reaching = (CANARY[:-1], "%", str(south.programme_id)) if may_enter(route, name, "north") else ()
    read = parameters_read(site, route, name) if reaching else []
    begun, asked = BEGUN.get(route.endpoint, {}), [*((each,) for each in read), others_than(read)]
    leaks = [
        f"{address}?{query}"
        for address in addresses(route, site.world.north, south)
        for query in [{}, *(begun | dict.fromkeys(names, value) for names, value in product(asked, reaching))]
        if CANARY.encode() in client.get(address, query_string=query).data.replace(south.slug.encode(), b"")
    ]

    assert leaks == []


def test_the_canary_would_be_seen(site: Site) -> None:
    """Proof that the crawl above looks where something is to be seen: inside, south's texts are on the pages."""
    told = b"".join(
        site.browser("coordinator of another").get(r.address(site.world.south)).data for r in GETS if "slug" in r.parts
    )

    assert told.count(CANARY.encode()) > 10
