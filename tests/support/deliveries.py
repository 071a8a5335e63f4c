"""A delivering worker for tests, with a clock that is set by hand, and a Slack and a mail server that do as told."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import delete, select

from bot.context import Bot
from bot.gateway import Gateway
from core.config import Settings
from core.models import Notification, Trouble, User
from core.notifications import Kind
from core.queue import Queue
from core.services.deliveries import Claim
from core.services.people import by_id
from core.uow import SYSTEM, Units
from matching.service import Matcher
from tasks.auditing import audit_deliveries
from tasks.delivery import deliver
from tasks.mailing import Failure, Meaning
from tasks.runtime import Runtime
from tests.conftest import NOON
from tests.support.slack import Json, ScriptedSlack


class Killed(BaseException):
    """In the place of SIGKILL."""


@dataclass
class Clock:
    """Shows a moment until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **delay: float) -> None:
        self.now += timedelta(**delay)

    def local(self, moment: datetime) -> None:
        self.now = moment


@dataclass
class Letters:
    """The mail server: what it took, and what goes wrong next."""

    taken: list[tuple[Kind, UUID]] = field(default_factory=list)
    upcoming: list[Failure] = field(default_factory=list)

    def send(self, runtime: Runtime, claim: Claim, person_id: UUID) -> None:
        if self.upcoming:
            raise self.upcoming.pop(0)
        with runtime.units.read(SYSTEM) as reading:
            if not by_id(reading, person_id).email:
                raise Failure(Meaning.PERSON, "no e-mail address")
        self.taken.append((claim.kind, person_id))

    def to(self, person_id: UUID) -> list[Kind]:
        return [kind for kind, reader in self.taken if reader == person_id]


class Worker:
    """One process that delivers."""

    def __init__(
        self, settings: Settings, units: Units, queue: Queue, gateway: Gateway, clock: Clock | None = None
    ) -> None:
        self.clock = clock or Clock()
        self.units = Units(units.engine, queue, self.clock)
        self.runtime = Runtime(Bot(settings, self.units, gateway), _no_matcher)

    def deliver(self, **delay: float) -> None:
        """Deliver what is due, so much later."""
        self.clock.forward(**delay)
        deliver(self.runtime)

    def audit(self, **delay: float) -> None:
        """Let the auditor look, so much later."""
        self.clock.forward(**delay)
        audit_deliveries(self.runtime)

    def row(self, kind: Kind, *, change: bool = False) -> Notification:
        """The newest message of a kind, or the newest change to one."""
        return self.rows(kind, change=change)[-1]

    def rows(self, kind: Kind, *, change: bool = False) -> Sequence[Notification]:
        """All messages of a kind, or changes, oldest first."""
        with self.units.read(SYSTEM) as reading:
            found = select(Notification).where(
                Notification.kind == kind, Notification.updates_id.is_not(None) == change
            )
            return reading.session.scalars(found.order_by(Notification.id)).all()

    def only(self, *ids: UUID) -> None:
        """Leave nothing in the outbox but these."""
        with self.units.work(SYSTEM) as work:
            work.session.execute(delete(Notification).where(Notification.id.not_in(ids)))

    def troubles(self) -> Sequence[Trouble]:
        with self.units.read(SYSTEM) as reading:
            return reading.session.scalars(select(Trouble).order_by(Trouble.created_at)).all()

    def user(self, person_id: UUID) -> User:
        with self.units.read(SYSTEM) as reading:
            return reading.session.get_one(User, person_id)

    def end(self) -> None:
        self.runtime.close()


class Courier(Worker):
    """One whose Slack is scripted."""

    def __init__(
        self, settings: Settings, units: Units, queue: Queue, slack: ScriptedSlack, clock: Clock | None = None
    ) -> None:
        super().__init__(settings, units, queue, cast("Gateway", slack), clock)
        self.slack = slack

    def killed_while_delivering(self) -> None:
        """A delivery in which something in Slack's script kills the process."""
        with suppress(Killed):
            deliver(self.runtime)
            raise AssertionError("nothing killed it")

    def posted(self) -> list[Json]:
        """Every message that can be read now."""
        return self.slack.posted()


def _no_matcher(_: Units) -> Matcher:
    raise AssertionError("a delivery needs no model")
