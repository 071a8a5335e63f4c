"""Who is killed next, and whether the supervisor brought them back."""

import contextlib
import random
import time
from collections import Counter
from pathlib import Path

import psutil

from app.stack import record
from app.stack.supervisor import Patience

VICTIMS = ("web", "matching", "delivery", "beat", "redis", "postgres")
LOADED = 60.0
"""Seconds that the worker with the model is left alone: it is to have loaded it, and to have worked."""
YOUNG = Patience().settled


class Killer:
    """SIGKILL for one process after another; the sandbox, which is the world outside, is left alone.

    A process that dies young too often in a row is given up by the supervisor, and rightly: one is killed again before
    it has settled once at the most.
    """

    def __init__(self, data: Path, seed: int) -> None:
        self._data, self._random = data, random.Random(seed)
        self.killed: Counter[str] = Counter()
        self.young: Counter[str] = Counter()
        self._last_was_young: dict[str, bool] = {}

    def kill(self) -> str:
        """Kill one. Returns its name; empty if nobody may be killed at this moment."""
        ages = {name: time.time() - process.create_time() for name, process in self.running().items()}
        ripe = [name for name, age in ages.items() if self._is_ripe(name, age)]
        if not ripe:
            return ""
        name = self._random.choice(ripe)
        with contextlib.suppress(psutil.Error):
            self.running()[name].kill()
        self._last_was_young[name] = ages[name] <= YOUNG
        self.killed[name] += 1
        self.young[name] += ages[name] <= YOUNG
        return name

    def _is_ripe(self, name: str, age: float) -> bool:
        if name == "matching":
            return age > LOADED
        return age > YOUNG or not self._last_was_young.get(name)

    def running(self) -> dict[str, psutil.Process]:
        """The victims that run at present."""
        found = {}
        for name, entry in record.read(self._data / record.PROCESSES).items():
            with contextlib.suppress(psutil.Error):
                process = psutil.Process(int(entry[0]))
                if name in VICTIMS and process.status() != psutil.STATUS_ZOMBIE:
                    found[name] = process
        return found
