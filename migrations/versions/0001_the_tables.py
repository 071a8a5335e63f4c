"""The tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_role", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    op.create_index("ix_audit_log_actor_id", "audit_log", ["actor_id"], unique=False)
    op.create_index("ix_audit_log_created_at", "audit_log", ["created_at"], unique=False)
    op.create_index("ix_audit_log_subject", "audit_log", ["subject_kind", "subject_id", "created_at"], unique=False)
    op.create_table(
        "cohorts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_on", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohorts")),
        sa.UniqueConstraint("name", name=op.f("uq_cohorts_name")),
    )
    op.create_table(
        "users",
        sa.Column("slack_team_id", sa.Text(), nullable=True),
        sa.Column("slack_user_id", sa.Text(), nullable=True),
        sa.Column("slack_dm_channel", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tz", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("locale", sa.Text(), server_default="en-US", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("preferences", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("roles <@ ARRAY['student', 'mentor', 'admin']", name=op.f("ck_users_roles_known")),
        sa.CheckConstraint(
            "state = 'erased' OR slack_user_id IS NOT NULL OR email IS NOT NULL",
            name=op.f("ck_users_reachable"),
        ),
        sa.CheckConstraint("state IN ('active', 'left', 'erased')", name=op.f("ck_users_state_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("slack_team_id", "slack_user_id", name=op.f("uq_users_slack_team_id_slack_user_id")),
    )
    op.create_index("ix_users_admins", "users", ["id"], unique=False, postgresql_where=sa.text("'admin' = ANY (roles)"))
    op.create_index("uq_users_email_lower", "users", [sa.literal_column("lower(email)")], unique=True)
    op.create_table(
        "api_tokens",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_api_tokens_owner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
    )
    op.create_index("ix_api_tokens_owner_id", "api_tokens", ["owner_id"], unique=False)
    op.create_table(
        "blocks",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("user_id <> other_id", name=op.f("ck_blocks_two_people")),
        sa.ForeignKeyConstraint(["other_id"], ["users.id"], name=op.f("fk_blocks_other_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_blocks_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocks")),
        sa.UniqueConstraint("user_id", "other_id", name=op.f("uq_blocks_user_id_other_id")),
    )
    op.create_index("ix_blocks_other_id", "blocks", ["other_id"], unique=False)
    op.create_table(
        "mentorship_profiles",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
        sa.Column("industries", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("research", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("skills", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("location", sa.Text(), server_default="", nullable=False),
        sa.Column("meet", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("max_mentees", sa.Integer(), server_default="1", nullable=False),
        sa.Column("current_mentees", sa.Integer(), server_default="0", nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("role <> 'admin'", name=op.f("ck_mentorship_profiles_role_has_profile")),
        sa.CheckConstraint("role IN ('student', 'mentor', 'admin')", name=op.f("ck_mentorship_profiles_role_known")),
        sa.CheckConstraint("current_mentees >= 0", name=op.f("ck_mentorship_profiles_current_mentees_positive")),
        sa.CheckConstraint("max_mentees BETWEEN 0 AND 20", name=op.f("ck_mentorship_profiles_max_mentees_sane")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_mentorship_profiles_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentorship_profiles")),
        sa.UniqueConstraint("user_id", "role", name=op.f("uq_mentorship_profiles_user_id_role")),
    )
    op.create_index(
        "ix_mentorship_profiles_mentors",
        "mentorship_profiles",
        ["user_id"],
        unique=False,
        postgresql_where=sa.text("role = 'mentor'"),
    )
    op.create_index(
        "ix_mentorship_profiles_role_updated_at", "mentorship_profiles", ["role", "updated_at"], unique=False
    )
    op.create_table(
        "mentorship_requests",
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=True),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("anything_else", sa.Text(), server_default="", nullable=False),
        sa.Column("must_share", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("waves_used", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("next_step_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(state IN ('matched', 'cancelled')) = (next_step_at IS NULL)",
            name=op.f("ck_mentorship_requests_open_has_next_step"),
        ),
        sa.CheckConstraint(
            "next_step IN ('search', 'answer', 'retry', 'staff', 'none')",
            name=op.f("ck_mentorship_requests_next_step_known"),
        ),
        sa.CheckConstraint(
            "state IN ('searching', 'offered', 'waiting', 'staff', 'matched', 'cancelled')",
            name=op.f("ck_mentorship_requests_state_known"),
        ),
        sa.CheckConstraint("waves_used BETWEEN 0 AND 3", name=op.f("ck_mentorship_requests_waves_used_bounded")),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name=op.f("fk_mentorship_requests_cohort_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["student_id"], ["users.id"], name=op.f("fk_mentorship_requests_student_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentorship_requests")),
    )
    op.create_index("ix_mentorship_requests_cohort_id", "mentorship_requests", ["cohort_id"], unique=False)
    op.create_index(
        "ix_mentorship_requests_due",
        "mentorship_requests",
        ["next_step_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('searching', 'offered', 'waiting', 'staff')"),
    )
    op.create_index("ix_mentorship_requests_student_id", "mentorship_requests", ["student_id"], unique=False)
    op.create_index(
        "uq_mentorship_requests_open",
        "mentorship_requests",
        ["student_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('searching', 'offered', 'waiting', 'staff')"),
    )
    op.create_table(
        "quick_questions",
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("claimer_id", sa.Uuid(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), server_default="", nullable=False),
        sa.Column("topics", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("student_consents", sa.Boolean(), nullable=True),
        sa.Column("mentor_consents", sa.Boolean(), nullable=True),
        sa.Column("slack_channel", sa.Text(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("thanks", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'claimed', 'answered', 'closed')", name=op.f("ck_quick_questions_state_known")
        ),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_quick_questions_rating_in_stars")),
        sa.CheckConstraint("student_id <> claimer_id", name=op.f("ck_quick_questions_two_people")),
        sa.ForeignKeyConstraint(
            ["claimer_id"], ["users.id"], name=op.f("fk_quick_questions_claimer_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["student_id"], ["users.id"], name=op.f("fk_quick_questions_student_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quick_questions")),
    )
    op.create_index("ix_quick_questions_claimer_id", "quick_questions", ["claimer_id"], unique=False)
    op.create_index("ix_quick_questions_state_created_at", "quick_questions", ["state", "created_at"], unique=False)
    op.create_index("ix_quick_questions_student_id", "quick_questions", ["student_id"], unique=False)
    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_settings_version_positive")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_settings_author_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_settings_name_version")),
    )
    op.create_table(
        "match_batches",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("selected_mentor_id", sa.Uuid(), nullable=True),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("weights_version", sa.Integer(), nullable=False),
        sa.Column("index_version", sa.Text(), nullable=False),
        sa.Column("inputs", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'failed', 'withdrawn')", name=op.f("ck_match_batches_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["mentorship_requests.id"],
            name=op.f("fk_match_batches_request_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["selected_mentor_id"],
            ["users.id"],
            name=op.f("fk_match_batches_selected_mentor_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["student_id"], ["users.id"], name=op.f("fk_match_batches_student_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_batches")),
    )
    op.create_index(
        "uq_match_batches_wave",
        "match_batches",
        ["request_id", "wave"],
        unique=True,
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_index(
        "ix_match_batches_due",
        "match_batches",
        ["deadline"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_match_batches_selected_mentor_id", "match_batches", ["selected_mentor_id"], unique=False)
    op.create_index("ix_match_batches_student_id", "match_batches", ["student_id"], unique=False)
    op.create_index(
        "uq_match_batches_open",
        "match_batches",
        ["request_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "profile_vectors",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("facet", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["mentorship_profiles.id"],
            name=op.f("fk_profile_vectors_profile_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_vectors")),
        sa.UniqueConstraint(
            "profile_id",
            "model",
            "facet",
            "position",
            name=op.f("uq_profile_vectors_profile_id_model_facet_position"),
        ),
    )
    op.create_index("ix_profile_vectors_model_updated_at", "profile_vectors", ["model", "updated_at"], unique=False)
    op.create_table(
        "match_offers",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("criteria", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decline_reason", sa.Text(), nullable=True),
        sa.Column("decline_note", sa.Text(), server_default="", nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(state = 'declined') = (decline_reason IS NOT NULL)",
            name=op.f("ck_match_offers_declined_has_reason"),
        ),
        sa.CheckConstraint(
            "decline_reason IN ('No time now', 'Not my field', 'Know this person', 'Other')",
            name=op.f("ck_match_offers_decline_reason_known"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'declined', 'taken', 'expired', 'withdrawn')",
            name=op.f("ck_match_offers_state_known"),
        ),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_match_offers_score_in_points")),
        sa.CheckConstraint("student_id <> mentor_id", name=op.f("ck_match_offers_two_people")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["match_batches.id"], name=op.f("fk_match_offers_batch_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["users.id"], name=op.f("fk_match_offers_mentor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["mentorship_requests.id"],
            name=op.f("fk_match_offers_request_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["student_id"], ["users.id"], name=op.f("fk_match_offers_student_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_offers")),
        sa.UniqueConstraint("batch_id", "mentor_id", name=op.f("uq_match_offers_batch_id_mentor_id")),
        sa.UniqueConstraint("batch_id", "rank", name=op.f("uq_match_offers_batch_id_rank")),
    )
    op.create_index("ix_match_offers_mentor_id_state", "match_offers", ["mentor_id", "state"], unique=False)
    op.create_index(
        "ix_match_offers_open",
        "match_offers",
        ["mentor_id"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_match_offers_student_id_mentor_id", "match_offers", ["student_id", "mentor_id"], unique=False)
    op.create_index(
        "uq_match_offers_accepted",
        "match_offers",
        ["request_id"],
        unique=True,
        postgresql_where=sa.text("state = 'accepted'"),
    )
    op.create_index(
        "uq_match_offers_request_mentor",
        "match_offers",
        ["request_id", "mentor_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_table(
        "matches",
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("cohort_id", sa.Uuid(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("criteria", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("goals", sa.Text(), server_default="", nullable=False),
        sa.Column("cadence_days", sa.Integer(), nullable=True),
        sa.Column("health", sa.Text(), server_default="too early", nullable=False),
        sa.Column("health_causes", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("next_check_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slack_channel", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("origin IN ('batch', 'manual', 'cohort', 'question')", name=op.f("ck_matches_origin_known")),
        sa.CheckConstraint(
            "state IN ('pending', 'active', 'paused', 'completed', 'ended')",
            name=op.f("ck_matches_state_known"),
        ),
        sa.CheckConstraint("student_id <> mentor_id", name=op.f("ck_matches_two_people")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name=op.f("fk_matches_cohort_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["mentor_id"], ["users.id"], name=op.f("fk_matches_mentor_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["match_offers.id"], name=op.f("fk_matches_offer_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["mentorship_requests.id"],
            name=op.f("fk_matches_request_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["student_id"], ["users.id"], name=op.f("fk_matches_student_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
        sa.UniqueConstraint("offer_id", name=op.f("uq_matches_offer_id")),
    )
    op.create_index("ix_matches_cohort_id", "matches", ["cohort_id"], unique=False)
    op.create_index(
        "ix_matches_due",
        "matches",
        ["next_check_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'active', 'paused')"),
    )
    op.create_index("ix_matches_mentor_id_state", "matches", ["mentor_id", "state"], unique=False)
    op.create_index("ix_matches_request_id", "matches", ["request_id"], unique=False)
    op.create_index("ix_matches_student_id", "matches", ["student_id"], unique=False)
    op.create_index(
        "uq_matches_live_pair",
        "matches",
        ["student_id", "mentor_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('pending', 'active', 'paused')"),
    )
    op.create_table(
        "meeting_logs",
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), server_default="", nullable=False),
        sa.Column("action_items", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("proposals", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("accounts", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("confirmed_by", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'planned', 'held', 'missed', 'cancelled')",
            name=op.f("ck_meeting_logs_state_known"),
        ),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name=op.f("ck_meeting_logs_minutes_sane")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_meeting_logs_author_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_meeting_logs_match_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_logs")),
    )
    op.create_index("ix_meeting_logs_author_id", "meeting_logs", ["author_id"], unique=False)
    op.create_index(
        "ix_meeting_logs_due",
        "meeting_logs",
        ["starts_at"],
        unique=False,
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.create_index("ix_meeting_logs_match_id_starts_at", "meeting_logs", ["match_id", "starts_at"], unique=False)
    op.create_table(
        "mentorship_feedback",
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("shared", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('check_in', 'survey', 'closing', 'help')",
            name=op.f("ck_mentorship_feedback_kind_known"),
        ),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_mentorship_feedback_rating_in_stars")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_mentorship_feedback_author_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_mentorship_feedback_match_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentorship_feedback")),
    )
    op.create_index("ix_mentorship_feedback_author_id", "mentorship_feedback", ["author_id"], unique=False)
    op.create_index("ix_mentorship_feedback_match_id", "mentorship_feedback", ["match_id"], unique=False)
    op.create_table(
        "notifications",
        sa.Column("recipient_id", sa.Uuid(), nullable=True),
        sa.Column("match_id", sa.Uuid(), nullable=True),
        sa.Column("channel_name", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("updates_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("slack_channel", sa.Text(), nullable=True),
        sa.Column("slack_ts", sa.Text(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(state = 'sending') = (leased_until IS NOT NULL)",
            name=op.f("ck_notifications_lease_while_sending"),
        ),
        sa.CheckConstraint("channel IN ('slack', 'email')", name=op.f("ck_notifications_channel_known")),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'failed', 'cancelled')",
            name=op.f("ck_notifications_state_known"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(recipient_id, match_id, channel_name) = 1",
            name=op.f("ck_notifications_one_audience"),
        ),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_notifications_match_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["users.id"], name=op.f("fk_notifications_recipient_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["updates_id"], ["notifications.id"], name=op.f("fk_notifications_updates_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_notifications_dedupe_key")),
    )
    op.create_index(
        "ix_notifications_due",
        "notifications",
        ["not_before"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.create_index("ix_notifications_match_id", "notifications", ["match_id"], unique=False)
    op.create_index("ix_notifications_recipient_id", "notifications", ["recipient_id"], unique=False)
    op.create_index("ix_notifications_updates_id", "notifications", ["updates_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_notifications_updates_id", table_name="notifications")
    op.drop_index("ix_notifications_recipient_id", table_name="notifications")
    op.drop_index("ix_notifications_match_id", table_name="notifications")
    op.drop_index(
        "ix_notifications_due",
        table_name="notifications",
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.drop_table("notifications")
    op.drop_index("ix_mentorship_feedback_match_id", table_name="mentorship_feedback")
    op.drop_index("ix_mentorship_feedback_author_id", table_name="mentorship_feedback")
    op.drop_table("mentorship_feedback")
    op.drop_index("ix_meeting_logs_match_id_starts_at", table_name="meeting_logs")
    op.drop_index("ix_meeting_logs_due", table_name="meeting_logs", postgresql_where=sa.text("state = 'planned'"))
    op.drop_index("ix_meeting_logs_author_id", table_name="meeting_logs")
    op.drop_table("meeting_logs")
    op.drop_index(
        "uq_matches_live_pair",
        table_name="matches",
        postgresql_where=sa.text("state IN ('pending', 'active', 'paused')"),
    )
    op.drop_index("ix_matches_student_id", table_name="matches")
    op.drop_index("ix_matches_request_id", table_name="matches")
    op.drop_index("ix_matches_mentor_id_state", table_name="matches")
    op.drop_index(
        "ix_matches_due",
        table_name="matches",
        postgresql_where=sa.text("state IN ('pending', 'active', 'paused')"),
    )
    op.drop_index("ix_matches_cohort_id", table_name="matches")
    op.drop_table("matches")
    op.drop_index("uq_match_offers_request_mentor", table_name="match_offers")
    op.drop_index("uq_match_offers_accepted", table_name="match_offers", postgresql_where=sa.text("state = 'accepted'"))
    op.drop_index("ix_match_offers_student_id_mentor_id", table_name="match_offers")
    op.drop_index("ix_match_offers_open", table_name="match_offers", postgresql_where=sa.text("state = 'open'"))
    op.drop_index("ix_match_offers_mentor_id_state", table_name="match_offers")
    op.drop_table("match_offers")
    op.drop_index("ix_profile_vectors_model_updated_at", table_name="profile_vectors")
    op.drop_table("profile_vectors")
    op.drop_index("uq_match_batches_open", table_name="match_batches", postgresql_where=sa.text("state = 'open'"))
    op.drop_index("ix_match_batches_student_id", table_name="match_batches")
    op.drop_index("ix_match_batches_selected_mentor_id", table_name="match_batches")
    op.drop_index("ix_match_batches_due", table_name="match_batches", postgresql_where=sa.text("state = 'open'"))
    op.drop_index("uq_match_batches_wave", table_name="match_batches")
    op.drop_table("match_batches")
    op.drop_table("settings")
    op.drop_index("ix_quick_questions_student_id", table_name="quick_questions")
    op.drop_index("ix_quick_questions_state_created_at", table_name="quick_questions")
    op.drop_index("ix_quick_questions_claimer_id", table_name="quick_questions")
    op.drop_table("quick_questions")
    op.drop_index(
        "uq_mentorship_requests_open",
        table_name="mentorship_requests",
        postgresql_where=sa.text("state IN ('searching', 'offered', 'waiting', 'staff')"),
    )
    op.drop_index("ix_mentorship_requests_student_id", table_name="mentorship_requests")
    op.drop_index(
        "ix_mentorship_requests_due",
        table_name="mentorship_requests",
        postgresql_where=sa.text("state IN ('searching', 'offered', 'waiting', 'staff')"),
    )
    op.drop_index("ix_mentorship_requests_cohort_id", table_name="mentorship_requests")
    op.drop_table("mentorship_requests")
    op.drop_index("ix_mentorship_profiles_role_updated_at", table_name="mentorship_profiles")
    op.drop_index(
        "ix_mentorship_profiles_mentors",
        table_name="mentorship_profiles",
        postgresql_where=sa.text("role = 'mentor'"),
    )
    op.drop_table("mentorship_profiles")
    op.drop_index("ix_blocks_other_id", table_name="blocks")
    op.drop_table("blocks")
    op.drop_index("ix_api_tokens_owner_id", table_name="api_tokens")
    op.drop_table("api_tokens")
    op.drop_index("uq_users_email_lower", table_name="users")
    op.drop_index("ix_users_admins", table_name="users", postgresql_where=sa.text("'admin' = ANY (roles)"))
    op.drop_table("users")
    op.drop_table("cohorts")
    op.drop_index("ix_audit_log_subject", table_name="audit_log")
    op.drop_index("ix_audit_log_created_at", table_name="audit_log")
    op.drop_index("ix_audit_log_actor_id", table_name="audit_log")
    op.drop_table("audit_log")
