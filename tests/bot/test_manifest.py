"""The manifest: what the code uses of Slack, and nothing else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.manifest import COMMANDS, EVENTS, SCOPES, manifest
from bot.routes import COMMANDS as HANDLED
from core.config import Settings
from sandbox.web_api.methods import METHODS

ROOT = Path(__file__).parents[2]
OF_EVENTS = {"team_join": {"users:read"}, "user_change": {"users:read"}, "app_home_opened": set[str]()}
BY_THEMSELVES = {"commands", "users:read.email"}  # slash commands; addresses in what users.info and events tell


def methods_used() -> set[str]:
    """Every name of a Web API method that stands in the code as a text of its own."""
    return {
        text
        for folder in ("bot", "tasks", "web", "app", "core")
        for file in (ROOT / folder).rglob("*.py")
        for text in texts(file)
        if text in METHODS
    }


def texts(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_no_scope_is_missing() -> None:
    used = methods_used()
    assert {"chat.postMessage", "views.open", "users.info"} <= used
    for method in used:
        needs_one_of = set(METHODS[method].scopes)
        assert not needs_one_of or needs_one_of & set(SCOPES), method
    assert set(OF_EVENTS) == set(EVENTS)
    assert set().union(*OF_EVENTS.values()) <= set(SCOPES)


def test_no_scope_is_unused() -> None:
    used = set().union(*(METHODS[method].scopes for method in methods_used()), *OF_EVENTS.values())
    assert set(SCOPES) <= used | BY_THEMSELVES


def test_every_command_has_a_handler() -> None:
    assert {command for command, *_ in COMMANDS} == set(HANDLED)


def test_over_http_each_kind_of_request_has_the_address(settings: Settings) -> None:
    made = manifest(settings.model_copy(update={"public_url": "https://mentors.example.org"}))
    url = "https://mentors.example.org/slack/events"
    kept = made["settings"]
    assert {one["url"] for one in made["features"]["slash_commands"]} == {url}
    assert kept["event_subscriptions"]["request_url"] == kept["interactivity"]["request_url"] == url
    assert not kept["socket_mode_enabled"]


def test_over_sockets_no_address_is_needed(settings: Settings) -> None:
    made = manifest(settings.model_copy(update={"slack_app_token": SecretStr("xapp-1")}))
    assert made["settings"]["socket_mode_enabled"]
    assert "/slack/events" not in str(made)


@pytest.mark.parametrize("url", ["", "https://mentors.example.org/admin/sign-in/slack/back"])
def test_sign_in_is_asked_for_where_it_can_work(settings: Settings, url: str) -> None:
    oauth = manifest(settings, url)["oauth_config"]
    assert oauth.get("redirect_urls", []) == [url] * bool(url)
    assert oauth["scopes"].get("user", []) == ["openid"] * bool(url)
