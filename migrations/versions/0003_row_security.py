"""Row-level security: on, forced, with policies for every table.

Who acts stands in `app.user_id` and `app.role`, set by the unit of work inside its transaction. Staff and
the service itself ("system") see all; a member sees what is theirs, and what an open offer or a match shows
them of another. Without an actor nothing is seen.

Policies look only into `match_offers` and `matches`, whose own policies look nowhere else: no circle arises.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FUNCTIONS = {
    "app_user_id()": "uuid AS $$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$",
    "app_role()": "text AS $$ SELECT coalesce(current_setting('app.role', true), '') $$",
    "app_is_staff()": "boolean AS $$ SELECT app_role() IN ('admin', 'system') $$",
    "app_is_system()": "boolean AS $$ SELECT app_role() = 'system' $$",
}

ME = "(SELECT app_user_id())"
STAFF = "(SELECT app_is_staff())"
SYSTEM = "(SELECT app_is_system())"
SOMEBODY = "(SELECT app_role() <> '')"
NOBODY = "false"


def offered_to_me(condition: str) -> str:
    """An open offer asks me about this student or request."""
    return f"EXISTS (SELECT FROM match_offers o WHERE o.mentor_id = {ME} AND o.state = 'open' AND {condition})"


def matched_with_me(condition: str) -> str:
    """A match, live or over, that I am part of."""
    return f"EXISTS (SELECT FROM matches m WHERE {ME} IN (m.student_id, m.mentor_id) AND {condition})"


MY_MATCH = matched_with_me("m.id = match_id")

# table: (SELECT, INSERT, UPDATE, DELETE); staff are let through everywhere but where it says SYSTEM or NOBODY
POLICIES: dict[str, tuple[str, str, str, str]] = {
    "users": (
        f"{STAFF} OR id = {ME} OR {offered_to_me('o.student_id = users.id')}"
        f" OR {matched_with_me('users.id IN (m.student_id, m.mentor_id)')}",
        STAFF,
        f"{STAFF} OR id = {ME}",
        SYSTEM,
    ),
    "mentorship_profiles": (
        f"{STAFF} OR user_id = {ME}"
        f" OR role = 'student' AND {offered_to_me('o.student_id = user_id')}"
        f" OR role = 'student' AND {matched_with_me('m.student_id = user_id')}"
        f" OR role = 'mentor' AND {matched_with_me('m.mentor_id = user_id')}",
        f"{STAFF} OR user_id = {ME}",
        f"{STAFF} OR user_id = {ME}",
        f"{STAFF} OR user_id = {ME}",
    ),
    "profile_vectors": (SYSTEM, SYSTEM, SYSTEM, SYSTEM),
    "blocks": (
        f"{STAFF} OR user_id = {ME}",
        f"{STAFF} OR user_id = {ME}",
        STAFF,
        f"{STAFF} OR user_id = {ME}",
    ),
    "cohorts": (STAFF, STAFF, STAFF, STAFF),
    "mentorship_requests": (
        f"{STAFF} OR student_id = {ME} OR {offered_to_me('o.request_id = mentorship_requests.id')}"
        f" OR {matched_with_me('m.request_id = mentorship_requests.id')}",
        f"{STAFF} OR student_id = {ME}",
        f"{STAFF} OR student_id = {ME}",
        STAFF,
    ),
    "match_batches": (STAFF, STAFF, STAFF, STAFF),  # its inputs tell of mentors whom the student may not see
    "match_offers": (f"{STAFF} OR mentor_id = {ME}", STAFF, STAFF, STAFF),
    "matches": (f"{STAFF} OR {ME} IN (student_id, mentor_id)", STAFF, STAFF, STAFF),
    "meeting_logs": (
        f"{STAFF} OR {MY_MATCH}",
        f"{STAFF} OR author_id = {ME} AND {MY_MATCH}",
        f"{STAFF} OR {MY_MATCH}",
        STAFF,
    ),
    "mentorship_feedback": (
        f"{STAFF} OR author_id = {ME} OR shared AND kind <> 'help' AND {MY_MATCH}",
        f"{STAFF} OR author_id = {ME} AND {MY_MATCH}",
        f"{STAFF} OR author_id = {ME}",
        STAFF,
    ),
    "quick_questions": (
        f"{STAFF} OR {ME} IN (student_id, claimer_id) OR {SOMEBODY} AND state = 'open'"
        f" OR {SOMEBODY} AND state = 'answered' AND student_consents AND mentor_consents",
        f"{STAFF} OR student_id = {ME}",
        f"{STAFF} OR {ME} IN (student_id, claimer_id)",
        STAFF,
    ),
    "notifications": (
        f"{STAFF} OR recipient_id = {ME} OR {MY_MATCH}",
        f"{STAFF} OR recipient_id = {ME} OR {MY_MATCH}",
        STAFF,
        STAFF,
    ),
    "settings": (SOMEBODY, STAFF, NOBODY, NOBODY),
    "api_tokens": (STAFF, STAFF, STAFF, STAFF),
    "audit_log": (STAFF, f"{SYSTEM} OR {SOMEBODY} AND actor_id = {ME}", NOBODY, NOBODY),
}


def upgrade() -> None:
    for name, body in FUNCTIONS.items():
        op.execute(f"CREATE FUNCTION {name} RETURNS {body} LANGUAGE sql STABLE PARALLEL SAFE")
    for table, (select, insert, update, delete) in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reading ON {table} FOR SELECT USING ({select})")
        op.execute(f"CREATE POLICY adding ON {table} FOR INSERT WITH CHECK ({insert})")
        op.execute(f"CREATE POLICY changing ON {table} FOR UPDATE USING ({update}) WITH CHECK ({update})")
        op.execute(f"CREATE POLICY removing ON {table} FOR DELETE USING ({delete})")


def downgrade() -> None:
    for table in POLICIES:
        for policy in ("reading", "adding", "changing", "removing"):
            op.execute(f"DROP POLICY {policy} ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    for name in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {name}")
