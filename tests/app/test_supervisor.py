"""The supervisor with tiny processes: what it starts again, what it gives up on, in which order it stops."""

import asyncio
import contextlib
import io
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from app.errors import CommandError
from app.stack import record
from app.stack.child import Child, Program, Register
from app.stack.console import Console
from app.stack.supervisor import Patience, Supervisor

AT_ONCE = Patience(settled=60, first_pause=0.01, deaths=3)
WAIT = "import signal; signal.pause()"
SAY_WHEN_STOPPED = """
import signal, sys
def stop(*_):
    open(sys.argv[1], "a").write(sys.argv[2] + " ")
    sys.exit()
signal.signal(signal.SIGTERM, stop)
open(sys.argv[1] + sys.argv[2], "w")
signal.pause()
"""
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); signal.pause()"
PARENT = """
import signal, subprocess, sys
from app.stack.child import leashed
command = [sys.executable, "-c", "import signal; signal.pause()"]
child = subprocess.Popen(leashed(command, signal.SIGKILL), start_new_session=True)
print(child.pid, flush=True)
signal.pause()
"""
COUNTS = """
import os, signal, sys
place = sys.argv[1]
tries = len(os.listdir(place))
open(f"{place}/{tries}", "w")
print("try", tries, flush=True)
sys.exit(3) if tries < int(sys.argv[2]) else signal.pause()
"""


@dataclass
class Scene:
    """A supervisor of some programs in a folder, and what it said."""

    folder: Path
    patience: Patience = AT_ONCE
    terminal: io.StringIO = field(default_factory=io.StringIO)

    def program(self, name: str, code: str, *args: str, patience: float = 10.0) -> Program:
        command = [sys.executable, "-c", code, *args]
        return Program(name, command, {}, self.folder / f"{name}.log", stop=((signal.SIGTERM, patience),))

    def play(self, story: Callable[[Supervisor], Awaitable[None]], stages: list[list[str]] | None = None) -> None:
        async def whole() -> None:
            supervisor = Supervisor(self.folder, Console(self.terminal, {}), self.patience)
            try:
                await asyncio.wait_for(story(supervisor), 30)
            finally:
                await supervisor.stop(stages or [])

        asyncio.run(whole())

    def there(self, name: str) -> Callable[[], Awaitable[bool]]:
        async def look() -> bool:
            return (self.folder / name).exists()

        return look

    def written(self, name: str) -> Callable[[], Awaitable[bool]]:
        async def look() -> bool:
            return (self.folder / name).stat().st_size > 0

        return look


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def test_what_dies_is_started_again_and_that_is_said(scene: Scene, tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    tries.mkdir()

    async def story(supervisor: Supervisor) -> None:
        await supervisor.keep(scene.program("lamp", COUNTS, str(tries), "2"), scene.there("tries/2"))

    scene.play(story)
    assert scene.terminal.getvalue().count("lamp       ended (code 3); starting it again in") == 2


def test_what_keeps_dying_breaks_the_stack_with_its_last_words(scene: Scene, tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    tries.mkdir()

    async def story(supervisor: Supervisor) -> None:
        keeping = asyncio.create_task(
            supervisor.keep(scene.program("lamp", COUNTS, str(tries), "99"), scene.there("never"))
        )
        with pytest.raises(CommandError, match=r"lamp keeps ending at its start \(code 3\)[\s\S]*try 2"):
            await supervisor.broken
        keeping.cancel()

    scene.play(story)
    assert len(list(tries.iterdir())) == AT_ONCE.deaths


def test_it_stops_stage_by_stage(scene: Scene, tmp_path: Path) -> None:
    order = tmp_path / "order"

    async def story(supervisor: Supervisor) -> None:
        for name in ("store", "worker", "door"):
            program = scene.program(name, SAY_WHEN_STOPPED, str(order), name)
            await supervisor.keep(program, scene.there(f"order{name}"))

    scene.play(story, [["door"], ["worker"], ["store"]])
    assert order.read_text().split() == ["door", "worker", "store"]


def test_what_does_not_listen_is_killed_at_once_when_asked_twice(scene: Scene) -> None:
    async def story(supervisor: Supervisor) -> None:
        program = scene.program("deaf", DEAF, patience=600)
        await supervisor.keep(program, scene.written("deaf.log"))
        asyncio.get_running_loop().call_later(0.05, supervisor.hurry)

    scene.play(story)


def test_a_step_that_fails_is_told_with_its_last_words(scene: Scene) -> None:
    async def story(supervisor: Supervisor) -> None:
        with pytest.raises(CommandError, match=r"step failed \(code 4\)\. The end of .*step\.log:\nno such thing"):
            await supervisor.run(scene.program("step", "import sys; print('no such thing'); sys.exit(4)"))

    scene.play(story)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_killed_parent_leaves_no_orphan() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        child = psutil.Process(int(process.stdout.readline()))
        process.kill()
    with contextlib.suppress(psutil.NoSuchProcess):
        while child.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.01)


def test_orphans_of_an_earlier_stack_are_stopped_and_strangers_are_not(scene: Scene, tmp_path: Path) -> None:
    async def story() -> None:
        orphan = await Child.start(scene.program("orphan", WAIT))
        stranger = await Child.start(scene.program("stranger", WAIT))
        register = Register(tmp_path)
        register.add(stranger)
        register._known["stranger"][1] -= 1.0  # as if another process had had its number
        register.add(orphan)
        assert await asyncio.to_thread(Register(tmp_path).stop_orphans) == ["orphan"]
        await orphan.process.wait()
        assert stranger.alive
        await stranger.stop()

    asyncio.run(story())
    assert record.read(tmp_path / record.PROCESSES) == {}
