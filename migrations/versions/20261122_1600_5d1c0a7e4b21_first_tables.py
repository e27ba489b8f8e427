"""first tables

Revision ID: 5d1c0a7e4b21
Revises:

Other processes may still run the previous release while this runs: add before you remove, and keep
locks short. On SQLite a rebuilt table loses its triggers: create them again and look at them.
"""

import sqlalchemy as sa
from alembic import op

from mentormatch.persistence.triggers import guards, guards_away

revision = "5d1c0a7e4b21"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailbox", sa.String(length=254), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("may_create_programmes", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("mailbox", name=op.f("uq_account_mailbox")),
        sqlite_strict=True,
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "account", "system", "console", name="actorkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("object_table", sa.String(length=32), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("old_state", sa.String(length=32), nullable=False),
        sa.Column("new_state", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_object", ["object_table", "object_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.String(length=4000), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hear_by", sa.Date(), nullable=False),
        sa.Column("teach_level", sa.Integer(), nullable=False),
        sa.Column("floor_percent", sa.Integer(), nullable=False),
        sa.Column(
            "objective",
            sa.Enum(
                "coverage", "participation", name="objective", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("shared_language", sa.Boolean(), nullable=False),
        sa.Column("allow_earlier_pairings", sa.Boolean(), nullable=False),
        sa.Column("mentorships_required", sa.JSON(), nullable=False),
        sa.Column("emphasis", sa.JSON(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("inputs_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("floor_percent BETWEEN 0 AND 100", name=op.f("ck_programme_floor_percent")),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_programme_window")),
        sa.CheckConstraint("teach_level BETWEEN 1 AND 4", name=op.f("ck_programme_teach_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("slug", name=op.f("uq_programme_slug")),
        sqlite_strict=True,
    )
    op.create_table(
        "snapshot",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_snapshot")),
        sqlite_strict=True,
    )
    op.create_table(
        "browser_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_browser_session_account_id_account")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_browser_session")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("browser_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_browser_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "coordinatorship",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_coordinatorship_account_id_account")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_coordinatorship_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("account_id", "programme_id", name=op.f("pk_coordinatorship")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("coordinatorship", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coordinatorship_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "imported_file",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added", sa.Integer(), nullable=True),
        sa.Column("changed", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(applied_at IS NULL) = (added IS NULL AND changed IS NULL)", name=op.f("ck_imported_file_result")
        ),
        sa.CheckConstraint("(applied_at IS NULL) = (content IS NOT NULL)", name=op.f("ck_imported_file_content")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_imported_file_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_imported_file_sent_by_account")),
        sa.PrimaryKeyConstraint("programme_id", "sha256", name=op.f("pk_imported_file")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("imported_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_file_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "matching_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "queued",
                "solving",
                "proposed",
                "published",
                "recalled",
                "failed",
                "closed",
                name="roundstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "reading",
                "scoring",
                "solving",
                "checking",
                "writing",
                "saving",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("stage_done", sa.Integer(), nullable=False),
        sa.Column("stage_total", sa.Integer(), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(length=500), nullable=False),
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.Column("publish_key", sa.String(length=64), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'solving') = (lease_until IS NOT NULL)", name=op.f("ck_matching_round_lease")),
        sa.CheckConstraint("attempts BETWEEN 0 AND 3", name=op.f("ck_matching_round_attempts")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_matching_round_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_matching_round_published_by_account")),
        sa.ForeignKeyConstraint(["started_by"], ["account.id"], name=op.f("fk_matching_round_started_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matching_round")),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_matching_round_programme_id_id")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_matching_round_programme_id_number")),
        sa.UniqueConstraint("publish_key", name=op.f("uq_matching_round_publish_key")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("matching_round", schema=None) as batch_op:
        batch_op.create_index(
            "uq_matching_round_open",
            ["programme_id"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('published', 'closed')"),
            postgresql_where=sa.text("state NOT IN ('published', 'closed')"),
        )

    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "unconfirmed",
                "active",
                "paused",
                "withdrawn",
                "erased",
                name="signupstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mailbox", sa.String(length=254), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.Column("site", sa.String(length=120), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("languages", sa.String(length=120), nullable=False),
        sa.Column("manager_email", sa.String(length=254), nullable=True),
        sa.Column(
            "position",
            sa.Enum(
                "corporate",
                "business_unit",
                "value_stream",
                name="position",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "position_aimed_at",
            sa.Enum(
                "corporate",
                "business_unit",
                "value_stream",
                name="position_aimed_at",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("offers_mentoring", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("wants_mentor", sa.Boolean(), nullable=False),
        sa.Column(
            "certification_held",
            sa.Enum(
                "none",
                "knowledge",
                "bronze",
                "silver",
                "gold",
                name="certification_held",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "certification_pursued",
            sa.Enum(
                "none",
                "knowledge",
                "bronze",
                "silver",
                "gold",
                name="certification_pursued",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("mentorships_completed", sa.Integer(), nullable=False),
        sa.Column("hopes", sa.String(length=2000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("capacity BETWEEN 0 AND 5", name=op.f("ck_participant_capacity")),
        sa.CheckConstraint("mentorships_completed BETWEEN 0 AND 99", name=op.f("ck_participant_mentorships_completed")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_participant_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_participant_programme_id_id")),
        sa.UniqueConstraint("programme_id", "mailbox", name=op.f("uq_participant_programme_id_mailbox")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participant_mailbox"), ["mailbox"], unique=False)

    op.create_table(
        "sign_in_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "mentor",
                "mentee",
                "mentor_and_mentee",
                "unpaired",
                "sign_in",
                "confirm_signup",
                "already_signed_up",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
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
        sa.CheckConstraint(
            "kind IN ('sign_in', 'confirm_signup', 'already_signed_up')", name=op.f("ck_sign_in_request_link_kind")
        ),
        sa.CheckConstraint("code_tries BETWEEN 0 AND 5", name=op.f("ck_sign_in_request_code_tries")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_sign_in_request_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_request")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_request_token_hash")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("sign_in_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_request_browser_hash"), ["browser_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_request_client"), ["client"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_request_mailbox"), ["mailbox"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_request_mailed_at"), ["mailed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_request_requested_at"), ["requested_at"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("snapshot_sha256", sa.String(length=64), nullable=False),
        sa.Column("result_sha256", sa.String(length=64), nullable=False),
        sa.Column("inputs_version", sa.Integer(), nullable=False),
        sa.Column("entrants", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("solver", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["matching_round.id"], name=op.f("fk_proposal_round_id_matching_round")),
        sa.ForeignKeyConstraint(
            ["snapshot_sha256"], ["snapshot.sha256"], name=op.f("fk_proposal_snapshot_sha256_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_proposal_round_id_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "rating",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column(
            "competency",
            sa.Enum(
                "strategic_orientation",
                "change_leadership",
                "group_facilitation",
                "focus_accountability",
                "talent_development",
                "flexibility",
                "interpersonal_understanding",
                "self_management",
                "lean_principles",
                "value_stream_analysis",
                "kaizen_events",
                "daily_kaizen",
                "standard_work",
                "flow_pull",
                "problem_solving",
                "strategy_deployment",
                name="competency",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_rating_level")),
        sa.CheckConstraint("target BETWEEN 0 AND 4", name=op.f("ck_rating_target")),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_rating_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", "competency", name=op.f("pk_rating")),
        sqlite_strict=True,
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("publication", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "mentor",
                "mentee",
                "mentor_and_mentee",
                "unpaired",
                "sign_in",
                "confirm_signup",
                "already_signed_up",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "held",
                "pending",
                "sending",
                "in_doubt",
                "sent",
                "bounced",
                "failed",
                "cancelled",
                name="noticestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
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
        sa.Column("reply", sa.String(length=500), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind IN ('mentor', 'mentee', 'mentor_and_mentee', 'unpaired')) = (round_id IS NOT NULL)",
            name=op.f("ck_notice_round"),
        ),
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
        sa.UniqueConstraint(
            "proposal_id",
            "publication",
            "participant_id",
            "revision",
            name=op.f("uq_notice_proposal_id_publication_participant_id_revision"),
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_due", ["state", "next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_round_id"), ["round_id"], unique=False)

    op.create_table(
        "pairing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("coverage_points", sa.Integer(), nullable=False),
        sa.Column("gap_points", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column(
            "serves",
            sa.Enum(
                "nothing",
                "first_place",
                "further_place",
                name="serves",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("closures", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "announced",
                "accepted",
                "completed",
                "declined",
                "ended_early",
                "dropped",
                "recalled",
                name="pairingstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("coverage_points BETWEEN 1 AND gap_points", name=op.f("ck_pairing_coverage_points")),
        sa.CheckConstraint("mentor_id <> mentee_id", name=op.f("ck_pairing_two_people")),
        sa.CheckConstraint("slot BETWEEN 1 AND capacity", name=op.f("ck_pairing_slot")),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentee_id"],
            ["participant.programme_id", "participant.id"],
            name=op.f("fk_pairing_programme_id_mentee_id_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentor_id"],
            ["participant.programme_id", "participant.id"],
            name=op.f("fk_pairing_programme_id_mentor_id_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "round_id"],
            ["matching_round.programme_id", "matching_round.id"],
            name=op.f("fk_pairing_programme_id_round_id_matching_round"),
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_pairing_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing")),
        sa.UniqueConstraint("proposal_id", "mentee_id", name=op.f("uq_pairing_proposal_id_mentee_id")),
        sa.UniqueConstraint("proposal_id", "mentor_id", "slot", name=op.f("uq_pairing_proposal_id_mentor_id_slot")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pairing_mentee_id"), ["mentee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pairing_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index("ix_pairing_round_id", ["round_id"], unique=False)

    op.create_table(
        "unpaired",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("mentee", "mentor", name="side", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "no_gap",
                "no_capacity",
                "no_one_offers",
                "no_one_seeks",
                "no_one_teaches",
                "no_one_to_teach",
                "kept_apart",
                "no_shared_language",
                "below_floor",
                "mentors_full",
                "mentees_taken",
                "only_mutual",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("is_candidate", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "participant_id"],
            ["participant.programme_id", "participant.id"],
            name=op.f("fk_unpaired_programme_id_participant_id_participant"),
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_unpaired_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unpaired")),
        sa.UniqueConstraint(
            "proposal_id", "participant_id", "side", name=op.f("uq_unpaired_proposal_id_participant_id_side")
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("unpaired", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unpaired_participant_id"), ["participant_id"], unique=False)
    for statement in guards(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in guards_away(op.get_bind().dialect.name):
        op.execute(statement)
    with op.batch_alter_table("unpaired", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unpaired_participant_id"))

    op.drop_table("unpaired")
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.drop_index("ix_pairing_round_id")
        batch_op.drop_index(batch_op.f("ix_pairing_mentor_id"))
        batch_op.drop_index(batch_op.f("ix_pairing_mentee_id"))

    op.drop_table("pairing")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_round_id"))
        batch_op.drop_index(batch_op.f("ix_notice_participant_id"))
        batch_op.drop_index("ix_notice_due")

    op.drop_table("notice")
    op.drop_table("rating")
    op.drop_table("proposal")
    with op.batch_alter_table("sign_in_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_request_requested_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_request_mailed_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_request_mailbox"))
        batch_op.drop_index(batch_op.f("ix_sign_in_request_client"))
        batch_op.drop_index(batch_op.f("ix_sign_in_request_browser_hash"))

    op.drop_table("sign_in_request")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participant_mailbox"))

    op.drop_table("participant")
    with op.batch_alter_table("matching_round", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_matching_round_open",
            sqlite_where=sa.text("state NOT IN ('published', 'closed')"),
            postgresql_where=sa.text("state NOT IN ('published', 'closed')"),
        )

    op.drop_table("matching_round")
    with op.batch_alter_table("imported_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_file_sent_at"))

    op.drop_table("imported_file")
    with op.batch_alter_table("coordinatorship", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coordinatorship_programme_id"))

    op.drop_table("coordinatorship")
    with op.batch_alter_table("browser_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_browser_session_account_id"))

    op.drop_table("browser_session")
    op.drop_table("snapshot")
    op.drop_table("programme")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_programme_id"))
        batch_op.drop_index("ix_audit_entry_object")

    op.drop_table("audit_entry")
    op.drop_table("account")
