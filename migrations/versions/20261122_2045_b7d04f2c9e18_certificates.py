"""certificates

Revision ID: b7d04f2c9e18
Revises: e91d5b3f0c64

A proposal keeps the prices that prove it. A process of the previous release goes on storing proposals without them.
"""

import sqlalchemy as sa
from alembic import op

revision = "b7d04f2c9e18"
down_revision = "e91d5b3f0c64"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("proposal", sa.Column("certificate", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("proposal", "certificate")
