"""Socket Mode: envelopes over connections that the app opens, each acknowledged by its id."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from sandbox.settings import SandboxSettings
from tests.sandbox.conftest import MANIFEST
from tests.support.people import Person
from tests.support.sandbox_client import Json, SandboxClient
from tests.support.sandboxes import APP_TOKEN, TOKEN, served, settings_for

WITH_SOCKETS = MANIFEST | {"settings": {"socket_mode_enabled": True}}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[SandboxSettings]:
    with served(settings_for(tmp_path, "http://127.0.0.1:9/", WITH_SOCKETS, app_token=APP_TOKEN)) as running:
        yield running


@pytest.fixture
def mia(running: SandboxSettings) -> Iterator[Person]:
    with SandboxClient(running.url) as sandbox:
        yield Person.join(sandbox, "Mia Tan")


def address(running: SandboxSettings, token: str = APP_TOKEN) -> Json:
    headers = {"Authorization": f"Bearer {token}"}
    answer: Json = httpx.post(f"{running.url}/api/apps.connections.open", headers=headers, trust_env=False).json()
    return answer


@contextmanager
def opened(running: SandboxSettings) -> Iterator[ClientConnection]:
    """A connection that has been greeted."""
    with connect(address(running)["url"], proxy=None) as socket:
        assert received(socket)["type"] == "hello"
        yield socket


def received(socket: ClientConnection) -> Any:
    return json.loads(socket.recv(timeout=10))


def test_a_command_comes_as_an_envelope_and_its_answer_in_the_acknowledgement(
    running: SandboxSettings, mia: Person
) -> None:
    with opened(running) as socket, ThreadPoolExecutor(1) as pool:
        typed = pool.submit(mia.command, "/mentor", "request")
        envelope = received(socket)
        assert envelope["type"] == "slash_commands"
        assert envelope["payload"]["text"] == "request"
        assert envelope["accepts_response_payload"]
        socket.send(json.dumps({"envelope_id": envelope["envelope_id"], "payload": {"text": "For Mia alone"}}))
        typed.result()
        mia.wait_for("For Mia alone")


def test_envelopes_go_over_one_connection_by_turns(running: SandboxSettings, mia: Person) -> None:
    with opened(running) as first, opened(running) as second, ThreadPoolExecutor(1) as pool:
        for socket in (first, second):
            typed = pool.submit(mia.command, "/mentor")
            envelope = received(socket)
            socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
            typed.result()
        for socket in (first, second):
            with pytest.raises(TimeoutError):
                socket.recv(timeout=0)


def test_an_address_opens_one_connection(running: SandboxSettings) -> None:
    url = address(running)["url"]
    with connect(url, proxy=None) as socket:
        assert received(socket)["type"] == "hello"
    with pytest.raises(InvalidStatus, match="403"), connect(url, proxy=None):
        pass


@pytest.mark.parametrize(("token", "error"), [(TOKEN, "not_allowed_token_type"), ("x", "invalid_auth")])
def test_only_the_apps_own_token_opens_connections(running: SandboxSettings, token: str, error: str) -> None:
    assert address(running, token) == {"ok": False, "error": error}
