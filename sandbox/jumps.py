"""Jumps ahead in time: the app is brought to another moment by a command of its own, and the clock follows."""

from __future__ import annotations

import asyncio
import contextlib
import os
from asyncio.subprocess import PIPE, STDOUT
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.changes import Change, Changes
from sandbox.errors import ClientError
from sandbox.settings import SandboxSettings
from sandbox.store import Json
from sandbox.workspace.clock import Clock

LONGEST = 366 * 24 * 3600
KEPT = 400  # lines of what the command says
TELL_EVERY = 0.5


@dataclass
class Jump:
    """One jump, on its way or over. `code` is how the command ended; None while it runs."""

    start: datetime
    to: datetime
    said: deque[str] = field(default_factory=lambda: deque(maxlen=KEPT))
    code: int | None = None

    def shown(self) -> Json:
        """It for the page."""
        return {
            "from": self.start.timestamp(), "to": self.to.timestamp(), "said": list(self.said), "code": self.code,
        }  # fmt: skip


class Jumps:
    """One jump at a time."""

    def __init__(self, settings: SandboxSettings, clock: Clock, changes: Changes) -> None:
        self._settings, self._clock, self._changes = settings, clock, changes
        self._last: Jump | None = None
        self._under_way: asyncio.Task[None] | None = None

    def shown(self) -> Json:
        """What time it is, and what the last jump did."""
        return {
            "now": self._clock.time(),
            "ahead": self._clock.ahead,
            "can_jump": self._settings.clock_file is not None,
            "jump": self._last.shown() if self._last else None,
        }

    def begin(self, seconds: float) -> None:
        """Set out. Raises `ClientError`: `no_clock`, `already_jumping`, `invalid_argument`."""
        if self._settings.clock_file is None:
            raise ClientError(409, "no_clock", "This sandbox has no clock that could be set ahead.")
        if self._under_way and not self._under_way.done():
            raise ClientError(409, "already_jumping", "Wait until the jump that is under way is over.")
        if not 0 < seconds <= LONGEST:
            raise ClientError(400, "invalid_argument", "Jump by some seconds, a year at most.")
        start = self._clock.now()
        jump = self._last = Jump(start, start + timedelta(seconds=seconds))
        self._under_way = asyncio.create_task(self._go(jump))

    async def close(self) -> None:
        """Give up a jump that is under way."""
        if self._under_way and not self._under_way.done():
            self._under_way.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._under_way

    async def _go(self, jump: Jump) -> None:
        telling = asyncio.create_task(self._tell())
        try:
            code = await self._run(jump) if self._settings.jump_command else 0
            if code == 0:
                self._clock.move(jump.to)
        finally:
            telling.cancel()
        jump.code = code
        self._changes.tell(Change("clock"))

    async def _run(self, jump: Jump) -> int:
        try:
            process = await asyncio.create_subprocess_exec(
                *self._settings.jump_command,
                jump.to.isoformat(timespec="seconds"),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=PIPE,
                stderr=STDOUT,
                env=dict(os.environ),
            )
        except OSError as error:
            jump.said.append(f"{self._settings.jump_command[0]}: {error.strerror}")
            return -1
        try:
            while process.stdout and (line := await process.stdout.readline()):
                jump.said.append(line.decode(errors="replace").rstrip())
            return await process.wait()
        finally:
            if process.returncode is None:
                process.terminate()
                await process.wait()

    async def _tell(self) -> None:
        """Let the pages know that time goes on."""
        while True:
            self._changes.tell(Change("clock"))
            await asyncio.sleep(TELL_EVERY)
