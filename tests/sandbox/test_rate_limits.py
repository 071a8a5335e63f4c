"""Slack's rate limits: bursts pass, then a steady pace, and each key waits for itself."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from sandbox.web_api import rates
from sandbox.web_api.arguments import Arguments
from sandbox.web_api.methods import METHODS
from sandbox.web_api.rates import POSTS_AT_ONCE, RateLimited, RateLimits
from tests.sandbox.conftest import MANIFEST, StoppedTime
from tests.support.sandboxes import TOKEN, served, settings_for


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> StoppedTime:
    """The clock of the limits."""
    time = StoppedTime()
    monkeypatch.setattr(rates, "time", time)
    return time


def post(limits: RateLimits, channel: str) -> None:
    limits.take("chat.postMessage", METHODS["chat.postMessage"], Arguments({"channel": channel}))


def test_a_channel_takes_a_burst_and_then_a_message_a_second(time: StoppedTime) -> None:
    limits = RateLimits(enforced=True)
    for _ in range(int(POSTS_AT_ONCE)):
        post(limits, "C1")
    with pytest.raises(RateLimited) as refused:
        post(limits, "C1")
    assert refused.value.retry_after == 1
    post(limits, "C2")
    time.now += refused.value.retry_after
    post(limits, "C1")


def test_a_method_is_called_so_often_a_minute(time: StoppedTime) -> None:
    limits, method = RateLimits(enforced=True), METHODS["users.list"]
    for _ in range(method.per_minute):
        limits.take("users.list", method, Arguments({}))
    with pytest.raises(RateLimited) as refused:
        limits.take("users.list", method, Arguments({}))
    assert refused.value.retry_after == 3
    time.now += 3
    limits.take("users.list", method, Arguments({}))


def test_they_can_be_switched_off() -> None:
    limits = RateLimits(enforced=False)
    for _ in range(1000):
        post(limits, "C1")


def test_the_app_is_told_how_long_to_wait(tmp_path: Path) -> None:
    settings = replace(settings_for(tmp_path, "http://127.0.0.1:9/", MANIFEST), rate_limits=True)
    with served(settings) as running:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        with httpx.Client(base_url=f"{running.url}/api/", headers=headers, trust_env=False) as http:
            answers = [http.post("users.list") for _ in range(METHODS["users.list"].per_minute + 2)]
    last = answers[-1]
    assert (last.status_code, last.json()) == (429, {"ok": False, "error": "ratelimited"})
    assert int(last.headers["Retry-After"]) >= 1
    assert answers[0].json()["ok"]
