from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import SMTP

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from mentormatch.domain.certification import Certification
from mentormatch.domain.errors import Conflict, InputRefused, NotFound
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.pairings import Reason, Side
from mentormatch.persistence.database import Transactions, db
from mentormatch.persistence.models import AuditEntry, MatchingRound, Notice, Pairing, Participant
from mentormatch.services.bundle import Services
from mentormatch.services.writing_notices import HeldLetter
from tests.builders import people
from tests.builders.accounts import add_account, add_coordinator
from tests.builders.programmes import add_participant, add_programme
from tests.builders.rounds import add_pairing, add_proposal, add_round, add_unpaired

Ids = tuple[int, int]
"""A round and its proposal."""


@pytest.fixture
def proposed(services: Services) -> Ids:
    """Omar mentors Bo, Bo mentors Mei; Silva found no mentee, and Bo is unpaired on no side."""
    with Transactions().writing() as session:
        programme = add_programme(session)
        add_coordinator(session, "cora@firm.example", programme.id)
        omar, bo, mei, silva = (
            add_participant(session, programme.id, signup)
            for signup in (
                people.mentor(),
                people.both(),
                people.mentee(manager_email="boss@firm.example"),
                people.candidate(),
            )
        )
        proposal = add_proposal(session, add_round(session, programme.id).id)
        add_pairing(session, proposal, omar, bo, closures=[["flow_pull", 1, 3, 200], ["standard_work", 0, 4, 300]])
        add_pairing(session, proposal, bo, mei)
        add_unpaired(session, proposal, silva, side=Side.MENTOR, reason=Reason.MENTEES_TAKEN)
        return proposal.round_id, proposal.id


