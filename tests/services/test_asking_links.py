import sqlalchemy as sa

from mentormatch.domain.notices import NoticeKind
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import SignInRequest
from mentormatch.services.bundle import Services


def ask_as_a_workshop(services: Services, kind: NoticeKind, people: int) -> int:
    """Ask for links for many people behind one address; return how many will get their mail."""
    with Transactions().writing() as session:
        for person in range(people):
            services.asking_links.record(
                session, kind, f"p{person}@firm.example", browser=f"b{person}", client="one address", next_path="/"
            )
            session.flush()
        waiting = sa.select(sa.func.count()).where(SignInRequest.mailed_at.is_(None))
        return session.scalar(waiting) or 0


def test_a_workshop_behind_one_address_can_sign_up_together(services: Services) -> None:
    assert ask_as_a_workshop(services, NoticeKind.CONFIRM_SIGNUP, 60) == 60


def test_even_a_workshop_gets_no_more_than_two_hundred_mails_an_hour(services: Services) -> None:
    assert ask_as_a_workshop(services, NoticeKind.CONFIRM_SIGNUP, 210) == 200


def test_sign_in_links_for_one_address_end_at_twenty(services: Services) -> None:
    assert ask_as_a_workshop(services, NoticeKind.SIGN_IN, 30) == 20
