"""Deliveries: each message out once, whatever happens on the way.

A delivery claims what is due (`core.services.claims`), draws each message as things stand, sends it by Slack or
e-mail, and stores what came of it. No delivery ever waits: what has to wait gets its moment in the database.
"""

import logging
import time
from collections.abc import Sequence

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.gateway import Failure, Meaning
from core.models import Channel, NotificationState
from core.notifications import Kind
from core.rules.errors import NotFound
from core.services import claims, gates
from core.services.deliveries import Claim, Later, NothingToSay, Outcome, Over, Sent, store
from core.trace import deeds, following
from core.uow import SYSTEM
from tasks import circuit
from tasks.aftermath import after, again, backoff
from tasks.by_mail import by_mail
from tasks.drawing import draw
from tasks.drawings import Draw, Drawings
from tasks.presence import Presence
from tasks.removing import removed
from tasks.runtime import Runtime
from tasks.sending import our_mistake, to_slack

log = logging.getLogger(__name__)
DATABASE_GONE = (OperationalError, InterfaceError, PoolTimeout)
"""The database, or somebody who held a row for too long, was in the way: nothing is wrong with the message."""
FAST_SECONDS = 0.5
KEEP_SECONDS = 0.2
"""Outcomes are stored together, unless sending is slow: then each at once, so that a kill leaves little unknown."""


def deliver(runtime: Runtime, drawing: Draw = draw) -> None:
    """Deliver until nothing is due. Safe to call at any time, by any number of processes."""
    most = runtime.rhythm.least
    with runtime.presences.one() as presence:
        while True:
            begun = time.monotonic()
            if not _deliver_some(runtime, presence, drawing, most):
                return
            fast = time.monotonic() - begun < FAST_SECONDS
            most = min(most * 2, runtime.rhythm.most) if fast else runtime.rhythm.least


def _deliver_some(runtime: Runtime, presence: Presence, drawing: Draw, most: int) -> bool:
    """Deliver what one claim takes; whether there was anything due."""
    rhythm = runtime.rhythm
    begun = time.monotonic()
    with presence.claiming(), runtime.units.work(SYSTEM) as work:
        claimed = claims.claim(work, presence.number, most, rhythm.lease)
    drawings = Drawings(runtime.units, claimed.claims, drawing)
    closed: frozenset[str] = frozenset()
    with Outcomes(runtime) as outcomes:
        for claim in claimed.claims:
            late = time.monotonic() - begun > rhythm.lease.total_seconds() / 3
            if late or claim.key in closed or (claim.by is Channel.SLACK and gates.INSTALLATION in closed):
                outcomes.add(Later(claim, runtime.units.clock(), "given back", claim.uncertain))
                continue
            outcome = attempt(runtime, claim, drawings)
            if outcome:
                outcomes.add(outcome)
            if not isinstance(outcome, Sent):
                closed = _closed(runtime, claimed.claims)
    return claimed.due > 0


def _closed(runtime: Runtime, claimed: Sequence[Claim]) -> frozenset[str]:
    """The gates that these claims had passed and that have been closed since."""
    with runtime.units.read(SYSTEM) as reading:
        return gates.closed_among(reading, [gates.INSTALLATION, *(claim.key for claim in claimed)])


def attempt(runtime: Runtime, claim: Claim, drawings: Drawings) -> Outcome | None:
    """Send one message; whatever goes wrong with it is an outcome, and no other message's trouble."""
    with following(claim.trace):
        outcome = _attempt(runtime, claim, drawings)
        deeds.info("%s %s by %s: %s", claim.kind, claim.id, claim.by, type(outcome).__name__ if outcome else "let go")
        return outcome


def _attempt(runtime: Runtime, claim: Claim, drawings: Drawings) -> Outcome | None:
    try:
        outcome = _send(runtime, claim, drawings)
    except Failure as failure:
        if claim.trial and failure.meaning not in (Meaning.INSTALLATION, Meaning.UNKNOWN):
            circuit.mended(runtime)
        return after(runtime, claim, failure)
    except (NotFound, NothingToSay):
        return Over(claim, NotificationState.CANCELLED, "nothing left to say")
    except DATABASE_GONE as error:
        log.warning("notification %s (%s) has to wait: %s", claim.id, claim.kind, error.__class__.__name__)
        return _later(runtime, claim, error)
    except Exception as error:
        log.exception("notification %s (%s) could not be delivered", claim.id, claim.kind)
        our_mistake(runtime, claim, error.__class__.__name__)
        return _later(runtime, claim, error)
    if claim.trial and isinstance(outcome, Sent):
        circuit.mended(runtime)
    return outcome


def _later(runtime: Runtime, claim: Claim, error: Exception) -> Later:
    """Whether it went out nobody knows."""
    return again(runtime, claim, repr(error)[:200], backoff(runtime, claim), uncertain=True)


def _send(runtime: Runtime, claim: Claim, drawings: Drawings) -> Outcome:
    if claim.by is Channel.EMAIL:
        return by_mail(runtime, claim)
    if claim.kind is Kind.REMOVED:
        return removed(runtime, claim)
    return Sent(claim, to_slack(runtime, claim, drawings.of(claim)))


class Outcomes:
    """Outcomes on their way into the database."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._waiting: list[Outcome] = []
        self._stored = time.monotonic()

    def __enter__(self) -> "Outcomes":
        return self

    def __exit__(self, *_: object) -> None:
        self._store()

    def add(self, outcome: Outcome) -> None:
        """Store it, now or together with the next ones."""
        self._waiting.append(outcome)
        if time.monotonic() - self._stored > KEEP_SECONDS:
            self._store()

    def _store(self) -> None:
        if self._waiting:
            with self._runtime.units.work(SYSTEM) as work:
                store(work, self._waiting)
            self._waiting = []
        self._stored = time.monotonic()
