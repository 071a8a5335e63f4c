"""Everything in one file, and back, compared row by row; also by an owner whom row security binds."""

import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.backups import contents, dump, restore
from app.errors import CommandError
from core.config import Settings, sqlalchemy_url
from core.models import Base
from core.services.offers import accept_offer
from core.uow import Units, member
from tests.support import factories as make

Rows = dict[str, list[str]]
OWNER = "somebody_else"


def every_row(settings: Settings) -> Rows:
    """All tables as text, in a steady order."""
    engine = create_engine(sqlalchemy_url(settings.database_url), poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("SELECT set_config('app.role', 'system', false)"))
        return {
            name: [str(row) for (row,) in connection.execute(text(f"SELECT t::text FROM {name} t ORDER BY t.id"))]
            for name in Base.metadata.tables
        }


@pytest.fixture
def full(settings: Settings, units: Units) -> Settings:
    """A database with people, offers, a match, messages and settings in it."""
    student, mentor = make.student(units, name="Zoë “O’Hara” Şahin 𝒳"), make.mentor(units)
    make.wave(units, make.request(units, student), mentor)
    with units.work(member(mentor.id)) as work:
        offer_id = work.session.execute(text("SELECT id FROM match_offers")).scalar_one()
        accept_offer(work, offer_id)
    return settings


@pytest.fixture
def elsewhere(settings: Settings) -> Iterator[Settings]:
    """An empty database on the same server, of an owner whom row security binds, as on a managed server."""
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEROLE PASSWORD 'secret'")
        connection.execute(f"GRANT ithaca_app TO {OWNER} WITH ADMIN OPTION")
        connection.execute(f"GRANT {OWNER} TO CURRENT_USER")
        connection.execute(f"CREATE DATABASE restored OWNER {OWNER}")
    place = settings.database_url.rpartition("@")[2].rpartition("/")[0]
    yield settings.model_copy(update={"database_url": f"postgresql://{OWNER}:secret@{place}/restored"})
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        connection.execute("DROP DATABASE restored")
        connection.execute(f"DROP ROLE {OWNER}")


def test_what_is_restored_is_what_was_backed_up(full: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backups" / "ithaca.dump"
    before = every_row(full)
    assert before["match_offers"]
    assert before["notifications"]
    counted = dump(full, file)
    assert counted.rows == {name: len(rows) for name, rows in before.items()}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert restore(elsewhere, file) == counted
    assert every_row(elsewhere) == before
    again = tmp_path / "again.dump"
    assert dump(elsewhere, again) == counted
    assert restore(elsewhere, again) == counted
    assert every_row(elsewhere) == before


def test_what_is_no_backup_changes_nothing(full: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    file = tmp_path / "ithaca.dump"
    dump(full, file)
    restore(elsewhere, file)
    before = every_row(elsewhere)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    with pytest.raises(CommandError, match="no backup"):
        restore(elsewhere, letter)
    cut = tmp_path / "cut.dump"
    cut.write_bytes(file.read_bytes()[:-500])
    with pytest.raises(CommandError):
        restore(elsewhere, cut)
    assert every_row(elsewhere) == before


def test_nobody_else_may_use_the_database_meanwhile(full: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    file = tmp_path / "ithaca.dump"
    dump(full, file)
    with psycopg.connect(elsewhere.database_url), pytest.raises(CommandError, match="stop web"):
        restore(elsewhere, file)
    assert contents(elsewhere).rows == {}


def test_an_empty_database_is_not_backed_up(elsewhere: Settings, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="empty"):
        dump(elsewhere, tmp_path / "ithaca.dump")
    assert not list(tmp_path.iterdir())
