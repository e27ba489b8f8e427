"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}

Other processes may still run the previous release while this runs: add before you remove, and keep
locks short. On SQLite a rebuilt table loses its triggers: create them again and look at them.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
