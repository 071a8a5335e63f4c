"""The pages for staff: how they sign in, with sessions that end with the admin role, and the order of long lists."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LINKS, SESSIONS = "sign_in_links", "staff_sessions"
MINE = "person_id = (SELECT app_user_id())"
STAFF, SYSTEM = "(SELECT app_is_staff())", "(SELECT app_is_system())"

# Of each table: who may read, add, change and remove.
POLICIES: dict[str, tuple[str, str, str, str]] = {
    LINKS: (SYSTEM, SYSTEM, SYSTEM, SYSTEM),
    # Whoever changes a person's roles or state ends their sessions, see below.
    SESSIONS: (f"{STAFF} OR {MINE}", SYSTEM, f"{STAFF} OR {MINE}", SYSTEM),
}

# The lists that grow, by what they are sorted by unless somebody wishes otherwise.
SORTED_BY = {
    "match_offers": "created_at",
    "matches": "started_at",
    "mentorship_requests": "created_at",
    "notifications": "created_at",
    "quick_questions": "created_at",
}

END_SESSIONS = """
CREATE FUNCTION end_staff_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE staff_sessions SET ended_at = clock_timestamp(), ending = 'not_staff'
    WHERE person_id = NEW.id AND ended_at IS NULL;
    RETURN NULL;
END $$
"""
END_WITH_ROLE = """
CREATE TRIGGER end_staff_sessions AFTER UPDATE OF roles, state ON users FOR EACH ROW
WHEN ('admin' = ANY (OLD.roles) AND NOT ('admin' = ANY (NEW.roles) AND NEW.state = 'active'))
EXECUTE FUNCTION end_staff_sessions()
"""


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _always(table: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    now = sa.text("now()")
    return (
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["users.id"], name=op.f(f"fk_{table}_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("key_hash", name=op.f(f"uq_{table}_key_hash")),
    )


def upgrade() -> None:
    op.create_table(LINKS, *_always(LINKS), _moment("expires_at"), _moment("used_at", nullable=True))
    op.create_index("ix_sign_in_links_expires_at", LINKS, ["expires_at"])
    op.create_table(
        SESSIONS,
        *_always(SESSIONS),
        _moment("started_at"),
        _moment("seen_at"),
        _moment("ended_at", nullable=True),
        sa.Column("ending", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "ending IN ('signed_out', 'replaced', 'idle', 'too_long', 'not_staff')",
            name=op.f("ck_staff_sessions_ending_known"),
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name=op.f("ck_staff_sessions_ended_has_ending")),
    )
    op.create_index("ix_staff_sessions_seen_at", SESSIONS, ["seen_at"])
    for table, (select, insert, update, delete) in POLICIES.items():
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])
        op.execute(
            f"CREATE TRIGGER touch_updated_at BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION touch_updated_at()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reading ON {table} FOR SELECT USING ({select})")
        op.execute(f"CREATE POLICY adding ON {table} FOR INSERT WITH CHECK ({insert})")
        op.execute(f"CREATE POLICY changing ON {table} FOR UPDATE USING ({update}) WITH CHECK ({update})")
        op.execute(f"CREATE POLICY removing ON {table} FOR DELETE USING ({delete})")
    op.execute(END_SESSIONS)
    op.execute(END_WITH_ROLE)
    for table, column in SORTED_BY.items():
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table, column in SORTED_BY.items():
        op.drop_index(f"ix_{table}_{column}", table)
    op.execute("DROP TRIGGER end_staff_sessions ON users")
    op.execute("DROP FUNCTION end_staff_sessions()")
    op.drop_table(SESSIONS)
    op.drop_table(LINKS)
