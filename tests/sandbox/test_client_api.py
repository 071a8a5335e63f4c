"""The client API, as docs/sandbox.md agrees it."""

import json
from collections.abc import Callable, Generator
from typing import Any

import httpx
import pytest

from sandbox.settings import SandboxSettings
from tests.sandbox.conftest import Api
from tests.support.people import Person
from tests.support.sandbox_client import Json, Refused, SandboxClient


def test_boot_says_who_and_what_there_is(sandbox: SandboxClient, mia: Person) -> None:
    boot = sandbox.get("boot")
    assert boot["team"]["name"] == "University Centre"
    assert (boot["app"]["name"], boot["app"]["commands"]) == (
        "Test app",
        [{"command": "/mentor", "description": "Mentors", "usage_hint": "[request]"}],
    )
    users = {user["id"]: user for user in boot["users"]}
    assert users[boot["app"]["bot_user"]]["is_bot"]
    assert users[mia.id]["real_name"] == "Mia Tan"


def test_a_new_person_sees_the_app_and_the_channels(newcomer: Callable[..., Person]) -> None:
    mia, ada = newcomer(), newcomer("Ada Admin", is_owner=True)
    state = mia.state()
    assert (state["me"]["id"], state["home"], state["modals"], state["unread"]) == (mia.id, None, [], {})
    kinds = {(one["name"], one["kind"], one["app_is_member"]) for one in state["conversations"]}
    public = {("general", "channel", False), ("quick-questions", "channel", True), ("", "im", True)}
    assert kinds >= public
    assert "mentorship-admins" not in {name for name, _, _ in kinds}
    assert "mentorship-admins" in {one["name"] for one in ada.state()["conversations"]}


def test_unread_counts_what_others_wrote(api: Api, mia: Person) -> None:
    for text in ("one", "two"):
        sent = api("chat.postMessage", channel=mia.id, text=text)
    channel = sent["channel"]
    assert mia.state()["unread"] == {channel: 2}
    mia.post("read", channel=channel)
    assert mia.state()["unread"] == {}
    api("chat.postEphemeral", channel=channel, user=mia.id, text="three")
    assert mia.state()["unread"] == {channel: 1}
    mia.say(channel, "mine")
    assert mia.state()["unread"] == {}
    shown = next(one for one in mia.state()["conversations"] if one["id"] == channel)
    assert shown["last_ts"] == mia.messages(channel)[-1]["ts"]


def test_people_talk_without_the_app(mia: Person, tom: Person) -> None:
    channel = mia.post("open", users=[tom.id])["channel"]
    assert tom.post("open", users=[mia.id])["channel"] == channel
    mia.say(channel, "hello <b>")
    assert [m["text"] for m in tom.messages(channel)] == ["hello <b>"]
    shown = next(one for one in tom.state()["conversations"] if one["id"] == channel)
    assert (shown["kind"], shown["app_is_member"]) == ("im", False)


def test_who_is_known_by_email_or_id_is_not_added_again(sandbox: SandboxClient, mia: Person) -> None:
    email = mia.user["profile"]["email"].upper()
    again = sandbox.post("users", users=[{"name": "Other", "email": email}, {"name": "Other", "id": mia.id}])
    assert [one["id"] for one in again["users"]] == [mia.id, mia.id]


def test_a_title_says_what_a_person_is(sandbox: SandboxClient) -> None:
    titled = Person.join(sandbox, "Tia Titled", title=" Staff ")
    assert titled.user["profile"]["title"] == "Staff"


def test_a_closed_account_does_nothing_more(mia: Person) -> None:
    mia.deactivate()
    with pytest.raises(Refused, match="user_disabled"):
        mia.command("/mentor", channel="general")


