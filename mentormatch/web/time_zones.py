"""The time zones to choose from in a form, grouped by region and called by their cities."""

from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Final

from mentormatch.domain.sentences import said

ZoneGroup = tuple[str, tuple[tuple[str, str], ...]]
"""A region, and its zones as (name, what people read)."""

_REGIONS: Final = {
    "Africa": said("Africa"),
    "America": said("Americas"),
    "Antarctica": said("Antarctica"),
    "Arctic": said("Arctic"),
    "Asia": said("Asia"),
    "Atlantic": said("Atlantic Ocean"),
    "Australia": said("Australia"),
    "Europe": said("Europe"),
    "Indian": said("Indian Ocean"),
    "Pacific": said("Pacific"),
}


@cache
def time_zone_groups() -> tuple[ZoneGroup, ...]:
    """Return one zone or more for every country, by region; aliases and fixed offsets are left out."""
    zones = sorted(_names_by_country())
    regions = groupby(zones, key=lambda zone: zone.partition("/")[0])
    groups = [(_REGIONS.get(region, region), tuple(map(_choice, named))) for region, named in regions]
    return (*groups, (said("Everywhere"), (("UTC", "UTC"),)))


def _names_by_country() -> list[str]:
    # zone.tab names a zone for every country; its successor merges countries that keep the same time
    # today, and nobody in Oslo would look for Berlin.
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    return [line.split("\t")[2] for line in table.splitlines() if not line.startswith("#")]


def _choice(zone: str) -> tuple[str, str]:
    city = zone.partition("/")[2].replace("_", " ")
    # The city leads, so that typing its first letters finds it.
    return zone, ", ".join(reversed(city.split("/")))
