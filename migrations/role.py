"""The service's own role: it owns nothing, and row-level security holds for it."""

from urllib.parse import unquote, urlsplit

from psycopg import sql
from sqlalchemy import Connection

from core.config import ConfigurationError, Settings

GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
)


def ensure_role(connection: Connection, settings: Settings) -> None:
    """Make the role if it is missing, set the password the service will use, and let it reach the tables.

    Raises `ConfigurationError` for a role that row security does not bind.
    """
    place = urlsplit(settings.service_database_url)
    name, password = unquote(place.username or ""), unquote(place.password or "")
    cursor = connection.connection.cursor()
    role = sql.Identifier(name)
    known = cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", (name,)).fetchone()
    if known and known[0]:
        raise ConfigurationError(
            f"The role {name} of DATABASE_APP_URL bypasses row security: name another, or ALTER ROLE it NOBYPASSRLS"
        )
    verb = sql.SQL("ALTER" if known else "CREATE")
    cursor.execute(sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, role, sql.Literal(password)))
    for grant in GRANTS:
        cursor.execute(sql.SQL(grant).format(role=role))
    if cursor.execute("SELECT to_regclass('audit_log')").fetchone()[0]:
        cursor.execute(sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON audit_log FROM {}").format(role))
