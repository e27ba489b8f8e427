from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
import sqlalchemy as sa

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.errors import Conflict, InputRefused, NotFound
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, MatchingRound, Notice, Participant, Programme
from mentormatch.services.bundle import Services
from tests.builders.letters import STAMP, VARIANTS, composer
from tests.builders.outboxes import add_published_round
from tests.builders.people import mentee, mentor
from tests.builders.programmes import add_participant, add_programme
from tests.builders.rounds import add_notice

RIGHT = "mei.tanaka@firm.example"


@dataclass(frozen=True)
class Failed:
    """A notice to Mei that failed, in a published round of programme north."""

    services: Services
    programme_id: int
    notice_id: int

    def resend(self, email: str = RIGHT, **differing: Any) -> int:  # noqa: ANN401 -- any argument
        how: dict[str, Any] = {"seen": 1, "keep_address": False, "actor": CONSOLE}
        return self.services.resending_notices.resend(self.programme_id, self.notice_id, email, **how | differing)


@pytest.fixture
def failed(services: Services) -> Failed:
    mail = composer().compose(VARIANTS["mentee"], to="mei@firm.example", stamp=STAMP)
    with Transactions().writing() as session:
        programme_id = add_programme(session).id
        mei = add_participant(session, programme_id, mentee())
        add_participant(session, programme_id, mentor())
        notice = add_notice(
            session,
            add_published_round(session, programme_id),
            mei,
            kind=NoticeKind.MENTEE,
            state=NoticeState.FAILED,
            message=mail.message,
            message_id=mail.message_id,
        )
        return Failed(services, programme_id, notice.id)


def notices() -> list[Notice]:
    with Transactions().reading() as session:
        return list(session.scalars(sa.select(Notice).order_by(Notice.id)))


def parsed(notice: Notice) -> EmailMessage:
    return message_from_bytes(notice.message or b"", policy=SMTP)


def test_the_same_text_goes_out_as_a_new_mail_to_the_corrected_address(failed: Failed) -> None:
    new_id = failed.resend()

    old, new = notices()
    assert (new.id, new.state, new.recipient, new.revision) == (new_id, NoticeState.PENDING, RIGHT, 2)
    assert (parsed(new)["To"], parsed(new)["Message-ID"]) == (RIGHT, new.message_id)
    assert new.message_id != old.message_id
    assert parsed(new).get_body().as_string() == parsed(old).get_body().as_string()  # type: ignore[union-attr]  # both have one


def test_the_failed_notice_stays_as_it_is_and_the_new_one_is_in_the_audit_trail(failed: Failed) -> None:
    new_id = failed.resend()

    assert (notices()[0].state, notices()[0].version) == (NoticeState.FAILED, 1)
    with Transactions().reading() as session:
        why = sa.select(AuditEntry.why).where(AuditEntry.object_id == new_id, AuditEntry.object_table == "notice")
        assert session.scalar(why) == f"sent again after notice {failed.notice_id}"


def test_the_participants_address_is_corrected_only_when_asked(failed: Failed) -> None:
    def address() -> tuple[str, str, int]:
        with Transactions().reading() as session:
            person = session.scalars(sa.select(Participant).order_by(Participant.id)).first()
            assert person is not None
            return person.email, person.mailbox, session.scalar(sa.select(Programme.inputs_version)) or 0

    failed.resend()
    assert address() == ("mei@firm.example", "mei@firm.example", 0)

    again = Failed(failed.services, failed.programme_id, failed.notice_id)
    with Transactions().writing() as session:
        session.execute(sa.delete(Notice).where(Notice.revision == 2))
    again.resend("Mei.Tanaka@firm.example", keep_address=True)

    assert address() == ("Mei.Tanaka@firm.example", RIGHT, 1)


def test_a_corrected_address_leaves_an_audit_row_of_the_participant(failed: Failed) -> None:
    failed.resend(keep_address=True)

    with Transactions().reading() as session:
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.object_table == "participant")).one()
    assert (entry.old_state, entry.new_state, entry.version) == ("active", "active", 2)


def test_an_address_that_another_participant_has_is_refused_at_its_field(failed: Failed) -> None:
    with pytest.raises(InputRefused) as refused:
        failed.resend("OMAR@firm.example", keep_address=True)

    assert [fault.column for fault in refused.value.faults] == ["email"]
    assert len(notices()) == 1


def test_a_second_press_makes_no_second_mail(failed: Failed) -> None:
    failed.resend()

    with pytest.raises(Conflict):
        failed.resend()

    assert len(notices()) == 2


@pytest.mark.parametrize("change", [{"state": RoundState.RECALLED}, {"publication": 2}])
def test_nothing_is_sent_again_for_a_round_that_does_not_stand(failed: Failed, change: dict[str, Any]) -> None:
    with Transactions().writing() as session:
        session.execute(sa.update(MatchingRound).values(**change, version=MatchingRound.version + 1))

    with pytest.raises(Conflict):
        failed.resend()


def test_a_notice_that_has_changed_since_it_was_seen_is_not_sent_again(failed: Failed) -> None:
    with pytest.raises(Conflict):
        failed.resend(seen=2)


def test_a_notice_of_another_programme_is_not_found(failed: Failed) -> None:
    elsewhere = Failed(failed.services, failed.programme_id + 1, failed.notice_id)

    with pytest.raises(NotFound):
        elsewhere.resend()
