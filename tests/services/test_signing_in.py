"""A mailed link works once and a code is guessed five times at most, also when all try at the same instant."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.errors import LinkRefused
from mentormatch.domain.notices import NoticeKind
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, BrowserSession, Coordinatorship, SignInRequest
from mentormatch.services.bundle import Services
from mentormatch.services.secrets_kept import hash_of, is_same
from tests.builders.accounts import NOW, add_account, add_browser_session, add_coordinator
from tests.builders.programmes import add_programme

AT_ONCE = 50
EMAIL = "ana@firm.example"


@pytest.fixture
def mailed(services: Services) -> Services:
    """A request whose mail is out: link "token" and code 12345678, for the browser "ours"."""
    with Transactions().writing() as session:
        add_account(session, EMAIL)
        request = SignInRequest(
            kind=NoticeKind.SIGN_IN,
            mailbox=EMAIL,
            email=EMAIL,
            browser_hash=hash_of("ours"),
            client="",
            next_path="/",
            requested_at=NOW,
            mailed_at=NOW,
            token_hash=hash_of("token"),
            code_hash=hash_of("12345678"),
            expires_at=NOW + timedelta(minutes=10),
        )
        session.add(request)
    return services


def at_once(app: Flask, attempt: Callable[[int], object]) -> list[object]:
    """Make fifty attempts at the same instant; a refusal counts as None."""

    def one(number: int) -> object:
        with app.app_context():
            try:
                return attempt(number)
            except LinkRefused:
                return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def count(model: type[BrowserSession | SignInRequest]) -> int:
    with Transactions().reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_fifty_uses_of_one_link_at_once_make_one_session(app: Flask, mailed: Services) -> None:
    outcomes = at_once(app, lambda _: mailed.signing_in.by_link("token", browser="ours"))

    assert (sum(o is not None for o in outcomes), count(BrowserSession)) == (1, 1)


def test_fifty_uses_of_one_code_at_once_make_one_session(app: Flask, mailed: Services) -> None:
    outcomes = at_once(app, lambda _: mailed.signing_in.by_code("12345678", browser="ours"))

    assert (sum(o is not None for o in outcomes), count(BrowserSession)) == (1, 1)


def test_fifty_wrong_codes_at_once_are_five_tries_and_the_right_one_is_worthless(
    app: Flask, mailed: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def compare_slowly(secret: str, kept: str | None) -> bool:
        compared.append(secret)
        Event().wait(0.02)  # long enough for the others to look meanwhile how many tries are left
        return is_same(secret, kept)

    monkeypatch.setattr("mentormatch.services.signing_in.is_same", compare_slowly)
    at_once(app, lambda number: mailed.signing_in.by_code(f"{number:08d}", browser="ours"))

    assert len(compared) == 5
    with pytest.raises(LinkRefused):
        mailed.signing_in.by_code("12345678", browser="ours")


def test_signing_out_ends_the_session_at_once(services: Services) -> None:
    with Transactions().writing() as session:
        token = add_browser_session(session, add_account(session, EMAIL).id)
    assert services.knowing_viewers.viewer(token).is_signed_in

    services.signing_in.sign_out(token)

    assert not services.knowing_viewers.viewer(token).is_signed_in


def test_a_right_that_is_taken_away_is_gone_at_the_next_look(services: Services) -> None:
    with Transactions().writing() as session:
        programme = add_programme(session).id
        token = add_browser_session(session, add_coordinator(session, EMAIL, programme).id)
    assert services.knowing_viewers.viewer(token).coordinates == {programme}

    with Transactions().writing() as session:
        session.execute(sa.delete(Coordinatorship))

    assert services.knowing_viewers.viewer(token).coordinates == frozenset()


def test_a_disabled_account_is_nobody_at_the_next_look(services: Services) -> None:
    with Transactions().writing() as session:
        token = add_browser_session(session, add_account(session, EMAIL).id)
    assert services.knowing_viewers.viewer(token).is_signed_in

    with Transactions().writing() as session:
        session.execute(sa.update(Account).values(disabled_at=NOW))

    assert not services.knowing_viewers.viewer(token).is_signed_in


def test_a_disabled_account_cannot_sign_in_again(mailed: Services) -> None:
    with Transactions().writing() as session:
        session.execute(sa.update(Account).values(disabled_at=NOW))

    with pytest.raises(LinkRefused):
        mailed.signing_in.by_link("token", browser="ours")
    assert count(BrowserSession) == 0
