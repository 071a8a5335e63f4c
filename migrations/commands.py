"""Alembic from Python: no ini file, the settings decide where and as whom."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from core.config import Settings


def config(settings: Settings) -> Config:
    """Alembic's configuration for this database."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.attributes["settings"] = settings
    return made


def upgrade(settings: Settings, revision: str = "head") -> None:
    """Bring the database forward, and give the service's role its rights."""
    command.upgrade(config(settings), revision)


def downgrade(settings: Settings, revision: str = "base") -> None:
    """Take the database back. Whatever stood in tables that go is gone."""
    command.downgrade(config(settings), revision)
