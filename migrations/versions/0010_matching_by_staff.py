"""Matching by staff: what they ask of the workers, the pairs that were found, and what they write to pairs.

Messages know what caused them, imported people are looked for in Slack, health is kept by day, people know when they
were erased, and mentees are counted by one after the other.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

RUNS, PAIRS, MESSAGES, DAYS = "matching_runs", "proposed_pairs", "staff_messages", "health_days"
STAFF, ME = "(SELECT app_is_staff())", "(SELECT app_user_id())"
MY_MATCH = f"EXISTS (SELECT FROM matches m WHERE {ME} IN (m.student_id, m.mentor_id) AND m.id = match_id)"
READERS = {MESSAGES: f"{STAFF} OR recipient_id = {ME} OR recipient_id IS NULL AND {MY_MATCH}"}
"""Who else than staff may read, by table."""
REQUESTS, WAVES = "mentorship_requests", "ck_mentorship_requests_waves_used_bounded"


TURN = """
    PERFORM FROM mentorship_profiles p
    WHERE p.role = 'mentor'
      AND (
          TG_OP <> 'DELETE' AND p.user_id = NEW.mentor_id
          OR TG_OP <> 'INSERT' AND p.user_id = OLD.mentor_id
      )
    ORDER BY p.user_id FOR NO KEY UPDATE;
"""
COUNT = """
CREATE OR REPLACE FUNCTION count_mentees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {turn}
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
"""A statement sees what was committed before it began, not before it got its lock: who counts waits for the turn first,
or two matches of one mentor that end at the same moment would each count the other.
"""


