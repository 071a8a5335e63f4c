"""The life of a match: goals and cadence, meetings, action items, asks, feedback, and health that only staff read."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ME = "(SELECT app_user_id())"
STAFF = "(SELECT app_is_staff())"
MY_MATCH = f"EXISTS (SELECT FROM matches m WHERE {ME} IN (m.student_id, m.mentor_id) AND m.id = match_id)"
LIVE = "state IN ('pending', 'active', 'paused')"

# Of each table: who may read, add, change and remove.
POLICIES: dict[str, tuple[str, str, str, str]] = {
    "action_items": (f"{STAFF} OR {MY_MATCH}", f"{STAFF} OR {MY_MATCH}", f"{STAFF} OR {MY_MATCH}", STAFF),
    # Why somebody was not asked may tell what the other side said in confidence: of that only staff read.
    "match_asks": (f"{STAFF} OR person_id = {ME} AND state <> 'skipped'", STAFF, STAFF, STAFF),
    "match_health": (STAFF, STAFF, STAFF, STAFF),
}
SHARED = f"{STAFF} OR author_id = {ME} OR shared AND kind NOT IN ('help', 'ending') AND {MY_MATCH}"
SHARED_BEFORE = f"{STAFF} OR author_id = {ME} OR shared AND kind <> 'help' AND {MY_MATCH}"


def _base() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _points_at(table: str, column: str, other: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def upgrade() -> None:
    op.execute("SELECT set_config('app.role', 'system', true)")  # row security binds a table's owner too
    _action_items()
    _asks()
    _health()
    for table, (select, insert, update, delete) in POLICIES.items():
        op.execute(
            f"CREATE TRIGGER touch_updated_at BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION touch_updated_at()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reading ON {table} FOR SELECT USING ({select})")
        op.execute(f"CREATE POLICY adding ON {table} FOR INSERT WITH CHECK ({insert})")
        op.execute(f"CREATE POLICY changing ON {table} FOR UPDATE USING ({update}) WITH CHECK ({update})")
        op.execute(f"CREATE POLICY removing ON {table} FOR DELETE USING ({delete})")
    _meetings()
    _feedback()
    _matches()


def _action_items() -> None:
    op.create_table(
        "action_items",
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        _moment("reminded_at"),
        _moment("done_at"),
        *_base(),
        sa.CheckConstraint("text <> ''", name=op.f("ck_action_items_says_something")),
        _points_at("action_items", "match_id", "matches"),
        _points_at("action_items", "meeting_id", "meeting_logs", "SET NULL"),
        _points_at("action_items", "owner_id", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_items")),
    )
    for column in ("match_id", "meeting_id", "owner_id"):
        op.create_index(f"ix_action_items_{column}", "action_items", [column])
    op.create_index(
        "ix_action_items_due",
        "action_items",
        ["due_on"],
        postgresql_where=sa.text("done_at IS NULL AND reminded_at IS NULL"),
    )
    op.execute(
        "INSERT INTO action_items (id, match_id, meeting_id, text)"
        " SELECT gen_random_uuid(), l.match_id, l.id, item ->> 'text'"
        " FROM meeting_logs l, jsonb_array_elements(l.action_items) item WHERE item ->> 'text' <> ''"
    )
    op.drop_column("meeting_logs", "action_items")


def _asks() -> None:
    op.create_table(
        "match_asks",
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        _moment("due_at", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=True),
        _moment("asked_at"),
        _moment("answered_at"),
        *_base(),
        sa.CheckConstraint("kind IN ('check_in', 'survey', 'closing')", name=op.f("ck_match_asks_kind_known")),
        sa.CheckConstraint(
            "state IN ('asked', 'answered', 'skipped', 'lapsed')", name=op.f("ck_match_asks_state_known")
        ),
        sa.CheckConstraint("(state = 'skipped') = (reason <> '')", name=op.f("ck_match_asks_skipped_has_reason")),
        _points_at("match_asks", "match_id", "matches"),
        _points_at("match_asks", "person_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_asks")),
        sa.UniqueConstraint(
            "match_id", "person_id", "kind", "slot", name=op.f("uq_match_asks_match_id_person_id_kind_slot")
        ),
    )
    op.create_index("ix_match_asks_person_id", "match_asks", ["person_id"])
    op.create_index("ix_match_asks_sheet_id", "match_asks", ["sheet_id"])
    op.create_index("ix_match_asks_open", "match_asks", ["asked_at"], postgresql_where=sa.text("state = 'asked'"))


def _health() -> None:
    op.create_table(
        "match_health",
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("causes", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("step", sa.Text(), server_default="", nullable=False),
        _moment("since", nullable=False),
        _moment("checked_at", nullable=False),
        _moment("rested_at"),
        *_base(),
        sa.CheckConstraint(
            "state IN ('too early', 'healthy', 'watch', 'at risk')", name=op.f("ck_match_health_state_known")
        ),
        _points_at("match_health", "match_id", "matches"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_health")),
        sa.UniqueConstraint("match_id", name=op.f("uq_match_health_match_id")),
    )
    op.create_index("ix_match_health_state", "match_health", ["state", "since"])
    op.create_index("ix_match_health_checked_at", "match_health", ["checked_at"])


def _meetings() -> None:
    op.add_column("meeting_logs", sa.Column("agenda", sa.Text(), server_default="", nullable=False))
    op.add_column("meeting_logs", sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
    for column in ("day_reminder_at", "hour_reminder_at", "asked_at", "closed_at"):
        op.add_column("meeting_logs", _moment(column))
    op.create_check_constraint(op.f("ck_meeting_logs_sequence_positive"), "meeting_logs", "sequence >= 0")
    op.create_check_constraint(
        op.f("ck_meeting_logs_has_time"),
        "meeting_logs",
        "state NOT IN ('planned', 'held', 'missed') OR starts_at IS NOT NULL",
    )


def _feedback() -> None:
    table = "mentorship_feedback"
    op.add_column(table, sa.Column("ask_id", sa.Uuid(), nullable=True))
    op.add_column(table, _moment("said_at"))
    op.execute("UPDATE mentorship_feedback SET said_at = created_at")
    op.alter_column(table, "said_at", nullable=False)
    op.create_foreign_key(op.f(f"fk_{table}_ask_id"), table, "match_asks", ["ask_id"], ["id"], ondelete="SET NULL")
    op.create_unique_constraint(op.f(f"uq_{table}_ask_id"), table, ["ask_id"])
    op.drop_constraint(op.f(f"ck_{table}_kind_known"), table)
    op.create_check_constraint(
        op.f(f"ck_{table}_kind_known"), table, "kind IN ('check_in', 'survey', 'closing', 'help', 'ending')"
    )
    op.create_check_constraint(
        op.f(f"ck_{table}_for_staff_alone"), table, "NOT shared OR kind NOT IN ('help', 'ending')"
    )
    op.execute(f"ALTER POLICY reading ON {table} USING ({SHARED})")


def _matches() -> None:
    op.drop_index("ix_matches_due", "matches")
    for column in ("health", "health_causes", "next_check_at"):
        op.drop_column("matches", column)
    op.add_column(
        "matches", sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
    )
    op.execute("UPDATE matches SET started_at = created_at")
    op.execute("UPDATE matches SET ended_at = updated_at WHERE state IN ('completed', 'ended') AND ended_at IS NULL")
    op.add_column("matches", sa.Column("agreed_by", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("matches", _moment("agreed_at"))
    op.add_column("matches", _moment("paused_until"))
    op.execute("UPDATE matches SET paused_until = now() + interval '30 days' WHERE state = 'paused'")
    op.create_check_constraint(op.f("ck_matches_cadence_sane"), "matches", "cadence_days BETWEEN 1 AND 365")
    op.create_check_constraint(
        op.f("ck_matches_paused_has_end"), "matches", "(state = 'paused') = (paused_until IS NOT NULL)"
    )
    op.create_check_constraint(
        op.f("ck_matches_over_has_date"), "matches", "(state IN ('completed', 'ended')) = (ended_at IS NOT NULL)"
    )
    op.create_index("ix_matches_live", "matches", ["started_at"], postgresql_where=sa.text(LIVE))


def downgrade() -> None:
    op.execute("SELECT set_config('app.role', 'system', true)")
    op.drop_index("ix_matches_live", "matches")
    for check in ("cadence_sane", "paused_has_end", "over_has_date"):
        op.drop_constraint(op.f(f"ck_matches_{check}"), "matches")
    for column in ("started_at", "agreed_by", "agreed_at", "paused_until"):
        op.drop_column("matches", column)
    op.add_column("matches", sa.Column("health", sa.Text(), server_default="too early", nullable=False))
    op.add_column(
        "matches", sa.Column("health_causes", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False)
    )
    op.add_column("matches", _moment("next_check_at"))
    op.create_index("ix_matches_due", "matches", ["next_check_at"], postgresql_where=sa.text(LIVE))

    table = "mentorship_feedback"
    op.execute(f"ALTER POLICY reading ON {table} USING ({SHARED_BEFORE})")
    op.execute("DELETE FROM mentorship_feedback WHERE kind = 'ending'")
    op.drop_constraint(op.f(f"ck_{table}_for_staff_alone"), table)
    op.drop_constraint(op.f(f"ck_{table}_kind_known"), table)
    op.create_check_constraint(
        op.f(f"ck_{table}_kind_known"), table, "kind IN ('check_in', 'survey', 'closing', 'help')"
    )
    op.drop_column(table, "ask_id")
    op.drop_column(table, "said_at")

    for check in ("sequence_positive", "has_time"):
        op.drop_constraint(op.f(f"ck_meeting_logs_{check}"), "meeting_logs")
    for column in ("agenda", "sequence", "day_reminder_at", "hour_reminder_at", "asked_at", "closed_at"):
        op.drop_column("meeting_logs", column)
    op.add_column(
        "meeting_logs",
        sa.Column("action_items", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
    )
    op.execute(
        "UPDATE meeting_logs l SET action_items = coalesce((SELECT jsonb_agg(jsonb_build_object('text', i.text))"
        " FROM action_items i WHERE i.meeting_id = l.id), '[]')"
    )
    for name in reversed(POLICIES):
        op.drop_table(name)
