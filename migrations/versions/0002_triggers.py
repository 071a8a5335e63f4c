"""What the database keeps true by itself: times of change, mentee counts, an audit log that only grows."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "api_tokens",
    "audit_log",
    "blocks",
    "cohorts",
    "match_batches",
    "match_offers",
    "matches",
    "meeting_logs",
    "mentorship_feedback",
    "mentorship_profiles",
    "mentorship_requests",
    "notifications",
    "profile_vectors",
    "quick_questions",
    "settings",
    "users",
)

TOUCH = """
CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := clock_timestamp();
    RETURN NEW;
END $$
"""

COUNT = """
CREATE FUNCTION count_mentees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE mentorship_profiles p
    SET current_mentees = (
        SELECT count(*) FROM matches m
        WHERE m.mentor_id = p.user_id AND m.state IN ('pending', 'active', 'paused')
    )
    WHERE p.role = 'mentor'
      AND (
          TG_OP <> 'DELETE' AND p.user_id = NEW.mentor_id
          OR TG_OP <> 'INSERT' AND p.user_id = OLD.mentor_id
      );
    RETURN NULL;
END $$
"""

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$
"""


def upgrade() -> None:
    op.execute(TOUCH)
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER touch_updated_at BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION touch_updated_at()"
        )
    op.execute(COUNT)
    op.execute(
        "CREATE TRIGGER count_mentees AFTER INSERT OR DELETE OR UPDATE OF state, mentor_id ON matches "
        "FOR EACH ROW EXECUTE FUNCTION count_mentees()"
    )
    op.execute(REFUSE)
    op.execute(
        "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER refuse_change ON audit_log")
    op.execute("DROP FUNCTION refuse_change()")
    op.execute("DROP TRIGGER count_mentees ON matches")
    op.execute("DROP FUNCTION count_mentees()")
    for table in TABLES:
        op.execute(f"DROP TRIGGER touch_updated_at ON {table}")
    op.execute("DROP FUNCTION touch_updated_at()")
