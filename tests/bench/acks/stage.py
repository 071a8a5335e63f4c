"""The processes of the measurement: servers, a Slack that answers at once, both apps, and a worker with full queues."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import psutil

from app.embedded import scratch
from app.embedded.running import running
from app.environment import ROOT
from app.sample.people import load
from app.seed import tell
from app.stack.ports import free_port
from app.stack.probe import get
from core.queue import CeleryQueue, Job, Unheard, producer
from core.services.people import SlackIdentity, remember
from core.uow import SYSTEM, Units, connect
from tests.bench.acks.clicking import Target
from tests.bench.acks.slack import TEAM
from tests.bench.delivery.outbox import analyse, fill
from tests.bench.scratch import database

SECRET = "bench-signing-secret"


@dataclass(frozen=True)
class Stage:
    """What stands: both apps, the Slack behind them, who clicks, and the processes whose memory is of interest."""

    ithaca: Target
    empty: Target
    slack_url: str
    mentors: tuple[str, ...]
    processes: Mapping[str, psutil.Process]


@contextmanager
def stage(environ: Mapping[str, str], messages: int, jobs: int) -> Iterator[Stage]:
    """Everything runs for the length of the block: messages are due, and jobs wait that nobody does."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ithaca-acks-"))).resolve()
        settings = stack.enter_context(database(environ))
        broker = stack.enter_context(scratch.redis())
        slack, web, empty = free_port(), free_port(), free_port()
        slack_url = f"http://127.0.0.1:{slack}"
        known = {
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": broker,
            "SLACK_API_URL": f"{slack_url}/api/",
            "SLACK_BOT_TOKEN": "xoxb-bench",
            "SLACK_SIGNING_SECRET": SECRET,
            "ITHACA_SECRET_KEY": settings.secret_key.get_secret_value(),
            "ITHACA_PUBLIC_URL": f"http://127.0.0.1:{web}",
            "ITHACA_DATA": str(folder),
        }
        start = _Starter(stack, folder, {**os.environ, **known, "PYTHONPATH": str(ROOT)})
        start("slack", "tests.bench.acks.slack", str(slack), port=slack)
        mentors = _fill(settings.service_database_url, broker, messages, jobs)
        start("web", "app", "web", "--port", str(web), port=web)
        start("empty", "tests.bench.acks.empty", str(empty), SECRET, f"{slack_url}/api/", port=empty)
        start("delivery", "app", "worker", "--queues", "delivery,default")
        yield Stage(Target(web, SECRET), Target(empty, SECRET), slack_url, mentors, start.processes)


class _Starter:
    """Starts our own modules, each with its log, until the stack of contexts unwinds."""

    def __init__(self, stack: ExitStack, folder: Path, environ: Mapping[str, str]) -> None:
        self._stack, self._folder, self._environ = stack, folder, environ
        self.processes: dict[str, psutil.Process] = {}

    def __call__(self, name: str, *command: str, port: int = 0) -> None:
        log = self._folder / f"{name}.log"
        known = {child.pid for child in psutil.Process().children()}

        def ready() -> bool:
            if port:
                return get(f"http://127.0.0.1:{port}/readyz")[0] == 200
            return "ready for work" in log.read_text(errors="replace")

        program = [sys.executable, "-P", "-m", *command]
        self._stack.enter_context(running(program, ready, log, self._environ, stop=signal.SIGTERM))
        (made,) = [child for child in psutil.Process().children() if child.pid not in known]
        self.processes[name] = made


def _fill(url: str, broker: str, messages: int, jobs: int) -> tuple[str, ...]:
    """Sample mentors, who click; messages that are due to many others; and jobs that wait. Returns the mentors."""
    engine = connect(url, pool_size=4)
    units, queue = Units(engine, Unheard()), CeleryQueue(producer(broker))
    found: list[str] = []
    for sample in load().mentors:
        identity = SlackIdentity(TEAM, f"U1{len(found):05}", sample.name, sample.email, sample.tz)
        with units.work(SYSTEM) as work:
            person = remember(work, identity)
        tell(units, person, replace(sample, slack=True))
        found.append(identity.user_id)
    fill(units, messages)
    analyse(units)
    engine.dispose()
    for _ in range(jobs):
        queue.send(Job.MATCH_REQUEST, str(uuid4()))
    return tuple(found)
