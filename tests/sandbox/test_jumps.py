"""Jumps ahead in time: the command is run, the clock follows, and timestamps only ever grow."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.workspace.clock import Clock
from tests.sandbox.conftest import MANIFEST
from tests.support.people import Person
from tests.support.receiver import Receiver
from tests.support.sandbox_client import Json, Refused, SandboxClient
from tests.support.sandboxes import TOKEN, served, settings_for

SAY = "import sys; print('on the way to', sys.argv[1])"
FAIL = "import sys; print('a wheel came off'); sys.exit(3)"
WAIT = "import sys, pathlib; pathlib.Path(sys.argv[1]).open().read()"
Start = Callable[..., AbstractContextManager[SandboxClient]]


@pytest.fixture
def start(tmp_path: Path, receiver: Receiver) -> Start:
    """Starts a sandbox with a clock, whose app is brought to another time by a script."""

    @contextmanager
    def begin(script: str = SAY, *args: str, **more: Any) -> Iterator[SandboxClient]:
        command = (sys.executable, "-I", "-S", "-c", script, *args)
        given = {"clock_file": tmp_path / "clock", "jump_command": command, **more}
        settings = settings_for(tmp_path / "data", receiver.url, MANIFEST, **given)
        with served(settings) as running, SandboxClient(running.url) as client:
            yield client

    return begin


def jumped(sandbox: SandboxClient, seconds: float) -> Json:
    """Jump, and wait for the end. Returns the clock."""
    sandbox.post("jump", seconds=seconds)

    def over() -> Json | None:
        clock = sandbox.get("clock")
        return None if clock["jump"]["code"] is None else clock

    return sandbox.wait(over, "the end of the jump")


def say(sandbox: SandboxClient, person: Person) -> float:
    """The app writes to somebody; the timestamp."""
    answer = httpx.post(
        f"{sandbox.url}/api/chat.postMessage",
        json={"channel": person.id, "text": "x"},
        headers={"Authorization": f"Bearer {TOKEN}"},
        trust_env=False,
    )
    return float(answer.json()["ts"])


def test_after_a_jump_it_is_later_and_messages_bear_the_new_time(start: Start) -> None:
    with start() as sandbox:
        mia = Person.join(sandbox, "Mia Tan")
        before = say(sandbox, mia)
        clock = jumped(sandbox, 3 * 86400)
        after = say(sandbox, mia)
        assert clock["jump"]["code"] == 0
        assert clock["now"] >= clock["jump"]["to"] >= before + 3 * 86400
        assert after >= clock["jump"]["to"]
        told = clock["jump"]["said"][0].removeprefix("on the way to ")
        assert datetime.fromisoformat(told).timestamp() == int(clock["jump"]["to"])


def test_a_restart_keeps_the_time(start: Start) -> None:
    with start() as sandbox:
        then = jumped(sandbox, 3600)["now"]
    with start() as sandbox:
        assert sandbox.get("clock")["now"] >= then


def test_a_command_that_fails_is_told_and_the_clock_stays(start: Start) -> None:
    with start(FAIL) as sandbox:
        clock = jumped(sandbox, 3600)
        assert (clock["jump"]["code"], clock["jump"]["said"]) == (3, ["a wheel came off"])
        assert clock["ahead"] == 0
        assert jumped(sandbox, 60)["jump"]["code"] == 3


def test_a_command_that_is_not_there_is_told(start: Start) -> None:
    with start(jump_command=("/no/such/command",)) as sandbox:
        assert "No such file" in jumped(sandbox, 3600)["jump"]["said"][0]


def test_without_a_command_only_the_clock_moves(start: Start) -> None:
    with start(jump_command=()) as sandbox:
        assert jumped(sandbox, 3600)["ahead"] == pytest.approx(3600, abs=30)


def test_there_is_one_jump_at_a_time_and_a_stop_ends_it(start: Start, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "gate")
    with start(WAIT, str(tmp_path / "gate")) as sandbox:
        sandbox.post("jump", seconds=60)
        with pytest.raises(Refused) as refusal:
            sandbox.post("jump", seconds=60)
        assert refusal.value.code == "already_jumping"


@pytest.mark.parametrize("seconds", [0, -60, 1e12, "soon"])
def test_one_can_only_jump_ahead_and_not_for_ever(start: Start, seconds: float) -> None:
    with start() as sandbox, pytest.raises(Refused) as refusal:
        sandbox.post("jump", seconds=seconds)
    assert refusal.value.code == "invalid_argument"


def test_a_sandbox_without_a_clock_does_not_jump(sandbox: SandboxClient) -> None:
    assert not sandbox.get("clock")["can_jump"]
    with pytest.raises(Refused) as refusal:
        sandbox.post("jump", seconds=60)
    assert refusal.value.code == "no_clock"


def test_timestamps_grow_whatever_becomes_of_the_clock(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock = Clock(file)
    stamps = [clock.next()]
    clock.move(clock.now() + timedelta(hours=1))
    stamps += [clock.next(), clock.next()]
    for content in ("0", "rubbish", ""):
        file.write_text(content)
        stamps.append(clock.next())
    file.unlink()
    stamps.append(clock.next())
    assert [float(one) for one in stamps] == sorted({float(one) for one in stamps})