@pytest.mark.parametrize(
    ("call", "body", "code"),
    [
        ("say", {"as": "U404", "channel": "C1", "text": "x"}, "user_not_found"),
        ("say", {"channel": "C1"}, "missing_argument"),
        ("say", {"as": "ME", "channel": "C404", "text": "x"}, "channel_not_found"),
        ("say", {"as": "ME", "channel": "DM", "text": " "}, "no_text"),
        ("close", {"as": "ME", "view": "V404"}, "view_not_found"),
        ("action", {"as": "ME", "source": {}, "block_id": "b", "action_id": "a"}, "invalid_source"),
        ("action", {"as": "ME", "source": 7, "block_id": "b", "action_id": "a"}, "invalid_argument"),
        (
            "action",
            {"as": "ME", "source": {"message": {"channel": "DM", "ts": "1.1"}}, "block_id": "b", "action_id": "a"},
            "message_not_found",
        ),
        ("users", {"users": "Mia"}, "invalid_argument"),
        ("users", {"users": [{"name": " "}]}, "invalid_user"),
        ("users", {"users": [{"name": "Mia", "tz": "Mars/Base"}]}, "invalid_user"),
        ("users/U404/deactivate", {}, "user_not_found"),
    ],
)
def test_what_cannot_be_done_is_said(mia: Person, call: str, body: Json, code: str) -> None:
    direct = next(one["id"] for one in mia.state()["conversations"] if one["kind"] == "im")
    filled = json.loads(json.dumps(body).replace('"ME"', f'"{mia.id}"').replace('"DM"', f'"{direct}"'))
    with pytest.raises(Refused) as refused:
        mia.sandbox.post(call, **filled)
    assert refused.value.code == code


def test_pages_of_other_sites_cannot_act(running: SandboxSettings) -> None:
    answer = httpx.post(f"{running.url}/client/users", content=b'{"users": []}', trust_env=False)
    assert (answer.status_code, answer.json()["error"]) == (415, "json_expected")
    broken: Any = {"content": b"{", "headers": {"Content-Type": "application/json"}}
    assert httpx.post(f"{running.url}/client/users", trust_env=False, **broken).json()["error"] == "invalid_json"


def test_the_log_shows_both_directions_without_secrets(api: Api, sandbox: SandboxClient, mia: Person) -> None:
    before = sandbox.get("log", limit=1)["entries"][-1]["n"]
    api("chat.postMessage", channel="U404", text="x")
    mia.command("/mentor")
    log = sandbox.get("log", after=before)["entries"]
    entries = [entry for entry in log if entry["name"] != "team_join"]  # told in the background, whenever that is
    assert [(e["direction"], e["name"], e["status"], e["error"]) for e in entries] == [
        ("from_app", "chat.postMessage", 200, "channel_not_found"),
        ("to_app", "/mentor", 200, None),
    ]
    assert entries[0]["request"] == {"channel": "U404", "text": "x"}
    assert "xoxb" not in json.dumps(entries)
    assert len(sandbox.get("log", limit=1)["entries"]) == 1


def changes(url: str, person: Person) -> Generator[Json | None, None, None]:
    """What the stream says; None for a comment."""
    with httpx.stream("GET", f"{url}/client/stream", params={"as": person.id}, trust_env=False) as stream:
        for line in stream.iter_lines():
            if line.startswith(":"):
                yield None
            elif line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


def test_the_stream_tells_what_to_read_again(running: SandboxSettings, api: Api, mia: Person, tom: Person) -> None:
    stream = changes(running.url, mia)
    assert next(stream) is None
    api("chat.postMessage", channel=tom.id, text="not for her")
    channel = api("chat.postMessage", channel=mia.id, text="for her")["channel"]
    told = next(change for change in stream if change and change["what"] == "messages")
    assert told == {"what": "messages", "channel": channel}
    api("views.publish", user_id=mia.id, view={"type": "home", "blocks": []})
    assert next(change for change in stream if change and change["what"] != "log") == {"what": "home"}
    stream.close()


def test_nobody_listens_as_a_stranger(running: SandboxSettings) -> None:
    answer = httpx.get(f"{running.url}/client/stream", params={"as": "U404"}, trust_env=False)
    assert (answer.status_code, answer.json()["error"]) == (404, "user_not_found")


def test_the_page_is_served(running: SandboxSettings) -> None:
    page = httpx.get(f"{running.url}/", trust_env=False)
    assert (page.status_code, page.headers["content-type"].startswith("text/html")) == (200, True)


def test_browsers_ask_for_the_page_again(running: SandboxSettings) -> None:
    for path in ("/", "/static/main.js"):
        first = httpx.get(f"{running.url}{path}", trust_env=False)
        again = httpx.get(f"{running.url}{path}", headers={"If-None-Match": first.headers["etag"]}, trust_env=False)
        assert [one.headers["cache-control"] for one in (first, again)] == ["no-cache", "no-cache"]
    assert again.status_code == 304
