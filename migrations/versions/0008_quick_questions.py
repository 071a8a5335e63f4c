"""Quick questions: drafts, claims, referrals, vectors, the mentorships they lead to, messages to asker and claimer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ME = "(SELECT app_user_id())"
STAFF, SYSTEM = "(SELECT app_is_staff())", "(SELECT app_is_system())"
SOMEBODY = "(SELECT app_role() <> '')"
MY_QUESTION = f"EXISTS (SELECT FROM quick_questions q WHERE q.id = question_id AND q.student_id = {ME})"
QUESTIONS = "quick_questions"
TROUBLES = "'installation', 'mail', 'drawing', 'stuck', 'unreached'"

# Of each table: who may read, and who may write.
POLICIES: dict[str, tuple[str, str]] = {
    "question_claims": (f"{STAFF} OR mentor_id = {ME} OR {MY_QUESTION}", STAFF),
    "question_referrals": (f"{STAFF} OR mentor_id = {ME}", STAFF),
    "question_vectors": (SYSTEM, SYSTEM),
    # That a student did not take up a suggestion is none of the mentor's business.
    "mentorship_suggestions": (f"{STAFF} OR student_id = {ME}", STAFF),
}
READERS = f"{STAFF} OR {ME} IN (student_id, claimer_id) OR {SOMEBODY} AND state = 'open'"
# The row of a shared answer holds the rating and the thanks, which are between the two: others read it by a service.
READERS_BEFORE = f"{READERS} OR {SOMEBODY} AND state = 'answered' AND student_consents AND mentor_consents"
MY_MATCH = f"EXISTS (SELECT FROM matches m WHERE {ME} IN (m.student_id, m.mentor_id) AND m.id = match_id)"
MY_CLAIM = (
    f"EXISTS (SELECT FROM question_claims c WHERE c.id = claim_id AND (c.mentor_id = {ME}"  # noqa: S608 - constants
    f" OR EXISTS (SELECT FROM quick_questions q WHERE q.id = c.question_id AND q.student_id = {ME})))"
)
MY_MESSAGE = f"{STAFF} OR recipient_id = {ME} OR {MY_MATCH}"


# Bodies that are bound when they are made: they hold whatever the search path is, as in a dump.
FUNCTION = "CREATE OR REPLACE FUNCTION {}() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE {}"
FUNCTIONS = {
    "app_is_staff": "app_role() IN ('admin', 'system')",
    "app_is_system": "app_role() = 'system'",
}


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _always(table: str) -> tuple[sa.Column[object] | sa.PrimaryKeyConstraint, ...]:
    now = sa.text("now()")
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _points_at(table: str, column: str, other: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def upgrade() -> None:
    op.execute("SELECT set_config('app.role', 'system', true)")  # row security binds a table's owner too
    for name, body in FUNCTIONS.items():
        op.execute(FUNCTION.format(name, f"RETURN {body}"))
    _questions()
    _claims()
    _referrals()
    _vectors()
    _suggestions()
    for table, (select, write) in POLICIES.items():
        op.execute(
            f"CREATE TRIGGER touch_updated_at BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION touch_updated_at()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reading ON {table} FOR SELECT USING ({select})")
        op.execute(f"CREATE POLICY adding ON {table} FOR INSERT WITH CHECK ({write})")
        op.execute(f"CREATE POLICY changing ON {table} FOR UPDATE USING ({write}) WITH CHECK ({write})")
        op.execute(f"CREATE POLICY removing ON {table} FOR DELETE USING ({write})")
    _notifications()
    _troubles(f"{TROUBLES}, 'channel'")
    op.add_column("mentorship_requests", sa.Column("wanted_mentor_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_mentorship_requests_wanted_mentor_id"),
        "mentorship_requests",
        "users",
        ["wanted_mentor_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_index("ix_mentorship_requests_wanted_mentor_id", "mentorship_requests", ["wanted_mentor_id"])


def _questions() -> None:
    for column in ("checked_at", "posted_at", "opened_at", "referred_at", "staff_told_at", "rated_at", "closed_at"):
        op.add_column(QUESTIONS, _moment(column))
    op.add_column(QUESTIONS, sa.Column("similar_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False))
    op.execute("UPDATE quick_questions SET posted_at = created_at, opened_at = created_at")
    op.execute("UPDATE quick_questions SET closed_at = updated_at WHERE state = 'closed'")
    op.drop_column(QUESTIONS, "slack_channel")  # a claim has it
    op.drop_column(QUESTIONS, "claimed_at")
    op.drop_constraint(op.f("ck_quick_questions_state_known"), QUESTIONS)
    for name, rule in {
        "state_known": "state IN ('draft', 'open', 'claimed', 'answered', 'closed')",
        "unclaimed_has_none": "state NOT IN ('draft', 'open') OR claimer_id IS NULL",
        "posted_has_date": "state IN ('draft', 'closed') OR posted_at IS NOT NULL AND opened_at IS NOT NULL",
        "answered_has_date": "(state = 'answered') = (answered_at IS NOT NULL)",
        "closed_has_date": "(state = 'closed') = (closed_at IS NOT NULL)",
        "only_answers_are_rated": "rating IS NULL OR state = 'answered'",
        "rated_has_date": "(rating IS NULL) = (rated_at IS NULL)",
    }.items():
        op.create_check_constraint(op.f(f"ck_quick_questions_{name}"), QUESTIONS, rule)
    op.create_index("ix_quick_questions_open", QUESTIONS, ["opened_at"], postgresql_where=sa.text("state = 'open'"))
    op.create_index("ix_quick_questions_drafts", QUESTIONS, ["created_at"], postgresql_where=sa.text("state = 'draft'"))
    op.create_index(
        "ix_quick_questions_answered", QUESTIONS, ["answered_at"], postgresql_where=sa.text("state = 'answered'")
    )
    op.execute(f"ALTER POLICY changing ON {QUESTIONS} USING ({STAFF}) WITH CHECK ({STAFF})")
    op.execute(f"ALTER POLICY reading ON {QUESTIONS} USING ({READERS})")


def _claims() -> None:
    op.create_table(
        "question_claims",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        _moment("claimed_at", nullable=False),
        _moment("remind_at", nullable=False),
        _moment("reminded_at"),
        sa.Column("slack_channel", sa.Text(), nullable=True),
        _moment("ended_at"),
        sa.Column("ending", sa.Text(), nullable=True),
        *_always("question_claims"),
        sa.CheckConstraint(
            "ending IN ('answered', 'released', 'silent', 'withdrawn')", name=op.f("ck_question_claims_ending_known")
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name=op.f("ck_question_claims_ended_has_ending")),
        _points_at("question_claims", "question_id", QUESTIONS),
        _points_at("question_claims", "mentor_id", "users"),
    )
    op.create_index(
        "uq_question_claims_running",
        "question_claims",
        ["question_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_question_claims_question_id", "question_claims", ["question_id"])
    op.create_index("ix_question_claims_mentor_id", "question_claims", ["mentor_id", "claimed_at"])
    op.create_index(
        "ix_question_claims_due", "question_claims", ["remind_at"], postgresql_where=sa.text("ended_at IS NULL")
    )


def _referrals() -> None:
    op.create_table(
        "question_referrals",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("shared", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        _moment("referred_at", nullable=False),
        *_always("question_referrals"),
        sa.CheckConstraint("rank BETWEEN 1 AND 3", name=op.f("ck_question_referrals_rank_bounded")),
        _points_at("question_referrals", "question_id", QUESTIONS),
        _points_at("question_referrals", "mentor_id", "users"),
        sa.UniqueConstraint("question_id", "mentor_id", name=op.f("uq_question_referrals_question_id_mentor_id")),
        sa.UniqueConstraint("question_id", "rank", name=op.f("uq_question_referrals_question_id_rank")),
    )
    op.create_index("ix_question_referrals_mentor_id", "question_referrals", ["mentor_id", "referred_at"])


def _vectors() -> None:
    op.create_table(
        "question_vectors",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        *_always("question_vectors"),
        _points_at("question_vectors", "question_id", QUESTIONS),
        sa.UniqueConstraint("question_id", "model", name=op.f("uq_question_vectors_question_id_model")),
    )
    op.create_index("ix_question_vectors_model", "question_vectors", ["model", "created_at"])


def _suggestions() -> None:
    op.create_table(
        "mentorship_suggestions",
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        _moment("suggested_at", nullable=False),
        _moment("answered_at"),
        *_always("mentorship_suggestions"),
        sa.CheckConstraint(
            "state IN ('suggested', 'taken', 'declined')", name=op.f("ck_mentorship_suggestions_state_known")
        ),
        sa.CheckConstraint("student_id <> mentor_id", name=op.f("ck_mentorship_suggestions_two_people")),
        sa.CheckConstraint(
            "(state = 'suggested') = (answered_at IS NULL)", name=op.f("ck_mentorship_suggestions_answered_has_date")
        ),
        _points_at("mentorship_suggestions", "student_id", "users"),
        _points_at("mentorship_suggestions", "mentor_id", "users"),
        _points_at("mentorship_suggestions", "question_id", QUESTIONS, "SET NULL"),
        _points_at("mentorship_suggestions", "request_id", "mentorship_requests", "SET NULL"),
        sa.UniqueConstraint("student_id", "mentor_id", name=op.f("uq_mentorship_suggestions_student_id_mentor_id")),
    )
    for column in ("mentor_id", "question_id", "request_id"):
        op.create_index(f"ix_mentorship_suggestions_{column}", "mentorship_suggestions", [column])


def _notifications() -> None:
    op.add_column("notifications", sa.Column("claim_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_notifications_claim_id"), "notifications", "question_claims", ["claim_id"], ["id"], ondelete="CASCADE"
    )
    op.create_index(
        "ix_notifications_claim_id", "notifications", ["claim_id"], postgresql_where=sa.text("claim_id IS NOT NULL")
    )
    _audience("recipient_id, match_id, claim_id, channel_name")
    for policy, clause in (("reading", "USING"), ("adding", "WITH CHECK")):
        op.execute(f"ALTER POLICY {policy} ON notifications {clause} ({MY_MESSAGE} OR {MY_CLAIM})")


def _troubles(names: str) -> None:
    op.drop_constraint(op.f("ck_delivery_troubles_name_known"), "delivery_troubles")
    op.create_check_constraint(op.f("ck_delivery_troubles_name_known"), "delivery_troubles", f"name IN ({names})")


def _audience(columns: str) -> None:
    op.drop_constraint(op.f("ck_notifications_one_audience"), "notifications")
    op.create_check_constraint(op.f("ck_notifications_one_audience"), "notifications", f"num_nonnulls({columns}) = 1")


def downgrade() -> None:
    op.execute("SELECT set_config('app.role', 'system', true)")
    op.drop_index("ix_mentorship_requests_wanted_mentor_id", "mentorship_requests")
    op.drop_column("mentorship_requests", "wanted_mentor_id")

    op.execute("DELETE FROM delivery_troubles WHERE name = 'channel'")
    _troubles(TROUBLES)
    for policy, clause in (("reading", "USING"), ("adding", "WITH CHECK")):
        op.execute(f"ALTER POLICY {policy} ON notifications {clause} ({MY_MESSAGE})")
    op.execute("DELETE FROM notifications WHERE claim_id IS NOT NULL")
    _audience("recipient_id, match_id, channel_name")
    op.drop_column("notifications", "claim_id")
    for table in reversed(POLICIES):
        op.drop_table(table)

    op.execute(
        f"ALTER POLICY changing ON {QUESTIONS} USING ({STAFF} OR {ME} IN (student_id, claimer_id))"
        f" WITH CHECK ({STAFF} OR {ME} IN (student_id, claimer_id))"
    )
    op.execute(f"ALTER POLICY reading ON {QUESTIONS} USING ({READERS_BEFORE})")
    for index in ("open", "drafts", "answered"):
        op.drop_index(f"ix_quick_questions_{index}", QUESTIONS)
    for name in (
        "unclaimed_has_none",
        "posted_has_date",
        "answered_has_date",
        "closed_has_date",
        "only_answers_are_rated",
        "rated_has_date",
        "state_known",
    ):
        op.drop_constraint(op.f(f"ck_quick_questions_{name}"), QUESTIONS)
    op.execute("DELETE FROM quick_questions WHERE state = 'draft'")
    op.create_check_constraint(
        op.f("ck_quick_questions_state_known"), QUESTIONS, "state IN ('open', 'claimed', 'answered', 'closed')"
    )
    op.add_column(QUESTIONS, sa.Column("slack_channel", sa.Text(), nullable=True))
    op.add_column(QUESTIONS, _moment("claimed_at"))
    op.drop_column(QUESTIONS, "similar_ids")
    for column in ("checked_at", "posted_at", "opened_at", "referred_at", "staff_told_at", "rated_at", "closed_at"):
        op.drop_column(QUESTIONS, column)
    for name, body in FUNCTIONS.items():
        op.execute(FUNCTION.format(name, f"AS $$ SELECT {body} $$"))
