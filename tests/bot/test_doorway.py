"""What Slack sends is verified over its raw bytes first; nothing broken gets further."""

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Iterator
from functools import partial
from typing import cast
from urllib.parse import urlencode

import anyio
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from slack_bolt import App, BoltRequest, BoltResponse
from starlette.types import Message, Scope

from bot.doorway import MOST_BYTES, router

SECRET = "the secret of this test"
FORM = "application/x-www-form-urlencoded"
COMMAND = {"command": "/x", "user_id": "U1", "team_id": "T1", "text": ""}
CLICK = {"type": "block_actions", "user": {"id": "U1", "team_id": "T1"}, "actions": [{"action_id": "a"}]}


@pytest.fixture
def slack() -> App:
    return App(
        token="xoxb-x",
        request_verification_enabled=False,
        token_verification_enabled=False,
        authorize=None,
    )


@pytest.fixture
def client(slack: App) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(router(slack, SECRET))
    with TestClient(app, raise_server_exceptions=True) as client:
        yield client


def post(client: TestClient, body: bytes, *, age: int = 0, secret: str = SECRET, kind: str = FORM) -> int:
    stamp = str(int(time.time()) - age)
    signed = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signed}", "Content-Type": kind}
    return client.post("/slack/events", content=body, headers=headers).status_code


def payload(content: object) -> bytes:
    return urlencode({"payload": json.dumps(content)}).encode()


def test_a_wrong_signature_is_refused(client: TestClient) -> None:
    assert post(client, urlencode(COMMAND).encode(), secret="another") == 401


def test_a_request_of_301_seconds_ago_is_refused(client: TestClient) -> None:
    assert post(client, urlencode(COMMAND).encode(), age=301) == 401


def test_a_request_without_signature_is_refused(client: TestClient) -> None:
    assert client.post("/slack/events", content=b"{}").status_code == 401
    headers = {b"X-Slack-Request-Timestamp": b"soon", b"X-Slack-Signature": "v0=é".encode()}
    assert client.post("/slack/events", content=b"{}", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FORM),
        (b"payload=%7Bbroken", FORM),
        (b"payload=5", FORM),
        (payload([]), FORM),
        (payload({"type": "block_actions"}), FORM),
        (payload({**CLICK, "actions": []}), FORM),
        (payload({**CLICK, "actions": [7]}), FORM),
        (payload({**CLICK, "user": "U1"}), FORM),
        (payload({**CLICK, "view": []}), FORM),
        (payload({"type": "view_submission", "user": {"id": "U1"}, "view": {"state": []}}), FORM),
        (payload({"type": "block_suggestion", "user": {"id": "U1"}}), FORM),
        (urlencode({"command": "/mentor"}).encode(), FORM),
        (b"{", "application/json"),
        (b"[1]", "application/json"),
        (b"[" * 100_000, "application/json"),
    ],
)
def test_a_signed_but_broken_body_is_refused_without_a_traceback(
    client: TestClient, caplog: pytest.LogCaptureFixture, body: bytes, kind: str
) -> None:
    with caplog.at_level(logging.WARNING):
        assert post(client, body, kind=kind) == 400
    assert "Traceback" not in caplog.text


def test_a_body_that_is_no_text_is_refused(client: TestClient) -> None:
    assert post(client, b"\xff\xfe") == 401


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: TestClient) -> None:
    assert post(client, b"x" * (MOST_BYTES + 1)) == 413


class Web:
    """The doorway as a server sees it, before a Bolt that only notes when it works."""

    def __init__(self) -> None:
        self.app, self.done = FastAPI(), list[str]()
        self.app.include_router(router(cast("App", self), SECRET))

    def dispatch(self, _: BoltRequest) -> BoltResponse:
        self.done.append("work")
        return BoltResponse(status=200)

    def post(self, body: bytes, kind: str) -> list[str]:
        stamp = str(int(time.time()))
        signed = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signed}", "Content-Type": kind}
        told = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        scope: Scope = {"type": "http", "method": "POST", "path": "/slack/events", "headers": told, "query_string": b""}
        anyio.run(self.app.__call__, scope, partial(self._receive, body), self._send)
        return self.done

    async def _receive(self, body: bytes) -> Message:
        return {"type": "http.request", "body": body}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.body":
            self.done.append("answer")


EVENT = {"type": "event_callback", "team_id": "T1", "event": {"type": "team_join", "user": {"id": "U1"}}}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (payload(CLICK), FORM),
        (urlencode(COMMAND).encode(), FORM),
        (json.dumps(EVENT).encode(), "application/json"),
    ],
    ids=["click", "command", "event"],
)
def test_what_needs_no_answer_is_acknowledged_before_any_work(body: bytes, kind: str) -> None:
    assert Web().post(body, kind) == ["answer", "work"]


def test_a_form_is_answered_after_the_work() -> None:
    form = {"type": "view_submission", "user": CLICK["user"], "view": {"callback_id": "form", "state": {"values": {}}}}
    assert Web().post(payload(form), FORM) == ["work", "answer"]
