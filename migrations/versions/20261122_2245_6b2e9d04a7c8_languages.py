"""languages

Revision ID: 6b2e9d04a7c8
Revises: 4f8a61c2d7b3

An account keeps the language of its owner, and a request for a link the language it was asked in. Both may be empty.
"""

import sqlalchemy as sa
from alembic import op

revision = "6b2e9d04a7c8"
down_revision = "4f8a61c2d7b3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("language", sa.String(length=16), nullable=True))
    op.add_column("sign_in_request", sa.Column("language", sa.String(length=16), nullable=True))


def downgrade() -> None:
    op.drop_column("sign_in_request", "language")
    op.drop_column("account", "language")
