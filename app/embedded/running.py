"""One server for the length of a block."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from app.embedded.account import Account
from app.stack.child import leashed


@contextmanager
def running(
    command: list[str],
    ready: Callable[[], bool],
    log: Path,
    environ: Mapping[str, str],
    user: Account | None = None,
    stop: signal.Signals = signal.SIGQUIT,
    patience: float = 60.0,
) -> Iterator[None]:
    """Start a server, wait until it is ready, and stop it by this signal.

    By SIGQUIT and SIGKILL servers end without a last word to the disk; by SIGINT PostgreSQL ends in good order.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own servers
            leashed(command, stop, user),
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
        process.send_signal(stop)
        try:
            process.wait(patience if stop is signal.SIGINT else 5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
