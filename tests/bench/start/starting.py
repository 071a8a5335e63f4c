"""One process started from nothing, until it is ready."""

import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from app.embedded.running import running
from app.stack.probe import get
from tests.bench.start.bare import READY

PATIENCE = 600.0
MB = 1 << 20


@dataclass(frozen=True)
class Started:
    """Seconds until ready, and of computing; megabytes: resident, its part of what is shared counted in, and at most.

    The proportional share (PSS) counts a page of several processes in parts, so that those of all processes add up.
    """

    seconds: float
    computing: float
    resident: float
    proportional: float
    most: float


@dataclass(frozen=True)
class Program:
    """A module of ours, with what it is given, and how to know that it is ready: by its page, a file, or its log."""

    module: str
    given: Sequence[str] = ()
    port: int = 0
    file: Path | None = None

    def ready(self, log: Path) -> Callable[[], bool]:
        """Whether it is ready for work."""
        if self.port:
            return lambda: get(f"http://127.0.0.1:{self.port}/readyz")[0] == 200
        if self.file:
            folder, name = self.file.parent, self.file.name
            return lambda: any(folder.glob(f"{name}*"))
        return lambda: READY in log.read_text(errors="replace")


def start(program: Program, environ: Mapping[str, str], folder: Path) -> Started:
    """Start it, look at it once it is ready, and stop it."""
    if program.file:
        for old in program.file.parent.glob(f"{program.file.name}*"):
            old.unlink()
    log, known = folder / "log", {child.pid for child in psutil.Process().children()}
    command = [sys.executable, "-P", "-m", program.module, *program.given]
    began = time.perf_counter()
    with running(command, program.ready(log), log, environ, stop=signal.SIGTERM, patience=PATIENCE):
        seconds = time.perf_counter() - began
        (process,) = [child for child in psutil.Process().children() if child.pid not in known]
        times, memory = process.cpu_times(), process.memory_full_info()
        return Started(seconds, times.user + times.system, memory.rss / MB, memory.pss / MB, _most(process) / MB)


def _most(process: psutil.Process) -> int:
    """The most memory that it ever had, as Linux remembers it."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    (line,) = [each for each in status.splitlines() if each.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024
