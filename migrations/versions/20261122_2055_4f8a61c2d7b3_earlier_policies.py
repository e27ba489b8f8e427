"""earlier policies

Revision ID: 4f8a61c2d7b3
Revises: b7d04f2c9e18

A programme keeps the policy that its present one took the place of. A process of the previous release leaves it alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "4f8a61c2d7b3"
down_revision = "b7d04f2c9e18"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("programme", sa.Column("earlier_policy", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("programme", "earlier_policy")
