"""Servers for tests and measurements: started in a moment, in a folder of their own, and gone after, even killed."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.embedded import account
from app.embedded import postgres as embedded
from app.embedded.postgres import Cluster
from app.embedded.redis import Broker
from app.embedded.running import running
from app.stack.ports import free_port


@contextmanager
def postgres(*extensions: str) -> Iterator[str]:
    """An empty PostgreSQL with these extensions, whose data nobody will miss; the owner's connection."""
    with _folder() as folder:
        password = secrets.token_hex(8)
        cluster = Cluster(
            folder / "postgres", free_port(), password, account.needed(folder / "postgres"), durable=False
        )
        embedded.prepare(cluster)
        for extension in extensions:
            embedded.add_extension(cluster, extension)
        environ = embedded.environment()
        with running(cluster.command(), cluster.is_ready, folder / "log", environ, cluster.account):
            yield cluster.url


@contextmanager
def redis() -> Iterator[str]:
    """An empty Redis; its connection."""
    with _folder() as folder:
        broker = Broker(folder / "redis", free_port(), secrets.token_hex(8))
        broker.prepare()
        with running(broker.command(), broker.is_ready, folder / "log", {}):
            yield broker.url


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ithaca-") as name:
        yield Path(name).resolve()
