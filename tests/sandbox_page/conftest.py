"""A sandbox, a tiny app and a browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from sandbox.server import create
from sandbox.settings import ChannelSettings, SandboxSettings
from tests.sandbox_page.sample_app import MANIFEST, SampleApp

PEOPLE = [
    {"id": "UANNA", "name": "Anna Visser", "email": "anna@example.org", "is_owner": True},
    {"id": "UBEN", "name": "Ben Okafor", "email": "ben@example.org"},
    {"id": "UCEM", "name": "Cem Yildiz", "email": "cem@example.org", "tz": "America/New_York"},
]
ANSWER_WITHIN = 0.6


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Scene:
    """The sandbox at `url`, with the app behind it."""

    url: str
    app: SampleApp
    client: httpx.Client

    def post(self, call: str, **body: Any) -> dict[str, Any]:
        answer = self.client.post(f"/client/{call}", json=body)
        answer.raise_for_status()
        return dict(answer.json())

    def get(self, call: str, **query: str) -> dict[str, Any]:
        return dict(self.client.get(f"/client/{call}", params=query).json())

    def app_channel(self, person: str) -> str:
        conversations = self.get("state", **{"as": person})["conversations"]
        return next(str(one["id"]) for one in conversations if one["kind"] == "im")

    def api(self, method: str, **args: Any) -> dict[str, Any]:
        """A call of the app to the Web API."""
        answer = self.client.post(f"/api/{method}", json=args, headers={"Authorization": "Bearer xoxb-demo"})
        body = dict(answer.json())
        assert body["ok"], body
        return body


@contextmanager
def served(app: Any, listening: socket.socket) -> Iterator[None]:
    """Runs a web application on a thread of its own."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def more_settings() -> dict[str, Any]:
    """What a test needs of the sandbox beside the usual."""
    return {}


@pytest.fixture
def scene(tmp_path: Path, more_settings: dict[str, Any]) -> Iterator[Scene]:
    sandbox_socket, app_socket = (socket.create_server(("127.0.0.1", 0)) for _ in range(2))
    port, app_port = (one.getsockname()[1] for one in (sandbox_socket, app_socket))
    url = f"http://127.0.0.1:{port}"
    settings = SandboxSettings(
        port=port,
        data=tmp_path,
        request_url=f"http://127.0.0.1:{app_port}/slack/events",
        bot_token="xoxb-demo",
        signing_secret="secret",
        manifest=MANIFEST,
        channels=(ChannelSettings("questions"),),
        rate_limits=False,
        answer_within=ANSWER_WITHIN,
        smtp_port=0,
        **more_settings,
    )
    app = SampleApp(url, "xoxb-demo", late=2 * ANSWER_WITHIN)
    sandbox = create(settings)
    client = httpx.Client(base_url=url, trust_env=False, timeout=10)
    with client, served(app.asgi, app_socket), served(sandbox, sandbox_socket):
        made = Scene(url, app, client)
        made.post("users", users=PEOPLE)
        yield made
        sandbox.state.workspace.changes.close()


@pytest.fixture
def visit(scene: Scene, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens the page as somebody; each visit is a browser of its own. No script error may pass unnoticed."""
    opened: list[Page] = []
    errors: list[str] = []

    def open_page(person: str = "", place: str = "", width: int = 1280, height: int = 800) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, timezone_id="Europe/Berlin")
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{scene.url}/#/{person}{'/' if place else ''}{place}")
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        page.context.close()
    assert errors == []


@pytest.fixture
def as_ben(visit: Callable[..., Page]) -> Page:
    """The page as Ben sees it, in his conversation with the app."""
    page = visit("UBEN")
    page.get_by_label("Message Demo").wait_for()
    return page
