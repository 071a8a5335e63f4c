"""What deliveries need: who delivers a message, what it went out as, Slack's gates, and what is out of order."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES = ("pending", "sending", "sent", "failed", "cancelled")
MORE_STATES = ("pending", "sending", "held", "split", "sent", "failed", "cancelled")
STAFF, SYSTEM = "(SELECT app_is_staff())", "(SELECT app_is_system())"


def upgrade() -> None:
    _notifications()
    op.add_column("users", sa.Column("slack_refused", sa.Text(), nullable=True))
    op.create_table(
        "delivery_gates",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        *_always("delivery_gates"),
        sa.UniqueConstraint("key", name=op.f("uq_delivery_gates_key")),
    )
    op.create_table(
        "delivery_troubles",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("messages", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_always("delivery_troubles"),
        sa.CheckConstraint(
            "name IN ('installation', 'mail', 'drawing', 'stuck', 'unreached')",
            name=op.f("ck_delivery_troubles_name_known"),
        ),
        sa.CheckConstraint("messages >= 0", name=op.f("ck_delivery_troubles_messages_positive")),
    )
    op.create_index(
        "uq_delivery_troubles_open",
        "delivery_troubles",
        ["name", "code"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    _protect("delivery_gates", reading=SYSTEM)
    _protect("delivery_troubles", reading=STAFF)


def _notifications() -> None:
    op.add_column("notifications", sa.Column("part_of_id", sa.Uuid(), nullable=True))
    op.add_column("notifications", sa.Column("digest_id", sa.Uuid(), nullable=True))
    op.add_column("notifications", sa.Column("slot_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("notifications", sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("notifications", sa.Column("claimant", sa.Integer(), nullable=True))
    op.add_column(
        "notifications", sa.Column("uncertain", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("notifications", sa.Column("message_id", sa.Text(), nullable=True))
    for column in ("part_of_id", "digest_id"):
        op.create_foreign_key(
            f"fk_notifications_{column}", "notifications", "notifications", [column], ["id"], ondelete="CASCADE"
        )
        op.create_index(
            f"ix_notifications_{column}",
            "notifications",
            [column],
            unique=False,
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )
    op.execute(
        "UPDATE notifications SET state = 'pending', leased_until = NULL, uncertain = true WHERE state = 'sending'"
    )
    _states(MORE_STATES)
    op.create_check_constraint(
        op.f("ck_notifications_claimant_while_sending"),
        "notifications",
        "(state = 'sending') = (claimant IS NOT NULL)",
    )
    op.create_check_constraint(
        op.f("ck_notifications_held_for_a_digest"), "notifications", "state <> 'held' OR digest_id IS NOT NULL"
    )
    _due("not_before", "id")
    op.create_index(
        "uq_notifications_sending_card",
        "notifications",
        [sa.text("coalesce(updates_id, id)")],
        unique=True,
        postgresql_where=sa.text("state = 'sending'"),
    )


def _due(*columns: str) -> None:
    op.drop_index("ix_notifications_due", table_name="notifications")
    op.create_index(
        "ix_notifications_due",
        "notifications",
        list(columns),
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )


def _states(known: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck_notifications_state_known"), "notifications", type_="check")
    values = ", ".join(f"'{state}'" for state in known)
    op.create_check_constraint(op.f("ck_notifications_state_known"), "notifications", f"state IN ({values})")


def _always(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _protect(table: str, reading: str) -> None:
    op.execute(
        f"CREATE TRIGGER touch_updated_at BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION touch_updated_at()"
    )
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reading ON {table} FOR SELECT USING ({reading})")
    op.execute(f"CREATE POLICY adding ON {table} FOR INSERT WITH CHECK ({SYSTEM})")
    op.execute(f"CREATE POLICY changing ON {table} FOR UPDATE USING ({SYSTEM}) WITH CHECK ({SYSTEM})")
    op.execute(f"CREATE POLICY removing ON {table} FOR DELETE USING ({SYSTEM})")


def downgrade() -> None:
    op.drop_table("delivery_troubles")
    op.drop_table("delivery_gates")
    op.drop_column("users", "slack_refused")
    op.drop_index("uq_notifications_sending_card", table_name="notifications")
    op.execute(
        "UPDATE notifications SET state = CASE state WHEN 'split' THEN 'cancelled' ELSE 'pending' END,"
        " leased_until = NULL, claimant = NULL WHERE state IN ('sending', 'held', 'split')"
    )
    for check in ("held_for_a_digest", "claimant_while_sending"):
        op.drop_constraint(op.f(f"ck_notifications_{check}"), "notifications", type_="check")
    _states(STATES)
    _due("not_before")
    for column in ("message_id", "uncertain", "claimant", "noticed_at", "slot_at", "digest_id", "part_of_id"):
        op.drop_column("notifications", column)
