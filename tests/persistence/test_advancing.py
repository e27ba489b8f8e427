import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import CONSOLE, SYSTEM, Actor
from mentormatch.domain.errors import Conflict, IllegalStep
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.persistence.advancing import Cause, advance, advance_all, begin
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, MatchingRound, Notice
from tests.builders.accounts import NOW, add_account
from tests.builders.programmes import add_programme
from tests.builders.rounds import add_round
from tests.builders.world import World

CAUSE = Cause(SYSTEM, NOW, "a test says so")


def the_round(session: Session, world: World) -> MatchingRound:
    mine = sa.select(MatchingRound).where(MatchingRound.programme_id == world.north.programme_id)
    return session.scalars(mine.where(MatchingRound.number == 2)).one()


def trail(session: Session) -> list[AuditEntry]:
    since = sa.select(AuditEntry).where(~AuditEntry.why.startswith("seeded")).order_by(AuditEntry.object_id)
    return list(session.scalars(since))


def test_a_step_changes_the_state_moves_the_version_and_leaves_an_audit_row(
    transactions: Transactions, world: World
) -> None:
    with transactions.writing() as session:
        actor = Actor.account(add_account(session, "who@firm.example").id)
        row = the_round(session, world)
        advance(session, row, RoundState.DRAFT, Cause(actor, NOW, "discarded"), seed=8)

    with transactions.reading() as session:
        row, entry = the_round(session, world), trail(session)[0]
    assert (row.state, row.version, row.seed) == (RoundState.DRAFT, 2, 8)
    assert (entry.at, entry.actor_kind, entry.actor_id, entry.why) == (NOW, actor.kind, actor.account_id, "discarded")
    assert (entry.object_table, entry.object_id, entry.version) == ("matching_round", row.id, 2)
    assert (entry.programme_id, entry.old_state, entry.new_state) == (world.north.programme_id, "proposed", "draft")


def test_a_step_on_a_version_that_has_passed_is_a_conflict_and_changes_nothing(
    transactions: Transactions, world: World
) -> None:
    with pytest.raises(Conflict), transactions.writing() as session:
        advance(session, the_round(session, world), RoundState.DRAFT, CAUSE, version=0)

    with transactions.reading() as session:
        assert the_round(session, world).state == RoundState.PROPOSED
        assert trail(session) == []


def test_the_second_of_two_who_saw_the_same_version_loses(transactions: Transactions, world: World) -> None:
    with transactions.writing() as session:
        seen = the_round(session, world).version
        advance(session, the_round(session, world), RoundState.DRAFT, CAUSE, version=seen)
        row = the_round(session, world)
        with pytest.raises(Conflict):
            advance(session, row, RoundState.QUEUED, CAUSE, version=seen)


def test_a_step_the_table_does_not_name_is_refused_before_the_database_is_asked(
    transactions: Transactions, world: World
) -> None:
    with pytest.raises(IllegalStep), transactions.writing() as session:
        advance(session, the_round(session, world), RoundState.CLOSED, CAUSE)


def test_a_new_row_begins_with_an_audit_row(transactions: Transactions) -> None:
    with transactions.writing() as session:
        programme = add_programme(session).id
        row = MatchingRound(programme_id=programme, number=1, state=RoundState.DRAFT, created_at=NOW)
        begin(session, row, Cause(CONSOLE, NOW))

    with transactions.reading() as session:
        entry = trail(session)[0]
    assert (entry.object_table, entry.old_state, entry.new_state, entry.version) == ("matching_round", "", "draft", 1)


def test_advancing_many_leaves_one_audit_row_for_each_row_it_changed(transactions: Transactions, world: World) -> None:
    anywhere = Notice.programme_id.is_not(None)
    with transactions.writing() as session:
        count = advance_all(session, Notice, anywhere, NoticeState.HELD, NoticeState.PENDING, CAUSE)

    with transactions.reading() as session:
        changed = session.scalars(sa.select(Notice.id).where(Notice.state == NoticeState.PENDING)).all()
        entries = trail(session)
    assert count == len(changed) == 2
    assert [(e.object_id, e.old_state, e.new_state, e.version) for e in entries] == [
        (notice_id, "held", "pending", 2) for notice_id in sorted(changed)
    ]


def test_advancing_many_that_are_in_another_state_changes_none(transactions: Transactions, world: World) -> None:
    with transactions.writing() as session:
        count = advance_all(session, Notice, sa.true(), NoticeState.PENDING, NoticeState.CANCELLED, CAUSE)

    with transactions.reading() as session:
        assert (count, trail(session)) == (0, [])


def test_a_second_unfinished_round_of_a_programme_cannot_be_stored(transactions: Transactions, world: World) -> None:
    with pytest.raises(sa.exc.IntegrityError), transactions.writing() as session:
        add_round(session, world.north.programme_id, number=3, state=RoundState.DRAFT)


@pytest.mark.parametrize("state", [RoundState.PUBLISHED, RoundState.CLOSED])
def test_a_finished_round_makes_room_for_the_next(transactions: Transactions, world: World, state: RoundState) -> None:
    with transactions.writing() as session:
        added = add_round(session, world.north.programme_id, number=3, state=state)

        assert added.id is not None
