"""What is built once for many tests is put back for each as if it were new."""

import sqlalchemy as sa
from flask import Flask

from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Programme
from tests.builders.programmes import add_programme
from tests.standing_databases import KeptBuildings, Standing


def add(app: Flask, slug: str) -> int:
    with app.app_context(), Transactions().writing() as session:
        return add_programme(session, slug=slug).id


def slugs(app: Flask) -> list[str]:
    with app.app_context(), Transactions().reading() as session:
        return list(session.scalars(sa.select(Programme.slug).order_by(Programme.id)))


def test_what_a_test_does_to_a_building_is_gone_when_it_stands_again(app: Flask, standing: Standing) -> None:
    buildings, built = KeptBuildings(), list[int]()

    def build() -> dict[str, int]:
        built.append(add(app, "north"))
        return {"north": built[-1]}

    first = buildings.stand(standing, app, "a_programme", build)
    first["south"] = south = add(app, "south")
    again = buildings.stand(standing, app, "a_programme", build)

    assert len(built) == 1
    assert again == {"north": built[0]}
    assert slugs(app) == ["north"]
    assert add(app, "west") == south
