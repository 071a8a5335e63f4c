"""`./ithaca up` as a person starts it: real processes on free ports, all gone with the block."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from app.commands.test import offline
from app.environment import ROOT
from app.stack.child import leashed
from tests.support.servers import free_port

READY = "Ithaca is ready"
STARTING, STOPPING = 120.0, 30.0
LOOK_AGAIN_AFTER = 0.1


@dataclass(frozen=True)
class Stack:
    """A running stack: where its sandbox is found, its data, and its processes."""

    sandbox_url: str
    data: Path
    process: psutil.Process

    def worker(self, queues: str) -> psutil.Process:
        """The worker of these queues."""
        return next(one for one in self.process.children() if one.cmdline()[-2:] == ["--queues", queues])

    def server(self, program: str) -> psutil.Process:
        """PostgreSQL or Redis, by the name of its program."""
        return next(one for one in self.process.children() if one.name() == program)


@contextmanager
def running(data: Path, *more: str) -> Iterator[Stack]:
    """Run `up` in its own session, with sample people unless `more` arguments say otherwise. Raises with what it said
    if it does not become ready.

    However the block ends, it is stopped as Ctrl-C would; a process that outlives that is ended, and an error.
    """
    port, sandbox_port = free_port(), free_port()
    data.mkdir(exist_ok=True)
    console = data / "console"
    command = [sys.executable, "-P", "-m", "app", "up", f"--port={port}", f"--sandbox-port={sandbox_port}", *more]
    with console.open("wb") as output:
        up = subprocess.Popen(
            leashed(command, signal.SIGTERM),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=_environ(data),
            cwd="/",
            start_new_session=True,
        )
    process = psutil.Process(up.pid)
    try:
        _wait_until_ready(up, console)
        yield Stack(f"http://127.0.0.1:{sandbox_port}", data, process)
    finally:
        left = _stopped(up, process)
    assert not left, f"left running: {left}\n{console.read_text()}"


def _environ(data: Path) -> Mapping[str, str]:
    """The tests' environment without settings of another stack, which would be used in place of its own."""
    return {**offline(os.environ), "ITHACA_DATA": str(data), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def _wait_until_ready(up: subprocess.Popen[bytes], console: Path) -> None:
    end = time.monotonic() + STARTING
    while READY not in console.read_text():
        if up.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"./ithaca up did not become ready:\n{console.read_text()}")
        time.sleep(LOOK_AGAIN_AFTER)


def _stopped(up: subprocess.Popen[bytes], process: psutil.Process) -> list[str]:
    """Stop it. Returns what still ran afterwards, which then does not run any more either."""
    everything = [process, *process.children(recursive=True)] if up.poll() is None else []
    if everything:
        os.killpg(up.pid, signal.SIGINT)
    _, left = psutil.wait_procs(everything, STOPPING)
    said = [str(one) for one in left]
    for one in left:
        one.kill()
    psutil.wait_procs(left, STOPPING)
    up.wait()
    return said
