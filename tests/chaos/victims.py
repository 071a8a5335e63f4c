"""Workers that are killed, again and again, with SIGKILL."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.commands.test import offline
from app.environment import ROOT
from app.stack.child import leashed
from core.config import Settings


class Victims:
    """Celery workers in processes of their own. Whoever is killed is replaced at once."""

    def __init__(self, settings: Settings, lease: float, log: Path, count: int) -> None:
        self._settings, self._lease, self._log = settings, lease, log
        self._running = [self._start() for _ in range(count)]

    def _start(self) -> subprocess.Popen[bytes]:
        settings = self._settings
        environ = {
            **offline(os.environ),
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": settings.redis_url,
            "SLACK_API_URL": settings.slack_api_url,
            "SLACK_BOT_TOKEN": settings.slack_bot_token.get_secret_value(),
            "SLACK_SIGNING_SECRET": settings.slack_signing_secret.get_secret_value(),
            "ITHACA_SECRET_KEY": settings.secret_key.get_secret_value(),
            "ITHACA_DATA": str(self._log.parent),
        }
        command = [sys.executable, "-m", "tests.chaos.worker", str(self._lease)]
        with self._log.open("ab") as log:
            return subprocess.Popen(
                leashed(command, signal.SIGKILL),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environ,
                cwd=ROOT,
            )

    def kill(self, number: int) -> None:
        """SIGKILL for one, and another in its place."""
        self._running[number].kill()
        self._running[number].wait()
        self._running[number] = self._start()

    def pid(self, number: int) -> int:
        return self._running[number].pid

    def end(self) -> None:
        for process in self._running:
            process.kill()
            process.wait()


@contextmanager
def victims(settings: Settings, lease: float, log: Path, count: int) -> Iterator[Victims]:
    """Workers for the length of a block."""
    made = Victims(settings, lease, log, count)
    try:
        yield made
    finally:
        made.end()
