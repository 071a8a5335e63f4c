"""One process of the stack: started on a leash, in a session of its own, and stopped by signal.

Its own session keeps the terminal's Ctrl-C away from it: the supervisor alone decides when, and in which
order, things stop.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from app.embedded.account import Account
from app.stack import record

LEASH = Path(__file__).with_name("leash.py")


def leashed(
    command: list[str], orphaned: signal.Signals, account: Account | None = None, niceness: int = 0
) -> list[str]:
    """The command on a leash: it gets the signal when this process, or the thread that starts it, ends."""
    uid, gid = (account.uid, account.gid) if account else (-1, -1)
    terms = [str(number) for number in (int(orphaned), os.getpid(), uid, gid, niceness)]
    return [sys.executable, "-I", "-S", str(LEASH), *terms, *command]


@dataclass(frozen=True)
class Program:
    """How a process is started, and the signals that stop it, each with the seconds it is given."""

    name: str
    command: list[str]
    environ: Mapping[str, str]
    log: Path
    stop: tuple[tuple[signal.Signals, float], ...] = ((signal.SIGTERM, 3.0),)
    hurried: signal.Signals = signal.SIGKILL
    orphaned: signal.Signals = signal.SIGKILL
    account: Account | None = None
    niceness: int = 0


@dataclass
class Child:
    """A running process."""

    program: Program
    process: asyncio.subprocess.Process
    log_start: int
    hurry: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    async def start(cls, program: Program) -> "Child":
        """Start it. Its output goes to its log, past the supervisor, whose end it can report."""
        handle = os.open(program.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            log_start = os.fstat(handle).st_size
            process = await asyncio.create_subprocess_exec(
                *leashed(program.command, program.orphaned, program.account, program.niceness),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=handle,
                stderr=handle,
                env=dict(program.environ),
                cwd="/",
                start_new_session=True,
            )
        finally:
            os.close(handle)
        return cls(program, process, log_start)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.returncode is None

    def last_words(self, lines: int = 15) -> str:
        """The end of what it wrote to its log since it was started."""
        with self.program.log.open("rb") as file:
            file.seek(max(self.log_start, self.program.log.stat().st_size - 20_000))
            said = file.read().decode(errors="replace").splitlines()[-lines:]
        return "\n".join((f"The end of {self.program.log}:", *said))

    async def stop(self) -> None:
        """Ask it to end, then insist. Returns when it is gone."""
        for sign, patience in self.program.stop:
            if self.alive and not self.hurry.is_set():
                self._send(sign)
                await self._gone_or_hurried(patience)
        if self.alive:
            self._send(self.program.hurried)
            await self._gone(2.0)
        if self.alive:
            self._send(signal.SIGKILL)
        await self.process.wait()

    def _send(self, sign: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(sign)

    async def _gone(self, patience: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.process.wait(), patience)

    async def _gone_or_hurried(self, patience: float) -> None:
        waits = {asyncio.create_task(self.process.wait()), asyncio.create_task(self.hurry.wait())}
        await asyncio.wait(waits, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()


class Register:
    """The processes of a stack, kept in its data folder for the start after a kill.

    A process is known again by its number and the moment it began, which together no other process has.
    """

    def __init__(self, data: Path) -> None:
        self._file = data / record.PROCESSES
        self._known: dict[str, list[float]] = {}

    def add(self, child: Child) -> None:
        """Note that it runs."""
        with contextlib.suppress(psutil.Error):
            self._known[child.program.name] = [
                child.process.pid,
                psutil.Process(child.process.pid).create_time(),
            ]
            record.write(self._file, self._known)

    def remove(self, child: Child) -> None:
        """Note that it is gone."""
        if self._known.pop(child.program.name, None):
            record.write(self._file, self._known)

    def stop_orphans(self, patience: float = 5.0) -> list[str]:
        """Stop what an earlier stack of this folder left running. Returns the names."""
        found = {name: process for name, entry in record.read(self._file).items() if (process := _same(entry))}
        for process in found.values():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.terminate()
        _, stubborn = psutil.wait_procs(list(found.values()), timeout=patience)
        for process in stubborn:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(stubborn, timeout=patience)
        self._file.unlink(missing_ok=True)
        return list(found)


def _same(entry: object) -> psutil.Process | None:
    """The process of an entry if it is still the same one."""
    match entry:
        case [int() | float() as pid, int() | float() as began]:
            with contextlib.suppress(psutil.Error):
                process = psutil.Process(int(pid))
                ended = process.status() == psutil.STATUS_ZOMBIE
                return None if ended or abs(process.create_time() - began) > 0.1 else process
    return None