def texts(letters: tuple[HeldLetter, ...]) -> dict[str, str]:
    """Return the plain text of each letter by the first name of its reader."""
    bodies = (message_from_bytes(letter.composed.message, policy=SMTP).get_body(("plain",)) for letter in letters)
    told = [str(body.get_content()) for body in bodies if body]
    return {text.split()[1]: text for text in told}


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements that reach the database."""
    statements: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


def test_each_person_is_written_to_in_the_language_they_have_chosen(services: Services, proposed: Ids) -> None:
    with Transactions().writing() as session:
        add_account(session, "mei@firm.example").language = "de"

    letters = texts(services.writing_notices.letters_for(*proposed))

    assert sorted((name, text.split()[0]) for name, text in letters.items() if name != "Tag") == [
        *(("Bo", "Hello"), ("Omar", "Hello"), ("Silva", "Hello")),
    ]
    assert letters["Tag"].startswith("Guten Tag Mei")


def test_everybody_in_a_proposal_gets_exactly_one_notice(services: Services, proposed: Ids) -> None:
    letters = services.writing_notices.letters_for(*proposed)

    assert sorted((letter.composed.recipient, letter.composed.kind) for letter in letters) == [
        ("bo@firm.example", NoticeKind.MENTOR_AND_MENTEE),
        ("mei@firm.example", NoticeKind.MENTEE),
        ("omar@firm.example", NoticeKind.MENTOR),
        ("silva@firm.example", NoticeKind.UNPAIRED),
    ]


def test_a_notice_tells_what_the_pairing_closes_and_most_of_it_first(services: Services, proposed: Ids) -> None:
    text = texts(services.writing_notices.letters_for(*proposed))["Omar"]

    closings = [line for line in text.splitlines() if line.startswith("- ")]
    assert [line.strip() for line in closings] == [
        "- Standard work and stability: from 0 None to 4 Teaches",
        "- Flow and pull: from 1 Aware to 3 Independent",
    ]


def test_a_notice_tells_nothing_of_line_managers_other_people_or_other_ratings(
    services: Services, proposed: Ids
) -> None:
    told = texts(services.writing_notices.letters_for(*proposed))

    assert not any("boss" in text for text in told.values())
    assert not any(name in told["Mei"] for name in ("Omar", "Silva"))
    assert "Kaizen" not in told["Bo"]


def test_a_candidate_reads_what_is_still_needed_by_this_programmes_setting(services: Services, proposed: Ids) -> None:
    text = " ".join(texts(services.writing_notices.letters_for(*proposed))["Silva"].split())

    assert "In this programme it takes 1 completed mentorship; you have 0. 1 is still missing" in text
    assert "Check the current SME instructions" in text


def test_who_pursues_gold_without_offering_to_mentor_reads_nothing_of_it(services: Services, proposed: Ids) -> None:
    with Transactions().writing() as session:
        gold = sa.update(Participant).where(Participant.email == "mei@firm.example")
        session.execute(gold.values(certification_pursued=Certification.GOLD))

    assert "GOLD" not in texts(services.writing_notices.letters_for(*proposed))["Mei"]


def test_the_number_of_queries_does_not_grow_with_the_number_of_people(services: Services, proposed: Ids) -> None:
    with counted() as few:
        services.writing_notices.letters_for(*proposed)
    with Transactions().writing() as session:
        row = session.get_one(Pairing, session.scalar(sa.select(sa.func.min(Pairing.id))))
        mentor = session.get_one(Participant, row.mentor_id)
        proposal = session.get_one(MatchingRound, proposed[0])
        for n in range(4):
            person = add_participant(session, proposal.programme_id, people.mentee(email=f"p{n}@firm.example"))
            session.add(Pairing(**_copied(row), slot=n + 2, mentor_id=mentor.id, mentee_id=person.id))

    with counted() as many:
        letters = services.writing_notices.letters_for(*proposed)

    assert len(letters) == 8
    assert len(many) == len(few) <= 7


def _copied(row: Pairing) -> dict[str, object]:
    left_out = {"id", "slot", "mentor_id", "mentee_id", "capacity"}
    columns = sa.inspect(Pairing).columns.keys()
    return {name: getattr(row, name) for name in columns if name not in left_out} | {"capacity": 9}


def test_one_hostile_name_stops_all_notices_and_is_named(services: Services, proposed: Ids) -> None:
    with Transactions().writing() as session:
        hostile = sa.update(Participant).where(Participant.email == "mei@firm.example")
        session.execute(hostile.values(name="Mei\u2028Bcc: victim@x.example"))

    with pytest.raises(InputRefused) as refused:
        services.writing_notices.letters_for(*proposed)

    assert "mei@firm.example" in str(refused.value)
    assert "bo@firm.example" in str(refused.value)


def test_letters_are_kept_as_held_with_their_audit_rows(services: Services, proposed: Ids) -> None:
    letters = services.writing_notices.letters_for(*proposed)

    with Transactions().writing() as session:
        services.writing_notices.hold(session, letters, publication=1)

    with Transactions().reading() as session:
        kept = session.scalars(sa.select(Notice)).all()
        steps = session.scalars(sa.select(AuditEntry.new_state).where(AuditEntry.object_table == "notice")).all()
    assert {(n.state, n.publication, n.proposal_id) for n in kept} == {(NoticeState.HELD, 1, proposed[1])}
    assert {n.message for n in kept} == {letter.composed.message for letter in letters}
    assert steps == ["held"] * 4


def test_letters_of_another_publication_are_not_kept(services: Services, proposed: Ids) -> None:
    letters = services.writing_notices.letters_for(*proposed)

    with pytest.raises(Conflict), Transactions().writing() as session:
        services.writing_notices.hold(session, letters, publication=2)


def test_writing_again_after_a_crash_gives_the_same_bytes(services: Services, proposed: Ids) -> None:
    first, second = (services.writing_notices.letters_for(*proposed) for _ in range(2))

    assert [letter.composed for letter in first] == [letter.composed for letter in second]


def test_a_proposal_of_another_round_has_no_letters(services: Services, proposed: Ids) -> None:
    with pytest.raises(NotFound):
        services.writing_notices.letters_for(proposed[0] + 1, proposed[1])
