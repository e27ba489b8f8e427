from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from mentormatch.domain.errors import NotFound
from mentormatch.domain.notices import NoticeKind, NoticeSearch, NoticeState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice, Programme, Proposal
from mentormatch.services.bundle import Services
from mentormatch.services.reading_notices import PAGE_SIZE, NoticePage
from tests.builders.accounts import NOW
from tests.builders.outboxes import add_published_round
from tests.builders.people import mentee
from tests.builders.programmes import add_participant, add_programme
from tests.builders.rounds import add_notice


@pytest.fixture
def programme_id(services: Services) -> int:
    with Transactions().writing() as session:
        programme_id = add_programme(session).id
        add_published_round(session, programme_id)
        return programme_id


def add(name: str, **differing: Any) -> int:  # noqa: ANN401 -- any column of a notice
    """Add a notice to somebody of this name; return its id."""
    with Transactions().writing() as session:
        programme_id = session.scalars(sa.select(Programme.id).order_by(Programme.id)).first() or 0
        proposal = session.scalars(sa.select(Proposal)).one()
        person = add_participant(session, programme_id, mentee(name=name, email=f"{name.lower()}@firm.example"))
        return add_notice(session, proposal, person, **differing).id


def found(services: Services, programme_id: int, page: int = 1, **search: Any) -> NoticePage:  # noqa: ANN401 -- any filter
    return services.reading_notices.page(programme_id, NoticeSearch(**search), page)


def names(page: NoticePage) -> list[str]:
    return [line.name for line in page.lines]


def test_a_programme_without_mails_has_one_empty_page(services: Services, programme_id: int) -> None:
    page = found(services, programme_id)

    assert (page.lines, page.in_all, page.pages, page.is_narrowed) == ((), 0, 1, False)


def test_mails_that_need_somebody_come_first_then_the_newest(services: Services, programme_id: int) -> None:
    add("Failed", state=NoticeState.FAILED)
    add("Older", state=NoticeState.SENT)
    add("Newer", state=NoticeState.SENT)

    assert names(found(services, programme_id)) == ["Failed", "Newer", "Older"]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ({"state": NoticeState.FAILED}, ["Ana"]),
        ({"kind": NoticeKind.MENTOR}, ["Bo"]),
        ({"round_number": 1}, ["Ana", "Bo"]),
        ({"round_number": 2}, []),
        ({"text": "no such mailbox"}, ["Ana"]),
        ({"text": "BO@FIRM"}, ["Bo"]),
        ({"text": "100%"}, []),
        ({"twice": True}, ["Bo"]),
    ],
)
def test_mails_are_found_by_what_a_coordinator_knows(
    services: Services, programme_id: int, search: dict[str, Any], expected: list[str]
) -> None:
    add("Bo", state=NoticeState.SENT, kind=NoticeKind.MENTOR, doubts=1)
    add("Ana", state=NoticeState.FAILED, reply="550 No such mailbox")

    page = found(services, programme_id, **search)

    assert (names(page), page.found, page.in_all) == (expected, len(expected), 2)


def test_counts_lead_to_every_state_and_kind_whatever_is_looked_for(services: Services, programme_id: int) -> None:
    add("Bo", state=NoticeState.SENT, kind=NoticeKind.MENTOR)
    add("Ana", state=NoticeState.IN_DOUBT)

    page = found(services, programme_id, state=NoticeState.SENT)

    assert page.by_state == {NoticeState.SENT: 1, NoticeState.IN_DOUBT: 1}
    assert page.by_kind == {NoticeKind.MENTOR: 1}
    assert page.maybe_twice == 1


def test_cancelled_mails_show_only_when_asked_for(services: Services, programme_id: int) -> None:
    add("Ana", state=NoticeState.CANCELLED)

    assert names(found(services, programme_id)) == []
    assert names(found(services, programme_id, state=NoticeState.CANCELLED)) == ["Ana"]


def test_a_mail_that_was_sent_again_gives_its_place_to_its_successor(services: Services, programme_id: int) -> None:
    old_id = add("Ana", state=NoticeState.FAILED)
    with Transactions().writing() as session:
        old = session.get_one(Notice, old_id)
        kept = {c: getattr(old, c) for c in ("programme_id", "round_id", "proposal_id", "publication")}
        new = Notice(
            **kept,
            participant_id=old.participant_id,
            revision=2,
            kind=old.kind,
            state=NoticeState.SENT,
            recipient="right@firm.example",
            subject=old.subject,
            message_id="<n.again@test.example>",
            message=old.message,
            created_at=NOW,
            next_at=NOW,
        )
        session.add(new)

    page = found(services, programme_id)

    assert [line.recipient for line in page.lines] == ["right@firm.example"]
    assert page.by_state == {NoticeState.SENT: 1}
    assert services.reading_notices.one(programme_id, old_id).newer_id == page.lines[0].id


def test_a_page_beyond_the_last_one_is_the_last_one(services: Services, programme_id: int) -> None:
    with Transactions().writing() as session:
        proposal = session.scalars(sa.select(Proposal)).one()
        person = add_participant(session, programme_id, mentee())
        for n in range(PAGE_SIZE + 1):
            add_notice(session, proposal, person, revision=1, publication=n + 1, message_id=f"<n.{n}@test.example>")

    page = found(services, programme_id, page=9)

    assert (page.page, page.pages, len(page.lines), page.found) == (2, 2, 1, PAGE_SIZE + 1)


@pytest.mark.parametrize("kind", [NoticeKind.CONFIRM_SIGNUP, NoticeKind.ALREADY_SIGNED_UP, NoticeKind.SIGN_IN])
def test_a_mail_with_a_secret_link_has_no_text_to_show(services: Services, programme_id: int, kind: NoticeKind) -> None:
    with Transactions().writing() as session:
        row = Notice(
            programme_id=programme_id,
            kind=kind,
            state=NoticeState.SENDING,
            recipient="ana@firm.example",
            subject="Confirm your sign-up",
            message_id="<n.secret@test.example>",
            message=b"Content-Type: text/html\r\n\r\nhttp://localhost/sign-in/secret\r\n",
            created_at=NOW,
            next_at=NOW,
            lease_until=NOW + timedelta(minutes=2),
        )
        session.add(row)
        session.flush()
        notice_id = row.id

    assert services.reading_notices.one(programme_id, notice_id).mail is None
    with pytest.raises(NotFound):
        services.reading_notices.html(programme_id, notice_id)


def test_a_notice_of_another_programme_is_like_one_that_does_not_exist(services: Services, programme_id: int) -> None:
    notice_id = add("Ana")
    with Transactions().writing() as session:
        other_id = add_programme(session, slug="south").id

    for wanted in ((other_id, notice_id), (programme_id, 2_000_000)):
        with pytest.raises(NotFound, match="no such notice"):
            services.reading_notices.one(*wanted)
