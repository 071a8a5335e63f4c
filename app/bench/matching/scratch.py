"""A database for one measurement: embedded PostgreSQL in a folder that goes away with it."""

import secrets
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from app.embedded import account, postgres
from app.embedded.postgres import Cluster
from app.errors import CommandError
from app.stack.child import leashed
from app.stack.ports import free_port
from core import config
from core.config import Settings
from migrations.commands import upgrade

PATIENCE = 60.0


@contextmanager
def database(environ: Mapping[str, str]) -> Iterator[Settings]:
    """A migrated, empty database with pgvector; the settings of a service on it. Ends with the block, or with us."""
    with tempfile.TemporaryDirectory(prefix="ithaca-bench-") as name:
        folder = Path(name).resolve() / "postgres"
        cluster = Cluster(folder, free_port(), secrets.token_hex(8), account.needed(folder), durable=False)
        postgres.prepare(cluster)
        postgres.add_extension(cluster, "vector")
        with _running(cluster, Path(name) / "log"):
            settings = _settings(cluster, environ)
            upgrade(settings)
            yield settings


def _settings(cluster: Cluster, environ: Mapping[str, str]) -> Settings:
    return config.read(
        {
            "DATABASE_URL": cluster.url,
            "REDIS_URL": "redis://127.0.0.1:1/0",  # nobody connects
            "SLACK_BOT_TOKEN": "none",
            "SLACK_SIGNING_SECRET": "none",
            "ITHACA_SECRET_KEY": secrets.token_hex(16),
            "ITHACA_MODEL": environ.get("ITHACA_MODEL", ""),
        }
    )


@contextmanager
def _running(cluster: Cluster, log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own programs
            leashed(cluster.command(), signal.SIGQUIT, cluster.account),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=postgres.environment(),
            cwd="/",
            start_new_session=True,
        )
    try:
        end = time.monotonic() + PATIENCE
        while not cluster.is_ready():
            if process.poll() is not None or time.monotonic() > end:
                raise CommandError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.05)
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait()
