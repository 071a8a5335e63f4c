"""The run: load and kills for some minutes, then quiet, then every check."""

import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app.stack import record
from core import config
from core.queue import Unheard
from core.uow import Units, units_of
from tests.chaos.service.checking import Found, check, left
from tests.chaos.service.crowd import Crowd
from tests.chaos.service.killing import VICTIMS, Killer
from tests.support.sandbox_client import SandboxClient
from tests.support.stacks import Stack, running

LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class Plan:
    """What is to happen. `pause`: seconds between two kills, on average; `patience`: for the rest to be done."""

    minutes: float = 10.0
    seed: int = 1
    hands: int = 4
    pause: float = 8.0
    patience: float = 300.0


@dataclass(frozen=True)
class Result:
    """What happened."""

    killed: Counter[str]
    young: Counter[str]
    done: Counter[str]
    vain: Counter[str]
    up: bool
    left: str
    quiet_after: float
    found: Found

    @property
    def good(self) -> bool:
        """Everything runs again, nothing is left to do, and all holds."""
        return self.up and not self.left and self.found.good


def run(plan: Plan, data: Path, say: Callable[[str], None]) -> Result:
    """Run it on a stack of its own in this folder."""
    with running(data) as stack, SandboxClient(stack.sandbox_url) as sandbox, _units(stack) as units:
        crowd, killer = Crowd(sandbox, plan.seed), Killer(stack.data, plan.seed)
        hands = crowd.play(plan.hands)
        try:
            _kill(plan, killer, say)
        finally:
            crowd.stop()
            for hand in hands:
                hand.join()
        begun = time.monotonic()
        rest = _quiet(plan, units, say)
        up = stack.process.is_running() and set(VICTIMS) == set(killer.running())
        quiet_after = time.monotonic() - begun
        found = check(units, crowd.people)
        return Result(killer.killed, killer.young, crowd.done, crowd.vain, up, rest, quiet_after, found)


@contextmanager
def _units(stack: Stack) -> Iterator[Units]:
    connections = record.running(stack.data)
    settings = config.read({**connections, "ITHACA_DATA": str(stack.data)})
    units = units_of(settings, Unheard(), pool_size=2)
    yield units
    units.engine.dispose()


def _kill(plan: Plan, killer: Killer, say: Callable[[str], None]) -> None:
    chance, end = random.Random(plan.seed), time.monotonic() + 60 * plan.minutes
    while (remaining := end - time.monotonic()) > 0:
        time.sleep(min(remaining, chance.uniform(0.3, 2 * plan.pause)))  # the random moment
        say(f"{killer.kill() or 'nobody':<9} killed, {sum(killer.killed.values())} in all")


def _quiet(plan: Plan, units: Units, say: Callable[[str], None]) -> str:
    """Wait until nothing is left to do. Returns what is, when patience is over."""
    end, rest = time.monotonic() + plan.patience, "the database does not answer"
    while time.monotonic() < end:
        with contextlib.suppress(SQLAlchemyError):
            rest = left(units)
            if not rest:
                return ""
        say(f"left: {rest}")
        time.sleep(LOOK_SECONDS)
    return rest
