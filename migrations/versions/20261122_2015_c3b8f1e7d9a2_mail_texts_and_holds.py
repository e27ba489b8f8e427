"""mail texts and holds

Revision ID: c3b8f1e7d9a2
Revises: a47c9e20d613

Two tables are added: the texts that programmes word themselves, and the row that says whose database this is. Two
kinds of notices are added, and a notice says from which version of a text it was written; a process of the previous
release knows neither and goes on as before. On SQLite that means building two tables anew, with their triggers.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "c3b8f1e7d9a2"
down_revision = "a47c9e20d613"
branch_labels = None
depends_on = None

_OLD_KINDS = ("mentor", "mentee", "mentor_and_mentee", "unpaired", "sign_in", "confirm_signup", "already_signed_up")
_NEW_KINDS = (*_OLD_KINDS[:4], "recall", "test", *_OLD_KINDS[4:])
_OLD_ROUND_KINDS = _OLD_KINDS[:4]
_NEW_ROUND_KINDS = (*_OLD_ROUND_KINDS, "recall")
_STATES = ("held", "pending", "sending", "in_doubt", "sent", "bounced", "failed", "cancelled")
_ONCE = ["proposal_id", "publication", "participant_id", "revision"]
_OLD_UNIQUE = "uq_notice_proposal_id_publication_participant_id_revision"


def upgrade() -> None:
    _add_mail_texts()
    _add_installation()
    if op.get_bind().dialect.name == "sqlite":
        _rebuilt("notice", lambda: _notice(_NEW_KINDS, _NEW_ROUND_KINDS, is_new=True))
        _rebuilt("sign_in_request", lambda: _sign_in_request(_NEW_KINDS))
    else:
        op.add_column("notice", _text_version())
        op.drop_constraint(op.f(_OLD_UNIQUE), "notice", type_="unique")
        _checks_on_postgresql(_NEW_KINDS, _NEW_ROUND_KINDS)
    _once_each("uq_notice_of_publication", "kind <> 'recall'")
    _once_each("uq_notice_of_recall", "kind = 'recall'")


def downgrade() -> None:
    # The older release knows no such mails, and could not even read them.
    op.execute("DELETE FROM notice WHERE kind IN ('recall', 'test')")
    op.drop_index("uq_notice_of_recall", "notice")
    op.drop_index("uq_notice_of_publication", "notice")
    if op.get_bind().dialect.name == "sqlite":
        _rebuilt("notice", lambda: _notice(_OLD_KINDS, _OLD_ROUND_KINDS, is_new=False))
        _rebuilt("sign_in_request", lambda: _sign_in_request(_OLD_KINDS))
    else:
        _checks_on_postgresql(_OLD_KINDS, _OLD_ROUND_KINDS)
        op.create_unique_constraint(op.f(_OLD_UNIQUE), "notice", _ONCE)
        op.drop_column("notice", "text_version")
    op.drop_table("installation")
    op.drop_table("mail_text")


def _add_mail_texts() -> None:
    op.create_table(
        "mail_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=150), nullable=True),
        sa.Column("body", sa.String(length=6000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        _one_of("kind", _NEW_KINDS, "ck_mail_text_noticekind"),
        _one_of("kind", _NEW_ROUND_KINDS, "ck_mail_text_worded"),
        sa.CheckConstraint("(subject IS NULL) = (body IS NULL)", name=op.f("ck_mail_text_whole")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_mail_text_programme_id_programme")),
        sa.ForeignKeyConstraint(["changed_by"], ["account.id"], name=op.f("fk_mail_text_changed_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_text")),
        sa.UniqueConstraint("programme_id", "kind", name=op.f("uq_mail_text_programme_id_kind")),
        sqlite_strict=True,
    )


def _add_installation() -> None:
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_why", sa.String(length=300), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
        sqlite_strict=True,
    )


def _text_version() -> sa.Column[int]:
    return sa.Column("text_version", sa.Integer(), server_default="0", nullable=False)


def _one_of(column: str, values: tuple[str, ...], name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({_listed(values)})", name=op.f(name))


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _of_a_round(kinds: tuple[str, ...]) -> str:
    return f"(kind IN ({_listed(kinds)})) = (round_id IS NOT NULL)"


def _once_each(name: str, where: str) -> None:
    op.create_index(name, "notice", _ONCE, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _checks_on_postgresql(kinds: tuple[str, ...], round_kinds: tuple[str, ...]) -> None:
    for name, table, condition in (
        ("ck_notice_noticekind", "notice", f"kind IN ({_listed(kinds)})"),
        ("ck_notice_round", "notice", _of_a_round(round_kinds)),
        ("ck_sign_in_request_noticekind", "sign_in_request", f"kind IN ({_listed(kinds)})"),
    ):
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, sa.text(condition))


def _rebuilt(table: str, build: Callable[[], None]) -> None:
    """Build a table anew on SQLite, with its rows, indexes and triggers; nothing refers to these tables."""
    connection, old = op.get_bind(), f"{table}_before"
    belonging = sa.text("SELECT type, name, sql FROM sqlite_master WHERE tbl_name = :table AND type <> 'table'")
    kept = [row for row in connection.execute(belonging, {"table": table}) if row.sql]
    for row in kept:
        op.execute(f'DROP {row.type.upper()} "{row.name}"')
    was = {column["name"] for column in sa.inspect(connection).get_columns(table)}
    op.rename_table(table, old)
    build()
    both = [one["name"] for one in sa.inspect(connection).get_columns(table) if one["name"] in was]
    rows = sa.select(*_columns(both)).select_from(sa.table(old))
    op.execute(sa.insert(sa.table(table, *_columns(both))).from_select(both, rows))
    op.drop_table(old)
    for row in kept:
        op.execute(row.sql)


def _columns(names: list[str]) -> list[sa.ColumnClause[Any]]:
    return [sa.column(name) for name in names]


def _notice(kinds: tuple[str, ...], round_kinds: tuple[str, ...], *, is_new: bool) -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("publication", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        *([_text_version()] if is_new else []),
        sa.Column("reply", sa.String(length=500), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        _one_of("kind", kinds, "ck_notice_noticekind"),
        _one_of("state", _STATES, "ck_notice_noticestate"),
        sa.CheckConstraint(_of_a_round(round_kinds), name=op.f("ck_notice_round")),
        sa.CheckConstraint(
            "(state IN ('sending', 'in_doubt')) = (lease_until IS NOT NULL)", name=op.f("ck_notice_lease")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "participant_id"],
            ["participant.programme_id", "participant.id"],
            name=op.f("fk_notice_programme_id_participant_id_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "round_id"],
            ["matching_round.programme_id", "matching_round.id"],
            name=op.f("fk_notice_programme_id_round_id_matching_round"),
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_notice_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("message_id", name=op.f("uq_notice_message_id")),
        *([] if is_new else [sa.UniqueConstraint(*_ONCE, name=op.f(_OLD_UNIQUE))]),
        sqlite_strict=True,
    )


def _sign_in_request(kinds: tuple[str, ...]) -> None:
    op.create_table(
        "sign_in_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("mailbox", sa.String(length=254), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=True),
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("next_path", sa.String(length=200), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        _one_of("kind", kinds, "ck_sign_in_request_noticekind"),
        _one_of("kind", ("sign_in", "confirm_signup", "already_signed_up"), "ck_sign_in_request_link_kind"),
        sa.CheckConstraint("code_tries BETWEEN 0 AND 5", name=op.f("ck_sign_in_request_code_tries")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_sign_in_request_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_request")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_request_token_hash")),
        sqlite_strict=True,
    )
