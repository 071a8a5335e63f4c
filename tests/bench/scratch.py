"""A database for one measurement, gone with it."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from app.embedded.scratch import postgres
from core import config
from core.config import Settings
from migrations.commands import upgrade


@contextmanager
def database(environ: Mapping[str, str]) -> Iterator[Settings]:
    """A migrated, empty database with pgvector; the settings of a service on it."""
    with postgres("vector") as url:
        settings = config.read(
            {
                "DATABASE_URL": url,
                "REDIS_URL": "redis://127.0.0.1:1/0",  # nobody connects
                "SLACK_BOT_TOKEN": "none",
                "SLACK_SIGNING_SECRET": "none",
                "ITHACA_SECRET_KEY": secrets.token_hex(16),
                "ITHACA_MODEL": environ.get("ITHACA_MODEL", ""),
            }
        )
        upgrade(settings)
        yield settings
