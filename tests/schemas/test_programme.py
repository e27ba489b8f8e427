"""The settings of a programme between form and domain."""

from collections.abc import Iterable

import pytest
from marshmallow import ValidationError

from mentormatch.domain.competencies import Competency
from mentormatch.domain.positions import Position
from mentormatch.domain.programmes import ProgrammeSettings
from mentormatch.schemas.programme import (
    NewProgrammeSchema,
    ProgrammeSchema,
    emphasis_key,
    form_of,
    suggested_slug,
)
from tests.builders.settings import settings, settings_form

FIRST = emphasis_key(Position.CORPORATE, Competency.STRATEGIC_ORIENTATION)


def load(**differing: str) -> ProgrammeSettings:
    loaded = ProgrammeSchema().load(settings_form(**differing))
    assert isinstance(loaded, ProgrammeSettings)
    return loaded


def faults(form: dict[str, str]) -> Iterable[str]:
    return set(NewProgrammeSchema().validate(form))


def test_a_form_loads_to_settings() -> None:
    assert load() == settings()


def test_settings_read_back_from_their_own_form() -> None:
    switched = settings(teach_level=2, shared_language=False, allow_earlier_pairings=True, purpose="Two\n\nparagraphs")
    points = settings(
        minimum_common_hours=8, other_site_only=True, wish_points=1000, common_hour_points=100, waiting_points=1000
    )

    assert [ProgrammeSchema().load(form_of(changed)) for changed in (switched, points)] == [switched, points]


def test_a_switch_that_a_browser_does_not_send_is_off() -> None:
    form = settings_form()
    del form["shared_language"]

    assert ProgrammeSchema().load(form).shared_language is False


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("purpose", " "),
        ("time_zone", "Berlin"),
        ("opens_at", "2026-13-01T00:00"),
        ("hear_by", "tomorrow"),
        ("hear_by", "2026-03-19"),
        ("teach_level", "0"),
        ("minimum_common_hours", "9"),
        ("wish_points", ""),
        ("wish_points", "1001"),
        ("common_hour_points", "101"),
        ("waiting_points", "-1"),
        ("teach_level", "5"),
        ("floor_percent", "101"),
        ("floor_percent", "-1"),
        ("floor_percent", "٣"),
        ("objective", "fairness"),
        ("required_gold", "100"),
        ("slug", "new"),
        ("slug", "Nord/1"),
        ("slug", "n" * 61),
        (FIRST, "10"),
        (FIRST, ""),
        ("target_corporate_flow_pull", "5"),
    ],
)
def test_what_is_out_of_bounds_is_refused_at_its_field(field: str, typed: str) -> None:
    assert faults(settings_form(**{field: typed})) == {field}


@pytest.mark.parametrize(
    ("opens_at", "closes_at"),
    [("2026-03-02T09:00", "2026-03-02T09:00"), ("2026-03-29T02:45", "2026-03-29T03:15")],
    ids=["at once", "only its local times are in order"],
)
def test_a_window_that_ends_before_it_starts_is_refused(opens_at: str, closes_at: str) -> None:
    assert faults(settings_form(opens_at=opens_at, closes_at=closes_at)) == {"closes_at"}


def test_every_fault_is_told_at_once() -> None:
    form = settings_form(name="", closes_at="2026-02-01T09:00", floor_percent="much")

    assert faults(form) == {"name", "closes_at", "floor_percent"}


def test_a_position_that_needs_nothing_is_refused() -> None:
    nothing = {emphasis_key(Position.CORPORATE, c): "0" for c in Competency}

    with pytest.raises(ValidationError) as refused:
        load(**nothing)

    assert refused.value.messages_dict == {FIRST: ["At least one competency of a position needs an emphasis above 0."]}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("North 2026", "north-2026"),
        ("  Æble & Ørsted – Straße 9 ", "aeble-orsted-strasse-9"),
        ("Łódź", "lodz"),
        ("日本", ""),
        ("a" * 59 + " b", "a" * 59),
    ],
)
def test_a_name_in_addresses_is_suggested_from_the_name(name: str, slug: str) -> None:
    assert suggested_slug(name) == slug


def test_a_blank_name_in_addresses_is_made_from_the_name() -> None:
    slug, _ = NewProgrammeSchema().load(settings_form(slug=" "))

    assert slug == "north-2026"


def test_a_name_that_gives_no_address_asks_for_one() -> None:
    assert faults(settings_form(name="日本")) == {"slug"}
