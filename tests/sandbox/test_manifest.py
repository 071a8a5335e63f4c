"""What the manifest lists is enforced: scopes, events, commands."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sandbox.settings import ChannelSettings, SandboxSettings
from tests.sandbox.conftest import MANIFEST
from tests.support.people import Person
from tests.support.receiver import Receiver
from tests.support.sandbox_client import Json, SandboxClient
from tests.support.sandboxes import TOKEN, served, settings_for

STRICT = MANIFEST | {
    "oauth_config": {"scopes": {"bot": ["chat:write", "users:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}


@pytest.fixture
def strict(receiver: Receiver, tmp_path: Path) -> Iterator[SandboxSettings]:
    """A sandbox with an app of two scopes and one event."""
    with served(settings_for(tmp_path, receiver.url, STRICT)) as running:
        yield running


def call(running: SandboxSettings, method: str, **args: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return httpx.post(f"{running.url}/api/{method}", data=args, headers=headers, trust_env=False)


def test_a_method_needs_its_scope(strict: SandboxSettings) -> None:
    refused = call(strict, "users.lookupByEmail", email="mia@example.org").json()
    expected = {"ok": False, "error": "missing_scope", "needed": "users:read.email"}
    assert refused == expected | {"provided": "chat:write,users:read"}
    assert call(strict, "auth.test").headers["X-OAuth-Scopes"] == "chat:write,users:read"


def test_addresses_need_a_scope_of_their_own(strict: SandboxSettings) -> None:
    with SandboxClient(strict.url) as sandbox:
        mia = Person.join(sandbox, "Mia Tan", email="mia@example.org")
    profile: Json = call(strict, "users.info", user=mia.id).json()["user"]["profile"]
    assert "email" not in profile


def test_only_events_subscribed_to_are_sent(strict: SandboxSettings, receiver: Receiver) -> None:
    with SandboxClient(strict.url) as sandbox:
        mia = Person.join(sandbox, "Mia Tan")
        mia.post("home")
        sandbox.wait(lambda: receiver.named("app_home_opened"), "the event")
    assert [one.name for one in receiver.received] == ["app_home_opened"]


def test_settings_can_be_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(
        '{"port": 7, "data": "d", "request_url": "u", "bot_token": "t", "signing_secret": "s",'
        ' "channels": [{"name": "admins", "private": true}]}'
    )
    expected = SandboxSettings(7, Path("d"), "u", "t", "s", channels=(ChannelSettings("admins", private=True),))
    assert SandboxSettings.read(file) == expected
