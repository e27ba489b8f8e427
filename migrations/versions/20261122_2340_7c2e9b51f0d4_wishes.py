"""wishes

Revision ID: 7c2e9b51f0d4
Revises: 6e2d9b80f1a5

Whom people wish for and whom they must not meet, who agreed to be listed, what a signed-in browser is called, and the
ledger of erased people. Every new column has a default in the database; the previous release knows nothing of the rest.
"""

import sqlalchemy as sa
from alembic import op

revision = "7c2e9b51f0d4"
down_revision = "6e2d9b80f1a5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "participant", sa.Column("agreed_to_be_listed", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("browser_session", sa.Column("called", sa.String(length=60), server_default="", nullable=False))
    _add_wishes()
    _add_avoidances()
    op.create_table(
        "erasure",
        sa.Column("participant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        _of_participant("erasure", "participant_id"),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_erasure")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    for table in ("erasure", "avoidance", "wish"):
        op.drop_table(table)
    op.drop_column("browser_session", "called")
    op.drop_column("participant", "agreed_to_be_listed")


def _add_wishes() -> None:
    op.create_table(
        "wish",
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("place BETWEEN 1 AND 5", name=op.f("ck_wish_place")),
        sa.CheckConstraint("mentor_id <> mentee_id", name=op.f("ck_wish_two_people")),
        _of_participant("wish", "mentee_id"),
        _of_participant("wish", "mentor_id"),
        sa.PrimaryKeyConstraint("mentee_id", "place", name=op.f("pk_wish")),
        sa.UniqueConstraint("mentee_id", "mentor_id", name=op.f("uq_wish_mentee_id_mentor_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_wish_mentor_id"), "wish", ["mentor_id"], unique=False)
    op.create_index(op.f("ix_wish_programme_id"), "wish", ["programme_id"], unique=False)


def _add_avoidances() -> None:
    op.create_table(
        "avoidance",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("mailbox", sa.String(length=254), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("place BETWEEN 1 AND 10", name=op.f("ck_avoidance_place")),
        _of_participant("avoidance", "participant_id"),
        sa.PrimaryKeyConstraint("participant_id", "place", name=op.f("pk_avoidance")),
        sa.UniqueConstraint("participant_id", "mailbox", name=op.f("uq_avoidance_participant_id_mailbox")),
        sqlite_strict=True,
    )
    op.create_index("ix_avoidance_programme_id", "avoidance", ["programme_id", "mailbox"], unique=False)


def _of_participant(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["programme_id", column],
        ["participant.programme_id", "participant.id"],
        name=op.f(f"fk_{table}_programme_id_{column}_participant"),
    )
