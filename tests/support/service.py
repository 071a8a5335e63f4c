"""The whole service in one process: the web application and its jobs in threads, a sandbox for Slack and mail."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import uvicorn
from pydantic import SecretStr

from app.web import create_app
from bot.app import make_app
from bot.context import Bot
from bot.gateway import Gateway
from bot.manifest import manifest
from bot.socket_mode import Socket
from core.clock import AheadClock
from core.config import Settings
from core.queue import Job
from core.uow import Units
from matching.service import Matcher
from tasks.app import JOBS
from tasks.runtime import Runtime
from tasks.sweep import sweep
from tests.support.encoder import HashEncoder
from tests.support.people import Person
from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxes import APP_TOKEN, SECRET, served, settings_for
from tests.support.servers import free_port


class Threads:
    """A queue whose jobs run at once in threads of this process, as workers would run them."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(4, thread_name_prefix="job")
        self.runtime: Runtime | None = None
        self.failures: list[BaseException] = []
        self.under_way = 0
        self._changed = threading.Condition()

    def send(self, job: Job, *args: str) -> None:
        with self._changed:
            self.under_way += 1
        self.pool.submit(self._run, job, args)

    def _run(self, job: Job, args: tuple[str, ...]) -> None:
        assert self.runtime is not None
        try:
            JOBS[job](self.runtime, *map(UUID, args))
        except BaseException as failure:
            self.failures.append(failure)
            raise
        finally:
            with self._changed:
                self.under_way -= 1
                self._changed.notify_all()

    def settle(self, patience: float = 30.0) -> None:
        """Wait until no job is under way."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.under_way == 0, patience), f"{self.under_way} jobs run on"


@dataclass
class Service:
    """A running service, and the Slack it lives in."""

    url: str
    sandbox: SandboxClient
    units: Units
    runtime: Runtime
    jobs: Threads
    clock: AheadClock
    signing_secret: str = SECRET

    def pass_time(self, **span: float) -> None:
        """Let so much time pass once what is under way is done, and what falls due happen: the sweep, and all that it
        asks for.
        """
        self.jobs.settle()
        self.clock.move(self.clock() + timedelta(**span))
        self.sweep()

    def sweep(self) -> None:
        """Run the sweep, and wait for all that it asks for."""
        self.jobs.settle()
        sweep(self.runtime)
        self.jobs.settle()

    def person(self, name: str, **more: object) -> Person:
        """Somebody joins the workspace."""
        return Person.join(self.sandbox, name, **more)


@contextmanager
def sockets(settings: Settings, bot: Bot) -> Iterator[None]:
    """Take Slack's requests over a socket until the block ends."""
    app = make_app(bot, lambda _: True)
    socket = Socket(app, settings)
    socket.client.connect()
    yield
    socket.client.close()
    app.listener_runner.listener_executor.shutdown()


@contextmanager
def running(settings: Settings, units: Units, data: Path, *, socket_mode: bool = False) -> Iterator[Service]:
    """Run the service on this database, until the block ends. A job that failed fails the test."""
    port, jobs, clock = free_port(), Threads(), AheadClock(data / "clock")
    url = f"http://127.0.0.1:{port}"
    app_token = SecretStr(APP_TOKEN if socket_mode else "")
    settings = settings.model_copy(update={"public_url": url, "slack_app_token": app_token})
    request_url = f"{url}/not-used" if socket_mode else f"{url}/slack/events"
    sandbox = served(settings_for(data, request_url, manifest(settings), app_token=app_token.get_secret_value()))
    with sandbox as slack, SandboxClient(slack.url) as client:
        smtp_url = SecretStr(f"smtp://127.0.0.1:{client.smtp_port}")
        settings = settings.model_copy(update={"slack_api_url": f"{slack.url}/api/", "smtp_url": smtp_url})
        units = Units(units.engine, jobs, clock)
        jobs.runtime = Runtime(Bot(settings, units, Gateway(settings)), lambda made: Matcher(made, HashEncoder()))
        server = uvicorn.Server(uvicorn.Config(create_app(settings, units), port=port, log_config=None))
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            with sockets(settings, jobs.runtime.bot) if socket_mode else nullcontext():
                yield Service(url, client, units, jobs.runtime, jobs, clock)
                jobs.settle()
        finally:
            server.should_exit = True
            thread.join()
            jobs.pool.shutdown()
            jobs.runtime.close()
    assert not jobs.failures, jobs.failures
