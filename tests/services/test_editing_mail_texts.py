from email import message_from_bytes
from email.policy import SMTP

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.errors import Conflict, InputRefused, PublishRefused
from mentormatch.domain.mail_texts import MailText
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, Notice
from mentormatch.services.bundle import Services
from tests.builders.running import Running, running_programme

OWN = MailText("A mentor for you", "Dear {name},\n\nhere is {mentor_name}.\n\n{your_mentor}\n\n{no_mentee}")
MENTEE = NoticeKind.MENTEE


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services)


def save(running: Running, text: MailText = OWN, *, seen: int = 0) -> None:
    running.services.mail.texts.change(running.programme_id, MENTEE, text, seen=seen, actor=CONSOLE)


def rewrite(running: Running) -> int:
    return running.services.mail.rewriting.rewrite(running.programme_id, 1, running.version(), CONSOLE)


def held(kind: NoticeKind = MENTEE) -> list[str]:
    """Return the plain texts of the notices of a kind that are held."""
    with Transactions().reading() as session:
        rows = session.scalars(sa.select(Notice).where(Notice.kind == kind, Notice.state == NoticeState.HELD))
        bodies = [message_from_bytes(row.message or b"", policy=SMTP).get_body(("plain",)) for row in rows]
    return [str(body.get_content()) for body in bodies if body]


def test_the_next_proposal_is_written_from_the_programmes_own_text(running: Running) -> None:
    save(running)

    running.propose()

    assert held()
    assert all(text.startswith("Dear ") for text in held())


def test_a_text_put_back_reads_as_the_default_and_keeps_counting(running: Running) -> None:
    save(running)

    running.services.mail.texts.put_back(running.programme_id, MENTEE, seen=1, actor=CONSOLE)

    kept = running.services.mail.texts.look(running.programme_id, MENTEE)
    assert (kept.is_default, kept.text == kept.default, kept.version) == (True, True, 2)


def test_a_default_saved_unchanged_in_another_language_stays_the_default(running: Running) -> None:
    german = running.services.mail.texts.look(running.programme_id, MENTEE, "de").text

    save(running, german)

    kept = running.services.mail.texts.look(running.programme_id, MENTEE)
    assert (kept.is_default, kept.text == german) == (True, False)


def test_of_two_who_save_the_later_is_told_and_nothing_is_overwritten(running: Running) -> None:
    save(running)

    with pytest.raises(Conflict):
        save(running, MailText("Mine", OWN.body))
    with pytest.raises(Conflict):
        running.services.mail.texts.put_back(running.programme_id, MENTEE, seen=0, actor=CONSOLE)

    assert running.services.mail.texts.look(running.programme_id, MENTEE).text == OWN


def test_two_who_save_the_first_text_in_the_same_instant_make_one(running: Running) -> None:
    texts = [MailText(f"Mine {n}", OWN.body) for n in range(6)]

    met = running.at_once(*[lambda text=text: save(running, text) for text in texts])

    assert sorted(map(str, met)) == sorted([str(None), *[str(Conflict)] * 5])


def test_a_text_with_faults_is_refused_whole(running: Running) -> None:
    with pytest.raises(InputRefused):
        save(running, MailText("Ok", "{nobody}"))

    assert running.services.mail.texts.look(running.programme_id, MENTEE).is_default


def test_every_change_is_in_the_audit_trail(running: Running) -> None:
    save(running)
    save(running, MailText("Other", OWN.body), seen=1)
    running.services.mail.texts.put_back(running.programme_id, MENTEE, seen=2, actor=CONSOLE)

    with Transactions().reading() as session:
        steps = sa.select(AuditEntry.old_state, AuditEntry.new_state).where(AuditEntry.object_table == "mail_text")
        found = [tuple(row) for row in session.execute(steps.order_by(AuditEntry.id))]
    assert found == [("default", "own"), ("own", "own"), ("own", "default")]


def test_notices_written_before_an_edit_keep_the_round_from_being_published(running: Running) -> None:
    running.propose()
    save(running)

    with pytest.raises(PublishRefused, match="Write them anew"):
        running.publish()

    assert running.state() == RoundState.PROPOSED


def test_a_text_that_no_held_notice_was_written_from_does_not_matter(running: Running) -> None:
    running.propose()
    own = MailText("Taken back", "{what_was_said} {reason}".replace(" ", "\n"))
    running.services.mail.texts.change(running.programme_id, NoticeKind.RECALL, own, seen=0, actor=CONSOLE)

    running.publish()

    assert running.state() == RoundState.PUBLISHED


def test_outdated_notices_are_written_anew_and_the_others_stay(running: Running) -> None:
    running.propose()
    before = running.count(Notice, NoticeState.HELD)
    save(running)

    count = rewrite(running)

    assert count == len(held()) == running.count(Notice, NoticeState.CANCELLED) > 0
    assert all(text.startswith("Dear ") for text in held())
    assert running.count(Notice, NoticeState.HELD) == before


def test_what_was_written_anew_is_what_is_published(running: Running) -> None:
    running.propose()
    save(running)
    rewrite(running)

    running.publish()

    assert running.count(Notice, NoticeState.PENDING) == len(running.ids)


def test_nobody_publishes_notices_that_somebody_else_had_written_anew(running: Running) -> None:
    running.propose()
    seen = running.seen()
    save(running)
    rewrite(running)

    with pytest.raises(Conflict):
        running.publish(seen)


def test_with_nothing_outdated_nothing_is_written(running: Running) -> None:
    running.propose()
    seen = running.seen()

    assert rewrite(running) == 0
    running.publish(seen)


def test_a_preview_shows_somebody_of_the_proposal_or_made_up_people(running: Running) -> None:
    made_up = running.services.mail.previews.preview(running.programme_id, MENTEE, OWN)
    running.propose()
    real = running.services.mail.previews.preview(running.programme_id, MENTEE, OWN)

    assert (made_up.shown_with, "Omar Sample" in made_up.mail.text) == ("", True)
    assert real.shown_with in {"Mei Tanaka", "Ana Ruiz"}
    assert f"Dear {real.shown_with}," in real.mail.text
