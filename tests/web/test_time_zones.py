"""The time zones of a form."""

import pytest

from mentormatch.schemas.fields import time_zones
from mentormatch.web.time_zones import time_zone_groups

CHOICES = [zone for _, zones in time_zone_groups() for zone, _ in zones]


def test_every_zone_that_can_be_chosen_is_one_that_can_be_kept() -> None:
    assert set(CHOICES) <= time_zones()


def test_no_zone_stands_twice() -> None:
    assert len(CHOICES) == len(set(CHOICES))


@pytest.mark.parametrize("zone", ["Europe/Oslo", "Asia/Kolkata", "America/Argentina/Buenos_Aires", "UTC"])
def test_people_find_the_city_of_their_own_country(zone: str) -> None:
    assert zone in CHOICES


def test_a_zone_is_called_by_its_city_first() -> None:
    words = {zone: called for _, zones in time_zone_groups() for zone, called in zones}

    assert words["America/Argentina/Buenos_Aires"] == "Buenos Aires, Argentina"
