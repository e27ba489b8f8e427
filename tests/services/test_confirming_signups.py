import pytest
import sqlalchemy as sa

from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Participant
from mentormatch.services.bundle import Services
from tests.builders.accounts import add_account
from tests.builders.people import mentee
from tests.builders.programmes import add_participant, add_programme


def states() -> list[SignupState]:
    with Transactions().reading() as session:
        return list(session.scalars(sa.select(Participant.state).order_by(Participant.id)))


@pytest.fixture
def ana(services: Services) -> tuple[int, int]:
    """Sign one mailbox up to two programmes, both unconfirmed; return the first programme and the account."""
    with Transactions().writing() as session:
        programmes = [add_programme(session, slug=slug) for slug in ("north", "south")]
        for programme in programmes:
            add_participant(session, programme.id, mentee(email="ana@firm.example"), state=SignupState.UNCONFIRMED)
        return programmes[0].id, add_account(session, "ana@firm.example").id


def test_confirming_one_sign_up_says_nothing_of_another(services: Services, ana: tuple[int, int]) -> None:
    services.confirming_signups.confirm(*ana)

    assert states() == [SignupState.ACTIVE, SignupState.UNCONFIRMED]


def test_confirming_twice_changes_nothing_more(services: Services, ana: tuple[int, int]) -> None:
    services.confirming_signups.confirm(*ana)
    services.confirming_signups.confirm(*ana)

    assert states() == [SignupState.ACTIVE, SignupState.UNCONFIRMED]


def test_signing_in_without_a_programme_confirms_nothing(services: Services, ana: tuple[int, int]) -> None:
    services.appointing_coordinators.appoint("ana@firm.example")
    token = services.appointing_coordinators.console_link("ana@firm.example").rpartition("/")[2]

    services.signing_in.by_link(token, browser="any browser")

    assert states() == [SignupState.UNCONFIRMED, SignupState.UNCONFIRMED]
