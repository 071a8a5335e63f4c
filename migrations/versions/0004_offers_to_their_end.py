"""Offers to their end: questions before deciding, reminders, mentors who stay silent, cards found by their subject."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ME = "(SELECT app_user_id())"
STAFF = "(SELECT app_is_staff())"

OPEN = "EXISTS (SELECT FROM match_offers o WHERE o.id = offer_id AND o.state = 'open')"
MATCHED = "EXISTS (SELECT FROM matches m WHERE m.offer_id = offer_questions.offer_id)"

# The mentor reads the exchange as long as the student is theirs to see: while the offer is open, or became a match.
READING = f"{STAFF} OR student_id = {ME} OR mentor_id = {ME} AND ({OPEN} OR {MATCHED})"


def upgrade() -> None:
    op.create_table(
        "offer_questions",
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("student_id <> mentor_id", name=op.f("ck_offer_questions_two_people")),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_offer_questions_answered_has_answer")
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["match_offers.id"], name=op.f("fk_offer_questions_offer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["student_id"], ["users.id"], name=op.f("fk_offer_questions_student_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["users.id"], name=op.f("fk_offer_questions_mentor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_questions")),
    )
    for column in ("offer_id", "student_id", "mentor_id"):
        op.create_index(f"ix_offer_questions_{column}", "offer_questions", [column])
    op.create_index(
        "uq_offer_questions_waiting",
        "offer_questions",
        ["offer_id"],
        unique=True,
        postgresql_where=sa.text("answer IS NULL"),
    )
    op.execute(
        "CREATE TRIGGER touch_updated_at BEFORE UPDATE ON offer_questions"
        " FOR EACH ROW EXECUTE FUNCTION touch_updated_at()"
    )
    _policies()

    op.add_column("match_batches", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("match_offers", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_match_offers_due", "match_offers", ["deadline"], postgresql_where=sa.text("state = 'open'"))
    op.add_column("mentorship_profiles", sa.Column("ignored_offers", sa.Integer(), server_default="0", nullable=False))
    op.create_check_constraint(
        op.f("ck_mentorship_profiles_ignored_offers_positive"), "mentorship_profiles", "ignored_offers >= 0"
    )
    op.create_index(
        "ix_mentorship_profiles_paused_until",
        "mentorship_profiles",
        ["paused_until"],
        postgresql_where=sa.text("paused_until IS NOT NULL"),
    )
    op.add_column("notifications", sa.Column("subject_id", sa.Uuid(), nullable=True))
    op.execute("SELECT set_config('app.role', 'system', true)")  # row security binds a table's owner too
    op.execute("UPDATE notifications SET subject_id = (params ->> 'subject')::uuid")
    op.create_index(
        "ix_notifications_cards",
        "notifications",
        ["subject_id", "kind"],
        postgresql_where=sa.text("updates_id IS NULL"),
    )


def _policies() -> None:
    """The service writes questions once it has seen that the offer is the mentor's, or the question the student's."""
    op.execute("ALTER TABLE offer_questions ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE offer_questions FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reading ON offer_questions FOR SELECT USING ({READING})")
    op.execute(f"CREATE POLICY adding ON offer_questions FOR INSERT WITH CHECK ({STAFF})")
    op.execute(f"CREATE POLICY changing ON offer_questions FOR UPDATE USING ({STAFF}) WITH CHECK ({STAFF})")
    op.execute(f"CREATE POLICY removing ON offer_questions FOR DELETE USING ({STAFF})")


def downgrade() -> None:
    op.drop_index("ix_notifications_cards", table_name="notifications")
    op.drop_column("notifications", "subject_id")
    op.drop_index("ix_mentorship_profiles_paused_until", table_name="mentorship_profiles")
    op.drop_constraint(op.f("ck_mentorship_profiles_ignored_offers_positive"), "mentorship_profiles")
    op.drop_column("mentorship_profiles", "ignored_offers")
    op.drop_index("ix_match_offers_due", table_name="match_offers")
    op.drop_column("match_offers", "reminded_at")
    op.drop_column("match_batches", "ended_at")
    op.drop_table("offer_questions")
