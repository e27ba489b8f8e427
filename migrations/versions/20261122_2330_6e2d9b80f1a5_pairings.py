"""pairings

Revision ID: 6e2d9b80f1a5
Revises: d83f5a1c60b7

Four tables are added for what follows an announced pairing, and six kinds of mails; a process of the previous release
knows neither and goes on as before. On SQLite the tables that name the kinds are built anew, one with its triggers.
"""

import sqlalchemy as sa
from alembic import op

revision = "6e2d9b80f1a5"
down_revision = "d83f5a1c60b7"
branch_labels = None
depends_on = None

_OLD_KINDS = (
    *("mentor", "mentee", "mentor_and_mentee", "unpaired", "recall", "test"),
    *("sign_in", "confirm_signup", "already_signed_up"),
)
_ADDED_KINDS = ("accepted", "declined", "pairing_returned", "change_asked", "invitation", "reminder")
_TABLES = ("notice", "mail_text", "sign_in_request")


def upgrade() -> None:
    op.create_table(
        "pairing_answer",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fit", sa.String(length=32), nullable=True),
        sa.Column("fit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("change_asked", sa.String(length=500), nullable=False),
        sa.Column("change_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_pairing_answer_answered")),
        sa.CheckConstraint("(fit IS NULL) = (fit_at IS NULL)", name=op.f("ck_pairing_answer_found")),
        sa.CheckConstraint("(change_asked = '') = (change_asked_at IS NULL)", name=op.f("ck_pairing_answer_asked")),
        sa.CheckConstraint("answer = 'declined' OR reason = ''", name=op.f("ck_pairing_answer_reason")),
        sa.CheckConstraint("answer IN ('accepted', 'declined')", name=op.f("ck_pairing_answer_answer")),
        sa.CheckConstraint("fit IN ('good', 'still_deciding', 'not_good')", name=op.f("ck_pairing_answer_fit")),
        *_of_a_pair("pairing_answer"),
        sa.PrimaryKeyConstraint("pairing_id", "participant_id", name=op.f("pk_pairing_answer")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_pairing_answer_participant_id"), "pairing_answer", ["participant_id"])
    _add_meetings()
    _add_reminders()
    _allow_kinds((*_OLD_KINDS, *_ADDED_KINDS))


def downgrade() -> None:
    # The older release knows no such mails, and could not even read them.
    notice = sa.table("notice", sa.column("kind", sa.String()))
    op.execute(sa.delete(notice).where(notice.c.kind.in_(_ADDED_KINDS)))
    _allow_kinds(_OLD_KINDS)
    for table in ("reminders_off", "reminder", "meeting", "pairing_answer"):
        op.drop_table(table)


def _add_meetings() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organiser_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=100), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "number >= 1 AND minutes BETWEEN 1 AND 480 AND sequence >= 0", name=op.f("ck_meeting_bounds")
        ),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_meeting_pairing_id_pairing")),
        sa.ForeignKeyConstraint(["organiser_id"], ["participant.id"], name=op.f("fk_meeting_organiser_id_participant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("identity", name=op.f("uq_meeting_identity")),
        sa.UniqueConstraint("pairing_id", "number", name=op.f("uq_meeting_pairing_id_number")),
        sqlite_strict=True,
    )


def _add_reminders() -> None:
    op.create_table(
        "reminder",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('first_meeting', 'half_time', 'before_the_end')", name=op.f("ck_reminder_reminder")
        ),
        *_of_a_pair("reminder"),
        sa.PrimaryKeyConstraint("pairing_id", "participant_id", "kind", name=op.f("pk_reminder")),
        sa.UniqueConstraint("message_id", name=op.f("uq_reminder_message_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "reminders_off",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_reminders_off_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_reminders_off")),
        sqlite_strict=True,
    )


def _of_a_pair(table: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return (
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f(f"fk_{table}_pairing_id_pairing")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f(f"fk_{table}_participant_id_participant")
        ),
    )


def _allow_kinds(kinds: tuple[str, ...]) -> None:
    condition = sa.text("kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds)))
    for table in _TABLES:
        kept = _put_aside(table)
        with op.batch_alter_table(table, table_kwargs={"sqlite_strict": True}) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_noticekind"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_noticekind"), condition)
        for statement in kept:
            op.execute(statement)


def _put_aside(table: str) -> list[str]:
    """Drop what a table that is rebuilt on SQLite would lose or bend, its triggers and indexes; return their SQL."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return []
    belonging = sa.text("SELECT type, name, sql FROM sqlite_master WHERE tbl_name = :table AND type <> 'table'")
    kept = [row for row in connection.execute(belonging, {"table": table}) if row.sql]
    for row in kept:
        op.execute(f'DROP {row.type.upper()} "{row.name}"')
    return [row.sql for row in kept]
