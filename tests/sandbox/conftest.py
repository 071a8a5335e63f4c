"""One sandbox and one receiver for all tests here; each test brings its own people."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import httpx
import pytest

from sandbox.settings import SandboxSettings
from tests.support.people import Person
from tests.support.receiver import Receiver, receiving
from tests.support.sandbox_client import Json, SandboxClient
from tests.support.sandboxes import TOKEN, served, settings_for

MANIFEST: Json = {
    "display_information": {"name": "Test app"},
    "features": {
        "bot_user": {"display_name": "testapp"},
        "slash_commands": [{"command": "/mentor", "description": "Mentors", "usage_hint": "[request]"}],
    },
}
Api = Callable[..., Json]


class StoppedTime:
    """Stands in for the `time` module: it stands still until a test lets it go on."""

    now = 1_900_000_000.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now


_numbers = count(1)


@pytest.fixture(scope="session")
def _receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def receiver(_receiver: Receiver) -> Receiver:
    """The app, with nothing received yet."""
    _receiver.clear()
    return _receiver


@pytest.fixture(scope="session")
def running(_receiver: Receiver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxSettings]:
    """The sandbox. The tries of an event follow each other at once."""
    settings = settings_for(
        tmp_path_factory.mktemp("sandbox"),
        _receiver.url,
        MANIFEST,
        event_retries=(0.0, 0.01, 0.01),
    )
    with served(settings) as started:
        yield started


@pytest.fixture(scope="session")
def sandbox(running: SandboxSettings) -> Iterator[SandboxClient]:
    """The client API."""
    with SandboxClient(running.url) as client:
        yield client


@pytest.fixture(scope="session")
def api(running: SandboxSettings) -> Iterator[Api]:
    """The Web API of the sandbox that is shared."""
    with web_api(running) as call:
        yield call


@contextmanager
def web_api(running: SandboxSettings) -> Iterator[Api]:
    """Calls a method with a JSON body, and returns the answer."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=f"{running.url}/api/", headers=headers, trust_env=False) as http:

        def call(method: str, **args: Any) -> Json:
            answer: Json = http.post(method, json=args).json()
            return answer

        yield call


@pytest.fixture
def newcomer(sandbox: SandboxClient, receiver: Receiver) -> Callable[..., Person]:
    """Adds people nobody else uses, and waits until the app has heard of them."""

    def join(name: str = "Mia Tan", **more: Any) -> Person:
        person = Person.join(sandbox, name, email=f"person{next(_numbers)}@example.org", **more)
        if not more.get("is_bot"):
            sandbox.wait(
                lambda: [e for e in receiver.named("team_join") if e.body["event"]["user"]["id"] == person.id],
                f"the app to hear of {person}",
            )
        return person

    return join


@pytest.fixture
def mia(newcomer: Callable[..., Person]) -> Person:
    """Somebody."""
    return newcomer()


@pytest.fixture
def tom(newcomer: Callable[..., Person]) -> Person:
    """Somebody else."""
    return newcomer("Tom Ray")
