"""Keeps processes running: waits until each is ready, starts again what dies, stops all of them in order."""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import CommandError
from app.stack.child import Child, Program, Register
from app.stack.console import Console
from app.stack.log import Event, Follower, worth_reading
from app.stack.probe import Ready, at_once

SOON = 0.05
FOLLOW_EVERY = 0.25


@dataclass(frozen=True)
class Patience:
    """How deaths are judged, in seconds: one that lived shorter than `settled` died at its start."""

    settled: float = 20.0
    first_pause: float = 0.5
    longest_pause: float = 30.0
    deaths: int = 5  # killed, PostgreSQL cannot start while one of its processes holds on to the memory they shared
    ready: float = 90.0


@dataclass
class Supervisor:
    """The processes of one stack. `broken` fails, with the reason, when one cannot be kept running."""

    data: Path
    console: Console
    patience: Patience = Patience()
    broken: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def __post_init__(self) -> None:
        self.register = Register(self.data)
        self._stopping = asyncio.Event()
        self._keepers: dict[str, asyncio.Task[None]] = {}
        self._children: dict[str, Child] = {}
        self._followers: dict[str, Follower] = {}
        self._following = asyncio.create_task(self._follow())

    async def keep(self, program: Program, ready: Ready = at_once) -> None:
        """Start a process and keep it running. Returns when it is ready for the first time."""
        was_ready = asyncio.Event()
        self._followers[program.name] = Follower(program.log)
        self._keepers[program.name] = asyncio.create_task(self._keep(program, ready, was_ready))
        await was_ready.wait()

    async def run(self, program: Program) -> None:
        """Run a process to its end. Raises `CommandError` with the end of its log if it fails."""
        self._followers[program.name] = Follower(program.log)
        child = await self._start(program)
        code = await child.process.wait()
        self._forget(child)
        if code and not self._stopping.is_set():
            raise CommandError(f"{program.name} failed ({_end(code)}). {child.last_words()}")

    async def stop(self, stages: Sequence[Sequence[str]]) -> None:
        """Stop all, stage by stage; what no stage names goes first."""
        self._stopping.set()
        named = [name for stage in stages for name in stage]
        others = [name for name in self._children if name not in named]
        for stage in (others, *stages):
            stopping = [child for name in stage if (child := self._children.get(name))]
            await asyncio.gather(*(child.stop() for child in stopping))
        await asyncio.gather(*self._keepers.values())
        self._following.cancel()
        if not self.broken.cancel():
            self.broken.exception()

    def hurry(self) -> None:
        """Somebody asked twice: no more patience."""
        for child in self._children.values():
            child.hurry.set()

    async def _keep(self, program: Program, ready: Ready, was_ready: asyncio.Event) -> None:
        deaths = 0
        loop = asyncio.get_running_loop()
        while not self._stopping.is_set():
            began = loop.time()
            child = await self._start(program)
            watching = asyncio.create_task(self._until_ready(child, ready, was_ready))
            code = await child.process.wait()
            watching.cancel()
            self._forget(child)
            if self._stopping.is_set():
                return
            lived = loop.time() - began
            deaths = deaths + 1 if lived < self.patience.settled else 1
            if deaths >= self.patience.deaths:
                self._break(f"{program.name} keeps ending at its start ({_end(code)}). {child.last_words()}")
                return
            pause = min(self.patience.first_pause * 2 ** (deaths - 1), self.patience.longest_pause)
            text = f"ended ({_end(code)}); starting it again in {pause:g} s"
            self.console.event(program.name, Event("WARNING", text))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)

    async def _start(self, program: Program) -> Child:
        child = await Child.start(program)
        self._children[program.name] = child
        self.register.add(child)
        if self._stopping.is_set():
            child.hurry.set()
            await child.stop()
        return child

    def _forget(self, child: Child) -> None:
        self._children.pop(child.program.name, None)
        self.register.remove(child)

    async def _until_ready(self, child: Child, ready: Ready, was_ready: asyncio.Event) -> None:
        name, end = child.program.name, asyncio.get_running_loop().time() + self.patience.ready
        while not await ready():
            if asyncio.get_running_loop().time() > end:
                self._break(f"{name} does not become ready. {child.last_words()}")
                return
            await asyncio.sleep(SOON)
        was_ready.set()

    def _break(self, reason: str) -> None:
        if not self.broken.done() and not self._stopping.is_set():
            self.broken.set_exception(CommandError(reason))

    async def _follow(self) -> None:
        """Pass on what processes log and a person should read."""
        while True:
            await asyncio.sleep(FOLLOW_EVERY)
            for name, follower in self._followers.items():
                for event in filter(None, map(worth_reading, follower.lines())):
                    self.console.event(name, event)


def _end(code: int) -> str:
    """How a process ended, for a sentence."""
    return f"signal {-code}" if code < 0 else f"code {code}"
