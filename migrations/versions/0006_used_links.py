"""Which links in e-mails have been used, and for what."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLE = "used_links"
MINE = "person_id = (SELECT app_user_id())"
STAFF = "(SELECT app_is_staff())"
SYSTEM = "(SELECT app_is_system())"

POLICIES = (
    ("reading", "SELECT", f"USING ({STAFF} OR {MINE})"),
    ("adding", "INSERT", f"WITH CHECK ({STAFF} OR {MINE})"),
    ("changing", "UPDATE", "USING (false) WITH CHECK (false)"),
    ("removing", "DELETE", f"USING ({SYSTEM})"),
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["users.id"], name=op.f("fk_used_links_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_used_links")),
        sa.UniqueConstraint("fingerprint", "deed", name=op.f("uq_used_links_fingerprint_deed")),
    )
    op.create_index("ix_used_links_person_id", TABLE, ["person_id"])
    op.create_index("ix_used_links_expires_at", TABLE, ["expires_at"])
    op.execute(
        f"CREATE TRIGGER touch_updated_at BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION touch_updated_at()"
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    for name, command, rule in POLICIES:
        op.execute(f"CREATE POLICY {name} ON {TABLE} FOR {command} {rule}")


def downgrade() -> None:
    op.drop_table(TABLE)
