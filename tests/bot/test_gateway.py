"""Calls to Slack over real HTTP: every way they can go wrong has one meaning, and none is repeated."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bot.gateway import MEANINGS, Failure, Gateway, Meaning, meaning_of, respond
from core.config import Settings


class Answers(HTTPServer):
    """A server that gives one answer to everything, and counts."""

    status, body, headers, drop = 200, b'{"ok": true}', (), False  # type: tuple[int, bytes, tuple[tuple[str, str], ...], bool]
    asked = 0


class Handler(BaseHTTPRequestHandler):
    server: Answers

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked += 1
        if self.server.drop:
            return
        self.send_response(self.server.status)
        for name, value in self.server.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass


@contextmanager
def answering() -> Iterator[Answers]:
    server = Answers(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def slack() -> Iterator[Answers]:
    with answering() as server:
        yield server


@pytest.fixture
def gateway(settings: Settings, slack: Answers) -> Gateway:
    return Gateway(settings.model_copy(update={"slack_api_url": f"http://127.0.0.1:{slack.server_port}/api/"}))


def failure(gateway: Gateway) -> Failure:
    with pytest.raises(Failure) as caught:
        gateway.call("chat.postMessage", channel="C1", text="x", blocks=[])
    return caught.value


@pytest.mark.parametrize("meaning", [m for m in Meaning if m is not Meaning.OURS])
def test_each_error_code_has_its_meaning(gateway: Gateway, slack: Answers, meaning: Meaning) -> None:
    for code in sorted(MEANINGS[meaning])[:3]:
        slack.body = json.dumps({"ok": False, "error": code}).encode()
        found = failure(gateway)
        assert (found.meaning, found.code) == (meaning, code)


@pytest.mark.parametrize("code", ["invalid_blocks_format", "metadata_too_large", "something_new"])
def test_what_we_sent_wrong_is_ours(code: str) -> None:
    assert meaning_of(code) is Meaning.OURS
    assert meaning_of("restricted_action_read_only_channel") is Meaning.PERSON


def test_a_rate_limit_says_how_long_to_wait(gateway: Gateway, slack: Answers) -> None:
    slack.status, slack.headers, slack.body = 429, (("Retry-After", "30"),), b'{"ok": false, "error": "ratelimited"}'
    found = failure(gateway)
    assert (found.meaning, found.retry_after) == (Meaning.WAIT, 30)
    assert slack.asked == 1


@pytest.mark.parametrize(("status", "body"), [(500, b"<html>"), (503, b'{"ok": false}'), (200, b"<html>")])
def test_an_answer_that_says_nothing_leaves_the_outcome_unknown(
    gateway: Gateway, slack: Answers, status: int, body: bytes
) -> None:
    slack.status, slack.body = status, body
    assert failure(gateway).meaning is Meaning.UNKNOWN
    assert slack.asked == 1


def test_a_dropped_connection_is_not_repeated(gateway: Gateway, slack: Answers) -> None:
    slack.drop = True
    assert failure(gateway).meaning is Meaning.UNKNOWN
    assert slack.asked == 1


def test_a_private_answer_that_is_lost_is_only_logged(slack: Answers, caplog: pytest.LogCaptureFixture) -> None:
    url = f"http://127.0.0.1:{slack.server_port}/response/x"
    respond(url, {"text": "x"})
    assert not caplog.records
    slack.status, slack.body = 404, b"expired_url"
    respond(url, {"text": "x"})
    slack.drop = True
    respond(url, {"text": "x"})
    respond("", {"text": "nowhere to answer"})
    ours = [record.message for record in caplog.records if record.name == "bot.gateway"]
    assert ["refused" in ours[0], "lost" in ours[1], len(ours)] == [True, True, 2]
    assert slack.asked == 3
