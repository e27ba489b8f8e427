"""plans

Revision ID: d83f5a1c60b7
Revises: 6b2e9d04a7c8

Three tables of their own; a process of the previous release knows none of them.
"""

import sqlalchemy as sa
from alembic import op

revision = "d83f5a1c60b7"
down_revision = "6b2e9d04a7c8"
branch_labels = None
depends_on = None

_COMPETENCIES = (
    *("strategic_orientation", "change_leadership", "group_facilitation", "focus_accountability"),
    *("talent_development", "flexibility", "interpersonal_understanding", "self_management"),
    *("lean_principles", "value_stream_analysis", "kaizen_events", "daily_kaizen"),
    *("standard_work", "flow_pull", "problem_solving", "strategy_deployment"),
)


def upgrade() -> None:
    op.create_table(
        "activity_text",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        choice("competency", "competency", *_COMPETENCIES),
        choice("kind", "activitykind", "experience", "coaching", "study"),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_activity_text_text")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_activity_text_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("programme_id", "competency", "kind", name=op.f("pk_activity_text")),
        sqlite_strict=True,
    )
    op.create_table(
        "plan_step",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        choice("competency", "competency", *_COMPETENCIES),
        choice("kind", "activitykind", "experience", "coaching", "study"),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("notes", sa.String(length=2000), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("hours BETWEEN 0 AND 999", name=op.f("ck_plan_step_hours")),
        of_participant("plan_step"),
        sa.PrimaryKeyConstraint("participant_id", "competency", "kind", name=op.f("pk_plan_step")),
        sqlite_strict=True,
    )
    op.create_table(
        "rating_history",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        choice("occasion", "occasion", "start", "middle", "end"),
        choice("competency", "competency", *_COMPETENCIES),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_rating_history_level")),
        of_participant("rating_history"),
        sa.PrimaryKeyConstraint("participant_id", "occasion", "competency", name=op.f("pk_rating_history")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    for table in ("rating_history", "plan_step", "activity_text"):
        op.drop_table(table)


def choice(column: str, name: str, *values: str) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=False)


def of_participant(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_participant_id_participant")
    return sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=name, ondelete="CASCADE")