def _reference(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _always(table: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    now = sa.text("now()")
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _json(name: str, default: str | None = None) -> sa.Column[object]:
    return sa.Column(name, postgresql.JSONB(), server_default=default, nullable=False)


def upgrade() -> None:
    op.add_column("notifications", sa.Column("trace", sa.Text(), nullable=True))
    op.create_table(
        RUNS,
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("match_id", sa.Uuid(), nullable=True),
        sa.Column("cohort_id", sa.Uuid(), nullable=True),
        _json("params", "{}"),
        _json("outcome", "{}"),
        sa.Column("failure", sa.Text(), server_default="", nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('manual', 'cohort', 'weights')", name=op.f(f"ck_{RUNS}_kind_known")),
        sa.CheckConstraint(
            "state IN ('asked', 'ready', 'failed', 'used', 'dropped')", name=op.f(f"ck_{RUNS}_state_known")
        ),
        sa.CheckConstraint(
            "state NOT IN ('ready', 'used') OR ready_at IS NOT NULL", name=op.f(f"ck_{RUNS}_found_has_date")
        ),
        sa.CheckConstraint("(state = 'used') = (used_at IS NOT NULL)", name=op.f(f"ck_{RUNS}_used_has_date")),
        _reference(RUNS, "asked_by_id", "users", "SET NULL"),
        _reference(RUNS, "student_id", "users", "CASCADE"),
        _reference(RUNS, "match_id", "matches", "CASCADE"),
        _reference(RUNS, "cohort_id", "cohorts", "SET NULL"),
        *_always(RUNS),
    )
    op.create_index(f"ix_{RUNS}_asked", RUNS, ["created_at"], postgresql_where=sa.text("state = 'asked'"))
    op.create_index(f"ix_{RUNS}_kind_created_at", RUNS, ["kind", "created_at"])
    for column in ("asked_by_id", "student_id", "match_id", "cohort_id"):
        op.create_index(f"ix_{RUNS}_{column}", RUNS, [column])
    op.create_table(
        PAIRS,
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        _json("criteria"),
        sa.Column("refusals", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("chosen", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("match_id", sa.Uuid(), nullable=True),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("student_id <> mentor_id", name=op.f(f"ck_{PAIRS}_two_people")),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f(f"ck_{PAIRS}_score_in_points")),
        _reference(PAIRS, "run_id", RUNS, "CASCADE"),
        _reference(PAIRS, "student_id", "users", "CASCADE"),
        _reference(PAIRS, "mentor_id", "users", "CASCADE"),
        _reference(PAIRS, "request_id", "mentorship_requests", "SET NULL"),
        _reference(PAIRS, "match_id", "matches", "SET NULL"),
        _reference(PAIRS, "offer_id", "match_offers", "SET NULL"),
        *_always(PAIRS),
        sa.UniqueConstraint("run_id", "student_id", "mentor_id", name=op.f(f"uq_{PAIRS}_run_id_student_id_mentor_id")),
    )
    op.create_index(
        f"uq_{PAIRS}_chosen", PAIRS, ["run_id", "student_id"], unique=True, postgresql_where=sa.text("chosen")
    )
    for column in ("student_id", "mentor_id", "request_id", "match_id", "offer_id"):
        op.create_index(f"ix_{PAIRS}_{column}", PAIRS, [column])
    op.create_table(
        MESSAGES,
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("recipient_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        _reference(MESSAGES, "match_id", "matches", "CASCADE"),
        _reference(MESSAGES, "author_id", "users", "SET NULL"),
        _reference(MESSAGES, "recipient_id", "users", "CASCADE"),
        *_always(MESSAGES),
    )
    for column in ("match_id", "author_id", "recipient_id"):
        op.create_index(f"ix_{MESSAGES}_{column}", MESSAGES, [column])
    op.create_table(
        DAYS,
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(state, sa.Integer(), nullable=False) for state in ("too_early", "healthy", "watch", "at_risk")),
        *_always(DAYS),
        sa.UniqueConstraint("day", name=op.f(f"uq_{DAYS}_day")),
    )
    op.add_column("users", sa.Column("slack_named", sa.Text(), nullable=True))
    op.add_column("users", sa.Column("seek_account_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_users_seek_account_at",
        "users",
        ["seek_account_at"],
        postgresql_where=sa.text("seek_account_at IS NOT NULL"),
    )
    op.create_index("ix_mentorship_feedback_said_at", "mentorship_feedback", ["said_at"])
    for table in (RUNS, PAIRS, MESSAGES, DAYS):
        op.execute(
            f"CREATE TRIGGER touch_updated_at BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION touch_updated_at()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reading ON {table} FOR SELECT USING ({READERS.get(table, STAFF)})")
        op.execute(f"CREATE POLICY adding ON {table} FOR INSERT WITH CHECK ({STAFF})")
        op.execute(f"CREATE POLICY changing ON {table} FOR UPDATE USING ({STAFF}) WITH CHECK ({STAFF})")
        op.execute(f"CREATE POLICY removing ON {table} FOR DELETE USING ({STAFF})")
    op.drop_constraint(op.f(WAVES), REQUESTS)  # staff may ask a mentor after the third wave
    op.create_check_constraint(op.f(WAVES), REQUESTS, "waves_used >= 0")
    _erasures()
    op.execute(COUNT.format(turn=TURN))
    op.execute("""
        UPDATE mentorship_profiles p SET current_mentees = m.number
        FROM (
            SELECT mentor_id, count(*) FILTER (WHERE state IN ('pending', 'active', 'paused')) AS number
            FROM matches GROUP BY mentor_id
        ) m
        WHERE p.role = 'mentor' AND p.user_id = m.mentor_id AND p.current_mentees <> m.number
    """)


def _erasures() -> None:
    """When somebody was erased, and since when nothing of them is left."""
    for column in ("erased_at", "cleared_at"):
        op.add_column("users", sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(op.f("ck_users_erased_for_ever"), "users", "erased_at IS NULL OR state = 'erased'")
    op.create_index(
        "ix_users_erasing", "users", ["id"], postgresql_where=sa.text("erased_at IS NOT NULL AND cleared_at IS NULL")
    )


def downgrade() -> None:
    op.execute(COUNT.format(turn=""))
    op.drop_column("notifications", "trace")
    op.drop_table(MESSAGES)
    op.drop_index("ix_mentorship_feedback_said_at", "mentorship_feedback")
    op.drop_index("ix_users_seek_account_at", "users")
    op.drop_column("users", "seek_account_at")
    op.drop_column("users", "slack_named")
    op.drop_table(DAYS)
    op.drop_constraint(op.f(WAVES), REQUESTS)
    op.create_check_constraint(op.f(WAVES), REQUESTS, "waves_used BETWEEN 0 AND 3")
    op.drop_index("ix_users_erasing", table_name="users")
    op.drop_constraint(op.f("ck_users_erased_for_ever"), "users")
    for column in ("cleared_at", "erased_at"):
        op.drop_column("users", column)
    op.drop_table(PAIRS)
    op.drop_table(RUNS)
