"""The whole service as it runs, and what can be done to it: people, faults, kills, time, and forged requests."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx
import psutil
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from app import environment
from core.clock import AheadClock
from core.config import Settings, sqlalchemy_url
from core.queue import CeleryQueue, producer
from core.rules.profiles import ProfileAnswers
from core.services.profiles import save_profile
from core.services.requests import request_mentor
from core.services.waves import open_wave
from core.uow import Units, connect, member
from sandbox.app_requests.by_http import sign
from tasks.broker import SWEEP
from tests.conftest import empty
from tests.support import factories as make
from tests.support.mailbox import Mailbox
from tests.support.people import Person, mark
from tests.support.sandbox_client import Json, SandboxClient
from tests.support.stacks import Stack
from tests.support.wired import Somebody

FORM = "application/x-www-form-urlencoded"
DELIVERY, MATCHING = "delivery,default", "matching"
SLOW_MACHINE = 90.0  # seconds
_numbers = count(1)


@dataclass
class Scene:
    """One running stack."""

    stack: Stack
    sandbox: SandboxClient
    settings: Settings
    owner: Engine
    units: Units
    clock: AheadClock
    http: httpx.Client
    said: int = 0
    logged: dict[Path, int] = field(default_factory=dict)

    # --- people

    def person(self, name: str, **more: Any) -> Somebody:
        """Somebody joins Slack, and the service knows them. `is_admin=True` makes staff."""
        since, address = mark(), f"fault{next(_numbers)}@example.org"
        seen = Person.join(self.sandbox, name, email=address, **more)
        team = str(seen.user["team_id"])
        known = make.person(self.units, name, user_id=seen.id, team_id=team, email=address, **more)
        return Somebody(known, seen, Mailbox(self.sandbox, address), since)

    def student(self, name: str = "Mia Tan", answers: ProfileAnswers = make.STUDENT) -> Somebody:
        return self._profiled(name, answers)

    def mentor(self, name: str = "Kim Alder", answers: ProfileAnswers = make.MENTOR) -> Somebody:
        return self._profiled(name, answers)

    def _profiled(self, name: str, answers: ProfileAnswers) -> Somebody:
        made = self.person(name)
        with self.units.work(member(made.id)) as work:
            save_profile(work, made.id, answers)
        return made

    def offer(self, student: Somebody, *mentors: Somebody) -> UUID:
        """The student asks for a mentor, and these are asked in the same moment: no worker looks for others.

        Returns the request.
        """
        with self.units.work(member(student.id)) as work:
            asking = request_mentor(work, student.id, make.WISH)
            with work.as_system():
                assert open_wave(work, asking, [make.proposal(one.id) for one in mentors], make.PROVENANCE)
        return asking

    # --- what goes wrong

    def goes_wrong(self, kind: str, **more: Any) -> None:
        """From now on something goes wrong in Slack, as the sandbox's faults say it."""
        self.sandbox.post("faults", kind=kind, **more)

    def goes_well(self) -> None:
        self.sandbox.post("faults/off")

    def kill(self, process: psutil.Process, by: signal.Signals = signal.SIGKILL) -> None:
        """End it without a word. The supervisor starts another."""
        process.send_signal(by)
        self.until(lambda: not _lives(process), f"the end of {process}")

    @contextmanager
    def nothing_restarts(self) -> Iterator[None]:
        """Whatever is killed stays away until the block ends."""
        self.stack.process.suspend()
        try:
            yield
        finally:
            self.stack.process.resume()

    def pass_time(self, **span: float) -> None:
        """Let so much time pass, for every process."""
        self.clock.move(self.clock() + timedelta(**span))

    def sweep(self) -> bool:
        """Ask for what beat asks for every minute; whether the broker took it."""
        try:
            producer(self.settings.redis_url).send_task(SWEEP, queue="default", retry=False)
        except Exception:  # noqa: BLE001 - whatever a server says that starts
            return False
        return True

    # --- what was seen

    def calls(self, *methods: str) -> list[Json]:
        """The calls of these methods that reached Slack since this test began."""
        entries = self.sandbox.get("log", after=self.said, limit=1000)["entries"]
        return [one for one in entries if one["direction"] == "from_app" and one["name"] in methods]

    def asked(self, name: str, person: Somebody) -> Json:
        """The last request of this kind that Slack sent in the name of this person."""
        entries = self.sandbox.get("log", after=self.said, limit=1000)["entries"]
        found = [one["request"] for one in entries if one["direction"] == "to_app" and one["name"] == name]
        return next(one for one in reversed(found) if _who(one) == person.slack_id)

    def value(self, statement: str, **given: Any) -> Any:
        """One value of the database, as its owner sees it."""
        with self.owner.connect() as connection:
            return connection.execute(text(statement), given).scalar_one()

    def until(self, look: Callable[[], Any], what: str) -> None:
        """Wait until something is so."""
        self.sandbox.wait(look, what, SLOW_MACHINE)

    def logs(self) -> str:
        """What all processes have logged since this test began."""
        return "".join(file.read_text()[self.logged.get(file, 0) :] for file in self._logs())

    def _logs(self) -> list[Path]:
        return list((self.stack.data / "logs").glob("*.log"))

    # --- requests that nobody pressed

    def send(self, body: bytes, *, kind: str = FORM, secret: str = "", age: int = 0) -> httpx.Response:
        """A request as Slack would sign it, or with another secret or age."""
        stamp = str(int(time.time()) - age)
        signature = sign(secret or self.settings.slack_signing_secret.get_secret_value(), stamp, body)
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
        return self.http.post("/slack/events", content=body, headers=headers)

    def interact(self, payload: Json) -> httpx.Response:
        """An interaction, signed."""
        return self.send(urlencode({"payload": json.dumps(payload)}).encode())

    def begin(self) -> None:
        """Nobody has a part in anything, nothing goes wrong, and nothing was seen yet."""
        self.goes_well()
        self._empty()
        self.said = max((entry["n"] for entry in self.sandbox.log()), default=0)
        self.logged = {file: len(file.read_text()) for file in self._logs()}

    def _empty(self) -> None:
        """Workers may hold rows for a moment, and draw somebody's Home tab: people stay."""
        for patience in range(20, -1, -1):
            try:
                with self.owner.begin() as connection:
                    connection.execute(text("SET LOCAL lock_timeout = 500"))
                    empty(connection, "users")
                    connection.execute(text("UPDATE users SET roles = '{}'"))
                return
            except OperationalError:
                if not patience:
                    raise


def _lives(process: psutil.Process) -> bool:
    """A zombie is one that nobody has buried yet."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def _who(request: Json) -> str:
    user = request.get("user")
    return str(user["id"] if isinstance(user, dict) else request.get("user_id") or request.get("event", {}).get("user"))


@contextmanager
def playing(stack: Stack) -> Iterator[Scene]:
    """Everything that is needed to play on a running stack."""
    settings = environment.settings({"ITHACA_DATA": str(stack.data)})
    owner = create_engine(sqlalchemy_url(settings.database_url), pool_pre_ping=True)
    engine = connect(settings.service_database_url, pool_size=4)
    clock = AheadClock(stack.data / "clock")
    units = Units(engine, CeleryQueue(producer(settings.redis_url)), clock)
    with (
        SandboxClient(stack.sandbox_url) as sandbox,
        httpx.Client(base_url=settings.public_url, trust_env=False, timeout=30) as http,
    ):
        yield Scene(stack, sandbox, settings, owner, units, clock, http)
    owner.dispose()
    engine.dispose()
