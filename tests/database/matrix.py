"""Who may see, add, change and remove what, tried out row by row: `python -m tests.database.matrix` writes it down."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from app.environment import ROOT
from core.config import read, sqlalchemy_url
from core.models import Base, new_id
from core.uow import SYSTEM, Actor, admin, connect, member
from migrations.commands import upgrade
from tests.database.world import ADA, KIM, LEE, MIA, ROWS, ZOE, Row, fill
from tests.support.servers import postgres

PAGE = ROOT / "docs" / "row-security.md"
ACTORS: dict[str, Actor | None] = {
    "Mia, the student": member(MIA),
    "Kim, her mentor": member(KIM),
    "Zoe, another student": member(ZOE),
    "Lee, another mentor": member(LEE),
    "Ada, staff": admin(ADA),
    "the workers": SYSTEM,
    "nobody": None,
}
REFUSED_BY_POLICY, REFUSED_BY_TRIGGER = "42501", "P0001"
NOTHING = "–"
START, END = "<!-- what was tried -->\n", "<!-- until here -->\n"


def allowed(engine: Engine, owner: Engine, row: Row, actor: Actor | None) -> list[str]:
    """What somebody may do with this row."""
    content = _content(owner, row)
    deeds: dict[str, Callable[[Connection], bool]] = {
        "see": lambda c: _rows(c, f"SELECT FROM {row.table} WHERE id = :id", id=row.id),
        "add": lambda c: _rows(c, _adding(row.table), row=json.dumps(content | {"id": str(new_id())})),
        "change": lambda c: _rows(c, f"UPDATE {row.table} SET id = id WHERE id = :id", id=row.id),
        "remove": lambda c: _rows(c, f"DELETE FROM {row.table} WHERE id = :id", id=row.id),
    }
    found = []
    for name, deed in deeds.items():
        with _acting(engine, actor) as connection:
            if deed(connection):
                found.append(name)
    return found


@contextmanager
def _acting(engine: Engine, actor: Actor | None) -> Iterator[Connection]:
    """A transaction as this person, of which nothing stays."""
    with engine.connect() as connection:
        if actor:
            connection.execute(
                text("SELECT set_config('app.user_id', :user, true), set_config('app.role', :role, true)"),
                {"user": str(actor.user_id or ""), "role": actor.role},
            )
        yield connection
        connection.rollback()


def _rows(connection: Connection, statement: str, **given: Any) -> bool:
    """Whether it reached a row. What only a key or a check refuses had passed the policies before."""
    try:
        return connection.execute(text(statement), given).rowcount > 0
    except DBAPIError as error:
        return getattr(error.orig, "sqlstate", "") not in (REFUSED_BY_POLICY, REFUSED_BY_TRIGGER)


def _adding(table: str) -> str:
    columns = ", ".join(f'"{one.name}"' for one in Base.metadata.tables[table].columns if one.computed is None)
    source = f"jsonb_populate_record(NULL::{table}, CAST(:row AS jsonb))"
    return f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {source}"


def _content(owner: Engine, row: Row) -> dict[str, Any]:
    with owner.connect() as connection:
        found = connection.execute(text(f"SELECT to_jsonb(t) FROM {row.table} t WHERE id = :id"), {"id": row.id})
        content: dict[str, Any] = found.scalar_one()
        return content


def lines(engine: Engine, owner: Engine) -> list[str]:
    """The matrix, in Markdown."""
    head = ["| table | such as | " + " | ".join(ACTORS) + " |", "|---|---|" + "---|" * len(ACTORS)]
    order = sorted(ROWS, key=lambda row: row.table)
    return [*head, *(_line(engine, owner, row) for row in order)]


def _line(engine: Engine, owner: Engine, row: Row) -> str:
    cells = [", ".join(allowed(engine, owner, row, actor)) or NOTHING for actor in ACTORS.values()]
    return f"| `{row.table}` | {row.text} | " + " | ".join(cells) + " |"


def expected(page: Path = PAGE) -> list[str]:
    """What the documentation says."""
    return page.read_text().partition(START)[2].partition(END)[0].splitlines()


def write(found: list[str], page: Path = PAGE) -> None:
    """Let the documentation say this."""
    before, _, rest = page.read_text().partition(START)
    page.write_text(before + START + "\n".join(found) + "\n" + END + rest.partition(END)[2])


def main() -> None:
    """Try it on a database of its own, and write it down."""
    with postgres() as url:
        settings = read(
            {
                "DATABASE_URL": url,
                "REDIS_URL": "redis://127.0.0.1:1/0",
                "SLACK_BOT_TOKEN": "xoxb-test",
                "SLACK_SIGNING_SECRET": "test-signing-secret",
                "ITHACA_SECRET_KEY": "a secret key that only tests use",
            }
        )
        upgrade(settings)
        owner, engine = create_engine(sqlalchemy_url(url)), connect(settings.service_database_url)
        with owner.begin() as connection:
            fill(connection)
        write(lines(engine, owner))
        owner.dispose()
        engine.dispose()


if __name__ == "__main__":
    main()
