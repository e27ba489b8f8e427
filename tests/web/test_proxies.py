from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from mentormatch.app import create_app
from mentormatch.persistence.database import Transactions, db
from mentormatch.persistence.models import SignInRequest
from mentormatch.services.secrets_kept import hash_of
from tests.installations import settings_for

WhoAsks = Callable[[int], str]


@pytest.fixture
def who_asks(database_url: str, tmp_path: Path) -> WhoAsks:
    """Ask for a link through some proxies; return the hash of the address that is counted."""

    def who_asks(proxies: int) -> str:
        app = create_app(replace(settings_for(database_url, tmp_path), proxies=proxies))
        app.config["WTF_CSRF_ENABLED"] = False
        claims = {"X-Forwarded-For": "198.51.100.66, 203.0.113.7"}
        app.test_client().post("/sign-in/", data={"email": "a@b.example"}, headers=claims)
        with app.app_context():
            with Transactions().reading() as session:
                found = session.scalars(sa.select(SignInRequest.client)).one()
            db.engine.dispose()
        return found

    return who_asks


def test_without_proxies_what_a_client_says_of_its_address_is_passed_over(who_asks: WhoAsks) -> None:
    assert who_asks(0) == hash_of("127.0.0.1")


def test_behind_one_proxy_the_address_is_the_one_the_proxy_saw(who_asks: WhoAsks) -> None:
    assert who_asks(1) == hash_of("203.0.113.7")
