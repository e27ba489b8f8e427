"""preferences

Revision ID: e91d5b3f0c64
Revises: c3b8f1e7d9a2

Every new column has a default in the database, so that a process of the previous release goes on adding programmes
and pairings. On SQLite two tables without triggers are built anew, for their checks.
"""

import sqlalchemy as sa
from alembic import op

revision = "e91d5b3f0c64"
down_revision = "c3b8f1e7d9a2"
branch_labels = None
depends_on = None

_REASONS = (
    "reason IN ('left_out', 'no_gap', 'no_capacity', 'no_one_offers', 'no_one_seeks', 'no_one_teaches', "
    "'no_one_to_teach', 'kept_apart', 'no_shared_language', {}'below_floor', 'mentors_full', 'mentees_taken', "
    "'only_mutual')"
)
_POINTS = {
    "minimum_common_hours": ("0", 8),
    "wish_points": ("50", 1000),
    "common_hour_points": ("0", 100),
    "waiting_points": ("40", 1000),
}


def upgrade() -> None:
    with op.batch_alter_table("programme", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.add_column(sa.Column("other_site_only", sa.Boolean(), server_default=sa.false(), nullable=False))
        for name, (default, most) in _POINTS.items():
            batch_op.add_column(sa.Column(name, sa.Integer(), server_default=default, nullable=False))
            batch_op.create_check_constraint(op.f(f"ck_programme_{name}"), f"{name} BETWEEN 0 AND {most}")
    op.add_column("pairing", sa.Column("preferences", sa.JSON(), server_default="[]", nullable=False))
    _allow_reasons(_REASONS.format("'no_common_hours', 'same_site', "))


def downgrade() -> None:
    # The older release has no word for these rules; kept apart is the nearest that is true.
    op.execute("UPDATE unpaired SET reason = 'kept_apart' WHERE reason IN ('no_common_hours', 'same_site')")
    _allow_reasons(_REASONS.format(""))
    op.drop_column("pairing", "preferences")
    with op.batch_alter_table("programme", table_kwargs={"sqlite_strict": True}) as batch_op:
        for name in _POINTS:
            batch_op.drop_constraint(op.f(f"ck_programme_{name}"), type_="check")
            batch_op.drop_column(name)
        batch_op.drop_column("other_site_only")


def _allow_reasons(condition: str) -> None:
    with op.batch_alter_table("unpaired", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.drop_constraint(op.f("ck_unpaired_reason"), type_="check")
        batch_op.create_check_constraint(op.f("ck_unpaired_reason"), condition)
