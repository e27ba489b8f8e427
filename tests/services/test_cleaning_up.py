"""What is kept for a time only is deleted when the time is over, on both databases."""

import pytest
import sqlalchemy as sa

from mentormatch.domain.notices import NoticeKind
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import BrowserSession, ImportedFile, SignInRequest
from mentormatch.services.bundle import Services
from mentormatch.worker.loops import TASKS
from tests.builders.accounts import NOW, add_account, add_browser_session
from tests.builders.imports import add_imported_file
from tests.builders.people import mentee
from tests.builders.programmes import add_programme
from tests.installations import StandingClock

KINDS = (SignInRequest, BrowserSession, ImportedFile)


@pytest.fixture
def kept(services: Services) -> None:
    """A link that was asked for, a signed-in browser and a file that waits, all of this moment."""
    with Transactions().writing() as session:
        account = add_account(session, "mei@firm.example")
        add_browser_session(session, account.id)
        add_imported_file(session, add_programme(session).id, [mentee()], sent_by=account.id)
        request = {"mailbox": "mei@firm.example", "email": "mei@firm.example", "next_path": "/", "client": "0" * 64}
        session.add(SignInRequest(kind=NoticeKind.SIGN_IN, requested_at=NOW, **request))


def left() -> list[int]:
    with Transactions().reading() as session:
        return [session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0 for kind in KINDS]


@pytest.mark.parametrize(
    ("hours", "expected"), [(0, [1, 1, 1]), (11.9, [1, 1, 1]), (12, [1, 0, 1]), (23.9, [1, 0, 1]), (24.1, [0, 0, 0])]
)
def test_each_is_deleted_when_its_own_time_is_over(
    services: Services, clock: StandingClock, kept: None, hours: float, expected: list[int]
) -> None:
    clock.forward(hours=hours)

    services.own.cleaning.clean()

    assert left() == expected


def test_what_was_imported_stays_known(services: Services, clock: StandingClock, kept: None) -> None:
    with Transactions().writing() as session:
        session.execute(sa.update(ImportedFile).values(content=None, applied_at=NOW, added=1, changed=0))
    clock.forward(days=30)

    services.own.cleaning.clean()

    assert left() == [0, 0, 1]


def test_the_worker_cleans_when_it_is_time_and_not_before(services: Services, clock: StandingClock, kept: None) -> None:
    assert TASKS["cleaning"](services) is False
    clock.forward(days=2)
    services.own.cleaning.clean_next()

    assert left() == [0, 0, 0]


def test_between_two_cleanings_nothing_is_asked_of_the_database(services: Services, clock: StandingClock) -> None:
    services.own.cleaning.clean_next()
    with Transactions().writing() as session:
        add_browser_session(session, add_account(session, "mei@firm.example").id, NOW, NOW)
    clock.forward(minutes=9)

    services.own.cleaning.clean_next()

    assert left()[1] == 1
