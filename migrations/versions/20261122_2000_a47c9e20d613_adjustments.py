"""adjustments

Revision ID: a47c9e20d613
Revises: 5d1c0a7e4b21

Other processes may still run the previous release while this runs: add before you remove, and keep
locks short. On SQLite a rebuilt table loses its triggers: create them again and look at them.
"""

import sqlalchemy as sa
from alembic import op

revision = "a47c9e20d613"
down_revision = "5d1c0a7e4b21"
branch_labels = None
depends_on = None

REASON = (
    "reason IN ({}'no_gap', 'no_capacity', 'no_one_offers', 'no_one_seeks', 'no_one_teaches', 'no_one_to_teach', "
    "'kept_apart', 'no_shared_language', 'below_floor', 'mentors_full', 'mentees_taken', 'only_mutual')"
)


def upgrade() -> None:
    op.create_table(
        "adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                *("lock", "bar", "left_out", "extra_place"),
                name="adjustmentkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("mentee_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("lifted_in", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "CASE kind\n"
            "WHEN 'left_out' THEN mentor_id IS NULL AND mentee_id IS NOT NULL\n"
            "WHEN 'extra_place' THEN mentor_id IS NOT NULL AND mentee_id IS NULL\n"
            "ELSE mentor_id IS NOT NULL AND mentee_id IS NOT NULL AND mentor_id <> mentee_id END",
            name=op.f("ck_adjustment_people"),
        ),
        sa.CheckConstraint(
            "round_id IS NOT NULL OR (kind = 'bar' AND reason <> '')", name=op.f("ck_adjustment_for_good")
        ),
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_in IS NULL)", name=op.f("ck_adjustment_lifted")),
        sa.CheckConstraint("made_in >= 1 AND lifted_in > made_in", name=op.f("ck_adjustment_acts")),
        sa.ForeignKeyConstraint(["lifted_by"], ["account.id"], name=op.f("fk_adjustment_lifted_by_account")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_adjustment_made_by_account")),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentee_id"],
            ["participant.programme_id", "participant.id"],
            name=op.f("fk_adjustment_programme_id_mentee_id_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentor_id"],
            ["participant.programme_id", "participant.id"],
            name=op.f("fk_adjustment_programme_id_mentor_id_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "round_id"],
            ["matching_round.programme_id", "matching_round.id"],
            name=op.f("fk_adjustment_programme_id_round_id_matching_round"),
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_adjustment_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adjustment_mentee_id"), ["mentee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_adjustment_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index("ix_adjustment_programme_id", ["programme_id", "round_id"], unique=False)
    one_active("uq_adjustment_bar", ["round_id", "mentor_id", "mentee_id"], "kind = 'bar' AND round_id IS NOT NULL")
    one_active("uq_adjustment_bar_for_good", ["mentor_id", "mentee_id"], "kind = 'bar' AND round_id IS NULL")
    one_active("uq_adjustment_extra_place", ["round_id", "mentor_id"], "kind = 'extra_place'")
    one_active("uq_adjustment_mentee", ["round_id", "mentee_id"], "kind IN ('lock', 'left_out')")
    allow_reasons(REASON.format("'left_out', "))


def downgrade() -> None:
    # The older release has no word for being left out by decision; kept apart is the nearest that is true.
    op.execute("UPDATE unpaired SET reason = 'kept_apart' WHERE reason = 'left_out'")
    allow_reasons(REASON.format(""))
    op.drop_table("adjustment")


def one_active(name: str, columns: list[str], condition: str) -> None:
    active = sa.text(f"{condition} AND lifted_at IS NULL")
    op.create_index(name, "adjustment", columns, unique=True, sqlite_where=active, postgresql_where=active)


def allow_reasons(condition: str) -> None:
    with op.batch_alter_table("unpaired", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.drop_constraint(op.f("ck_unpaired_reason"), type_="check")
        batch_op.create_check_constraint(op.f("ck_unpaired_reason"), condition)
