"""The run: messages are stored all the time, workers killed at random points, and the posts counted at the end."""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import redis
from sqlalchemy import BigInteger, column, func, select, text

from app.embedded import scratch
from core import config
from core.config import Settings
from core.models import Notification, NotificationState
from core.queue import CeleryQueue, producer
from core.services.claims import PRESENCE
from core.services.requests import cancel_request
from core.uow import SYSTEM, Units, connect, member
from migrations.commands import upgrade
from tests.chaos.receiver import Receiver, receiving
from tests.chaos.victims import victims
from tests.support import factories as make

FLUSH_EVERY = 7
LOOK_SECONDS = 0.02
State = NotificationState


@dataclass(frozen=True)
class Plan:
    """What is to happen. `patience`: seconds for the rest to go out after the last kill."""

    messages: int = 1000
    kills: int = 100
    workers: int = 2
    lease: float = 45.0
    seed: int = 1
    patience: float = 300.0


@dataclass(frozen=True)
class Result:
    """What happened."""

    messages: int
    lost: int
    twice: int
    strangers: int
    kills: int
    kills_with_messages_on_their_way: int
    flushes: int
    seconds: float
    faults: Counter[str]
    calls: Counter[str]

    @property
    def good(self) -> bool:
        """None lost, none twice, none that nobody stored."""
        return not (self.lost or self.twice or self.strangers)


def run(plan: Plan, say: Callable[[str], None]) -> Result:
    """Run it on a database, a Redis and a Slack of its own."""
    with _folder() as folder, _stage(plan) as (settings, units, receiver):
        log = folder / "worker.log"
        with victims(settings, plan.lease, log, plan.workers) as workers:
            try:
                return _Run(plan, settings, units, receiver, say).play(workers.kill)
            except TimeoutError as error:
                error.add_note(log.read_text()[-4000:])
                raise


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ithaca-chaos-") as name:
        yield Path(name)


@contextmanager
def _stage(plan: Plan) -> Iterator[tuple[Settings, Units, Receiver]]:
    with scratch.postgres() as database, scratch.redis() as broker, receiving(plan.seed) as receiver:
        settings = config.read(
            {
                "DATABASE_URL": database,
                "REDIS_URL": broker,
                "SLACK_API_URL": receiver.url,
                "SLACK_BOT_TOKEN": "xoxb-chaos",
                "SLACK_SIGNING_SECRET": "chaos",
                "ITHACA_SECRET_KEY": "a secret key that only chaos uses",
            }
        )
        upgrade(settings)
        engine = connect(settings.service_database_url, pool_size=4)
        yield settings, Units(engine, CeleryQueue(producer(broker))), receiver
        engine.dispose()


class _Run:
    def __init__(
        self, plan: Plan, settings: Settings, units: Units, receiver: Receiver, say: Callable[[str], None]
    ) -> None:
        self._plan, self._units, self._receiver, self._say = plan, units, receiver, say
        self._random = random.Random(plan.seed)
        self._redis = redis.Redis.from_url(settings.redis_url)
        self._asking: list[tuple[UUID, UUID]] = []
        self._stored = self._kills = self._on_their_way = self._flushes = 0

    def play(self, kill: Callable[[int], None]) -> Result:
        begun = time.monotonic()
        while self._kills < self._plan.kills:
            self._store(self._share())
            self._wait(lambda: bool(self._claimants(alive=True)), "nothing is delivered")
            time.sleep(self._random.random() * 0.4)  # the random point
            dead = self._claimants(alive=False)
            kill(self._random.randrange(self._plan.workers))
            self._kills += 1
            self._on_their_way += bool(self._claimants(alive=False) - dead)
            if self._kills % FLUSH_EVERY == 0:
                self._redis.flushall()
                self._flushes += 1
            self._say(f"{self._kills} kills, {self._count(State.SENT)} of {self._stored} messages out")
        self._wait(lambda: self._count(State.PENDING, State.SENDING) == 0, "messages were left", self._plan.patience)
        self._redis.close()
        return self._result(time.monotonic() - begun)

    def _share(self) -> int:
        """What is stored before the next kill: at the end all have been."""
        return self._plan.messages * (self._kills + 1) // self._plan.kills - self._stored

    def _store(self, count: int) -> None:
        """Students ask for a mentor, each gets a message; some take it back, which changes theirs."""
        for _ in range(count):
            person = make.student(self._units)
            request_id = make.request(self._units, person)
            self._stored += 1
            self._asking.append((person.id, request_id))
            if self._random.random() < 0.2:
                student_id, earlier = self._asking.pop(self._random.randrange(len(self._asking)))
                with self._units.work(member(student_id)) as work:
                    cancel_request(work, earlier)

    def _claimants(self, *, alive: bool) -> set[int]:
        """The numbers under which messages are on their way, of processes that live or that do not."""
        living = select(column("objid", BigInteger)).select_from(text("pg_locks"))
        living = living.where(text("locktype = 'advisory' AND objsubid = 2"), column("classid") == PRESENCE)
        with self._units.read(SYSTEM) as reading:
            taken = select(Notification.claimant).where(Notification.state == State.SENDING)
            claimants = {number for number in reading.session.scalars(taken) if number is not None}
            present = {int(number) for number in reading.session.scalars(living)}
        return claimants & present if alive else claimants - present

    def _count(self, *states: State) -> int:
        with self._units.read(SYSTEM) as reading:
            rows = select(func.count()).select_from(Notification)
            cards = Notification.updates_id.is_(None) if states == (State.SENT,) else Notification.id.is_not(None)
            return reading.session.scalar(rows.where(Notification.state.in_(states), cards)) or 0

    def _wait(self, condition: Callable[[], bool], otherwise: str, patience: float = 120.0) -> None:
        end = time.monotonic() + patience
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(otherwise)
            time.sleep(LOOK_SECONDS)

    def _result(self, seconds: float) -> Result:
        posts = self._receiver.posts()
        with self._units.read(SYSTEM) as reading:
            cards = select(Notification.id).where(Notification.updates_id.is_(None))
            stored = {str(id_) for id_ in reading.session.scalars(cards)}
        return Result(
            messages=len(stored),
            lost=len(stored - posts.keys()),
            twice=sum(times > 1 for times in posts.values()),
            strangers=len(posts.keys() - stored),
            kills=self._kills,
            kills_with_messages_on_their_way=self._on_their_way,
            flushes=self._flushes,
            seconds=seconds,
            faults=self._receiver.faults,
            calls=self._receiver.calls,
        )
