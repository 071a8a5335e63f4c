"""What was acknowledged survives a kill; a stop is clean."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import httpx
import pytest

from sandbox.settings import SandboxSettings
from tests.sandbox.conftest import MANIFEST
from tests.support.people import Person
from tests.support.receiver import Receiver
from tests.support.sandbox_client import Json, SandboxClient
from tests.support.sandboxes import TOKEN, settings_for
from tests.support.slack_blocks import button, field, home, modal, row, section

Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def settings(tmp_path: Path, receiver: Receiver) -> SandboxSettings:
    """Settings with a port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return replace(settings_for(tmp_path / "data", receiver.url, MANIFEST), port=port)


@pytest.fixture
def start(settings: SandboxSettings, tmp_path: Path) -> Iterator[Start]:
    """Starts the sandbox as a process, and returns once it answers."""
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(asdict(settings), default=str))
    running: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-m", "sandbox", str(file)], stderr=subprocess.PIPE)
        running.append(process)
        with SandboxClient(settings.url) as sandbox:
            sandbox.wait(lambda: answers(sandbox), "the sandbox to answer")
        return process

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def answers(sandbox: SandboxClient) -> bool:
    try:
        return bool(sandbox.get("boot"))
    except httpx.TransportError:
        return False


def api(settings: SandboxSettings, method: str, **args: object) -> Json:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = httpx.post(f"{settings.url}/api/{method}", json=args, headers=headers, trust_env=False)
    body: Json = answer.json()
    assert body["ok"], body
    return body


def whole(mia: Person, channels: list[str]) -> Json:
    return {
        "state": mia.state(),
        "messages": {channel: mia.messages(channel) for channel in channels},
        "users": mia.sandbox.get("boot")["users"],
    }


def test_everything_survives_a_kill(settings: SandboxSettings, start: Start, receiver: Receiver) -> None:
    process = start()
    note = {"event_type": "note", "event_payload": {"id": "n7"}}
    with SandboxClient(settings.url) as sandbox:
        mia = Person.join(sandbox, "Mia Tan", email="mia@example.org")
        tom = Person.join(sandbox, "Tom Ray", is_restricted=True)
        sent = api(settings, "chat.postMessage", channel=mia.id, text="An offer", blocks=[row(button("Accept"))])
        channel = sent["channel"]
        mia.post("read", channel=channel)
        api(settings, "chat.postMessage", channel=channel, text="unread", metadata=note)
        api(settings, "chat.update", channel=channel, ts=sent["ts"], text="A better offer")
        api(settings, "chat.postEphemeral", channel=channel, user=mia.id, text="psst")
        group = api(settings, "conversations.open", users=[mia.id, tom.id])["channel"]["id"]
        mia.say(group, "hello")
        api(settings, "views.publish", user_id=mia.id, view=home(section("x")))
        mia.command("/mentor")
        command = receiver.last("/mentor")
        form = modal("Form", field("Goal", "plain_text_input", "goal", told=True))
        api(settings, "views.open", trigger_id=command["trigger_id"], view=form)
        mia.wait_modal().fill({"Goal": "typed"})
        tom.deactivate()
        before = whole(mia, [channel, group])
    process.send_signal(signal.SIGKILL)
    process.wait()
    start()
    with SandboxClient(settings.url) as sandbox:
        mia = Person.known(sandbox, "Mia Tan")
        assert whole(mia, [channel, group]) == before
        assert mia.wait_modal().raw["state"]["values"]["b_goal"]["goal"]["value"] == "typed"
        later = api(settings, "chat.postMessage", channel=channel, text="later")
        assert mia.messages(channel)[-1]["ts"] == later["ts"]
        httpx.post(command["response_url"], json={"text": "late answer"}, trust_env=False)
        mia.wait_for("late answer")


def test_no_acknowledged_message_is_lost_by_a_kill_at_any_moment(settings: SandboxSettings, start: Start) -> None:
    process = start()
    with SandboxClient(settings.url) as sandbox:
        mia = Person.join(sandbox, "Mia Tan")
    sent: list[str] = []

    def post_until_it_dies() -> None:
        with contextlib.suppress(httpx.TransportError):
            while True:
                sent.append(api(settings, "chat.postMessage", channel=mia.id, text="x")["ts"])
                if len(sent) == 40:
                    process.kill()

    posting = [threading.Thread(target=post_until_it_dies) for _ in range(4)]
    for thread in posting:
        thread.start()
    for thread in posting:
        thread.join()
    process.wait()
    start()
    with SandboxClient(settings.url) as sandbox:
        mia = Person.known(sandbox, "Mia Tan")
        assert set(sent) <= {message.ts for message in mia.inbox()}
    assert len(sent) >= 40


@pytest.mark.parametrize("sig", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_is_clean_although_a_page_listens(settings: SandboxSettings, start: Start, sig: signal.Signals) -> None:
    process = start()
    with SandboxClient(settings.url) as sandbox:
        mia = Person.join(sandbox, "Mia Tan")
    address = f"{settings.url}/client/stream?as={mia.id}"
    with httpx.stream("GET", address, trust_env=False, timeout=20) as stream:
        lines = stream.iter_lines()
        assert next(lines) == ": open"
        os.kill(process.pid, sig)
        list(lines)
    _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, b"")


def test_running_it_needs_settings() -> None:
    ran = subprocess.run([sys.executable, "-m", "sandbox"], capture_output=True, check=False)
    assert (ran.returncode, b"settings.json" in ran.stderr) == (1, True)
