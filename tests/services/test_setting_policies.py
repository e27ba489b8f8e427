"""Setting a policy and putting the earlier one back, on both databases."""

from dataclasses import replace
from typing import Any, Final

import pytest
import sqlalchemy as sa

from mentormatch.domain.actors import Actor
from mentormatch.domain.errors import Conflict
from mentormatch.domain.policies import Objective
from mentormatch.domain.programmes import PolicySettings
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, Programme
from mentormatch.persistence.repositories.programmes import MOST_EARLIER_POLICIES
from mentormatch.services.bundle import Services
from tests.builders.accounts import add_account
from tests.builders.programmes import add_programme

OTHER: Final[dict[str, Any]] = {"objective": Objective.PARTICIPATION, "floor_percent": 20, "other_site_only": True}


@pytest.fixture
def cora(services: Services) -> Actor:
    with Transactions().writing() as session:
        return Actor.account(add_account(session, "cora@firm.example").id)


@pytest.fixture
def north(services: Services) -> int:
    with Transactions().writing() as session:
        return add_programme(session).id


def policy(services: Services, north: int) -> PolicySettings:
    return services.editing_programmes.look(north).settings.policy_settings()


def kept(north: int) -> tuple[int, int, list[str]]:
    with Transactions().reading() as session:
        row = session.get_one(Programme, north)
        said = session.scalars(sa.select(AuditEntry.why).where(AuditEntry.object_table == "programme"))
        return row.version, row.inputs_version, list(said)


def test_a_policy_is_set_with_an_audit_row_and_makes_proposals_old(services: Services, cora: Actor, north: int) -> None:
    chosen = replace(policy(services, north), **OTHER)

    services.policies.setting.change(north, chosen, seen=1, actor=cora)

    assert policy(services, north) == chosen
    why = "policy: floor_percent: 10 to 20, objective: coverage to participation, other_site_only: False to True"
    assert kept(north) == (2, 1, [why])


def test_the_earlier_policy_and_the_one_of_now_change_places(services: Services, cora: Actor, north: int) -> None:
    before = policy(services, north)
    after = replace(before, **OTHER)
    services.policies.setting.change(north, after, seen=1, actor=cora)

    services.policies.setting.put_back(north, seen=2, actor=cora)
    assert policy(services, north) == before

    services.policies.setting.put_back(north, seen=3, actor=cora)
    assert policy(services, north) == after


def test_every_earlier_policy_can_be_put_back_and_none_is_lost(services: Services, cora: Actor, north: int) -> None:
    first = policy(services, north)
    second, third = replace(first, floor_percent=20), replace(first, **OTHER | {"floor_percent": 30})
    for seen, chosen in enumerate((second, third), start=1):
        services.policies.setting.change(north, chosen, seen=seen, actor=cora)

    services.policies.setting.put_back(north, seen=3, actor=cora, which=2)

    assert policy(services, north) == first
    assert services.policies.weighing.glance(north).now.earlier == (third, second)


def test_the_oldest_of_many_earlier_policies_goes(services: Services, cora: Actor, north: int) -> None:
    first = policy(services, north)
    for n in range(1, MOST_EARLIER_POLICIES + 3):
        services.policies.setting.change(north, replace(first, floor_percent=10 + n), seen=n, actor=cora)

    earlier = services.policies.weighing.glance(north).now.earlier

    assert [one.floor_percent for one in earlier] == list(range(11 + MOST_EARLIER_POLICIES, 11, -1))


def test_an_earlier_policy_that_there_is_not_is_refused(services: Services, cora: Actor, north: int) -> None:
    services.policies.setting.change(north, replace(policy(services, north), floor_percent=20), seen=1, actor=cora)

    with pytest.raises(Conflict):
        services.policies.setting.put_back(north, seen=2, actor=cora, which=2)


def test_the_same_policy_again_changes_nothing(services: Services, cora: Actor, north: int) -> None:
    services.policies.setting.change(north, policy(services, north), seen=1, actor=cora)

    assert kept(north) == (1, 0, [])


def test_what_somebody_else_set_is_not_overwritten(services: Services, cora: Actor, north: int) -> None:
    before = policy(services, north)
    services.policies.setting.change(north, replace(before, floor_percent=20), seen=1, actor=cora)

    with pytest.raises(Conflict):
        services.policies.setting.change(north, replace(before, floor_percent=30), seen=1, actor=cora)

    assert policy(services, north).floor_percent == 20


def test_there_is_nothing_to_put_back_before_anything_was_set(services: Services, cora: Actor, north: int) -> None:
    with pytest.raises(Conflict):
        services.policies.setting.put_back(north, seen=1, actor=cora)
