"""partner left

Revision ID: 2f7b60d4e9c1
Revises: 7c2e9b51f0d4

One more kind of mail is allowed; a process of the previous release knows nothing of it and goes on as before. On
SQLite the tables that name the kinds are built anew, one with its triggers.
"""

import sqlalchemy as sa
from alembic import op

revision = "2f7b60d4e9c1"
down_revision = "7c2e9b51f0d4"
branch_labels = None
depends_on = None

_OLD_KINDS = (
    *("mentor", "mentee", "mentor_and_mentee", "unpaired", "recall", "test"),
    *("sign_in", "confirm_signup", "already_signed_up"),
    *("accepted", "declined", "pairing_returned", "change_asked", "invitation", "reminder"),
)
_ADDED_KIND = "partner_left"
_TABLES = ("notice", "mail_text", "sign_in_request")


def upgrade() -> None:
    _allow_kinds((*_OLD_KINDS, _ADDED_KIND))


def downgrade() -> None:
    # The older release knows no such mail, and could not even read it.
    notice = sa.table("notice", sa.column("kind", sa.String()))
    op.execute(sa.delete(notice).where(notice.c.kind == _ADDED_KIND))
    _allow_kinds(_OLD_KINDS)


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
