"""Servers for tests and measurements: started in a moment, in a folder of their own, and gone after, even killed."""

import secrets
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from app.embedded import account
from app.embedded import postgres as embedded
from app.embedded.account import Account
from app.embedded.postgres import Cluster
from app.embedded.redis import Broker
from app.stack.child import leashed
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
        with _running(cluster.command(), cluster.is_ready, folder / "log", environ, cluster.account):
            yield cluster.url


@contextmanager
def redis() -> Iterator[str]:
    """An empty Redis; its connection."""
    with _folder() as folder:
        broker = Broker(folder / "redis", free_port(), secrets.token_hex(8))
        broker.prepare()
        with _running(broker.command(), broker.is_ready, folder / "log", {}):
            yield broker.url


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ithaca-") as name:
        yield Path(name).resolve()


@contextmanager
def _running(
    command: list[str],
    ready: Callable[[], bool],
    log: Path,
    environ: Mapping[str, str],
    user: Account | None = None,
    patience: float = 60.0,
) -> Iterator[None]:
    """A server for the length of a block. SIGQUIT and SIGKILL end it without a last word to the disk."""
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own servers
            leashed(command, signal.SIGQUIT, user),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=dict(environ),
            cwd="/",
            start_new_session=True,
        )
    try:
        end = time.monotonic() + patience
        while not ready():
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{command[0]} did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.01)
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
