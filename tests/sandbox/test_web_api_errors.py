"""Which mistake of the app gets which of Slack's error codes."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from sandbox.settings import SandboxSettings
from tests.sandbox.conftest import Api
from tests.support.people import Person
from tests.support.sandbox_client import Json, Refused
from tests.support.sandboxes import TOKEN
from tests.support.slack_blocks import home, modal, section

VIEW = modal("T", section("x"))
UNKNOWN: dict[str, tuple[str, Json, str]] = {
    "method": ("chat.fly", {}, "unknown_method"),
    "person to write to": ("chat.postMessage", {"channel": "U404", "text": "x"}, "channel_not_found"),
    "channel to write to": ("chat.postMessage", {"channel": "#nowhere", "text": "x"}, "channel_not_found"),
    "channel the app is not in": ("chat.postMessage", {"channel": "general", "text": "x"}, "not_in_channel"),
    "person to open a conversation with": ("conversations.open", {"users": "U404"}, "user_not_found"),
    "nobody to open one with": ("conversations.open", {}, "users_list_not_supplied"),
    "person": ("users.info", {"user": "U404"}, "user_not_found"),
    "person not named": ("users.info", {}, "invalid_arguments"),
    "address": ("users.lookupByEmail", {"email": "nobody@example.org"}, "users_not_found"),
    "profile": ("users.profile.get", {"user": "U404"}, "user_not_found"),
    "channel": ("conversations.info", {"channel": "C404"}, "channel_not_found"),
    "types": ("conversations.list", {"types": "planets"}, "invalid_types"),
    "cursor": ("users.list", {"cursor": "somewhere"}, "invalid_cursor"),
    "limit": ("users.list", {"limit": "many"}, "invalid_limit"),
    "too high a limit": ("users.list", {"limit": 1001}, "invalid_limit"),
    "view": ("views.update", {"view_id": "V404", "view": VIEW}, "not_found"),
    "trigger": ("views.open", {"trigger_id": "1.2.3", "view": VIEW}, "invalid_trigger_id"),
    "trigger to push": ("views.push", {"trigger_id": "1.2.3", "view": VIEW}, "invalid_trigger_id"),
    "no view": ("views.open", {"trigger_id": "1.2.3"}, "invalid_arguments"),
    "view in broken JSON": ("views.open", {"trigger_id": "1.2.3", "view": "{"}, "invalid_arguments"),
    "home as a modal": ("views.open", {"trigger_id": "1.2.3", "view": home()}, "invalid_arguments"),
    "owner of a home": ("views.publish", {"user_id": "U404", "view": home()}, "user_not_found"),
    "channel name": ("conversations.create", {"name": "Loud Name"}, "invalid_name_specials"),
    "no channel name": ("conversations.create", {}, "invalid_name_required"),
    "long channel name": ("conversations.create", {"name": "x" * 81}, "invalid_name_maxlength"),
    "taken channel name": ("conversations.create", {"name": "general"}, "name_taken"),
    "bot": ("bots.info", {"bot": "B404"}, "bot_not_found"),
}
IN_MY_CONVERSATION: dict[str, tuple[str, Json, str]] = {
    "nothing to say": ("chat.postMessage", {}, "no_text"),
    "blank text": ("chat.postMessage", {"text": " "}, "no_text"),
    "long text": ("chat.postMessage", {"text": "x" * 40_001}, "msg_too_long"),
    "blocks in broken JSON": ("chat.postMessage", {"blocks": "{"}, "invalid_blocks_format"),
    "blocks that are no list": ("chat.postMessage", {"blocks": {"type": "divider"}}, "invalid_blocks_format"),
    "bad blocks": ("chat.postMessage", {"blocks": [{"type": "x"}], "text": "x"}, "invalid_blocks"),
    "strange metadata": ("chat.postMessage", {"text": "x", "metadata": {"a": 1}}, "invalid_metadata_format"),
    "metadata in broken JSON": (
        "chat.postMessage",
        {"text": "x", "metadata": "{"},
        "invalid_metadata_format",
    ),
    "metadata with more": (
        "chat.postMessage",
        {"text": "x", "metadata": {"event_type": "n", "event_payload": {}, "more": 1}},
        "invalid_metadata_schema",
    ),
    "large metadata": (
        "chat.postMessage",
        {"text": "x", "metadata": {"event_type": "n", "event_payload": {"a": "x" * 15_000}}},
        "metadata_too_large",
    ),
    "unknown thread": ("chat.postMessage", {"text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
    "unknown message": ("chat.update", {"ts": "1.000001", "text": "x"}, "message_not_found"),
    "unknown message to delete": ("chat.delete", {"ts": "1.000001"}, "message_not_found"),
    "unknown message to react to": (
        "reactions.add",
        {"timestamp": "1.000001", "name": "tada"},
        "message_not_found",
    ),
    "unknown thread to read": ("conversations.replies", {"ts": "1.000001"}, "thread_not_found"),
    "unknown message to link": ("chat.getPermalink", {"message_ts": "1.000001"}, "message_not_found"),
    "joining a direct conversation": ("conversations.join", {}, "method_not_supported_for_channel_type"),
    "inviting to one": ("conversations.invite", {"users": "U1"}, "method_not_supported_for_channel_type"),
    "whispering to a stranger": (
        "chat.postEphemeral",
        {"user": "USLACKBOT", "text": "x"},
        "user_not_in_channel",
    ),
    "time that is none": ("conversations.history", {"oldest": "noon"}, "invalid_ts_oldest"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_does_not_exist_or_fit(name: str, api: Api) -> None:
    method, args, code = UNKNOWN[name]
    assert api(method, **args) | {"error": code, "ok": False} == api(method, **args)


@pytest.mark.parametrize("name", IN_MY_CONVERSATION)
def test_what_cannot_be_said(name: str, api: Api, mia: Person) -> None:
    method, args, code = IN_MY_CONVERSATION[name]
    channel = api("conversations.open", users=mia.id)["channel"]["id"]
    assert api(method, channel=channel, **args)["error"] == code


def test_refused_blocks_come_with_sentences(api: Api, mia: Person) -> None:
    answer = api("chat.postMessage", channel=mia.id, text="x", blocks=[{"type": "divider"}] * 51)
    sentence = "no more than 50 items allowed [json-pointer:/blocks]"
    assert answer["errors"] == [sentence]
    assert answer["response_metadata"] == {"messages": [f"[ERROR] {sentence}"]}
    view = api("views.publish", user_id=mia.id, view=home({"type": "hologram"}))
    assert (view["error"], "unsupported type: hologram" in view["errors"][0]) == ("invalid_arguments", True)


def test_a_view_over_250_kilobytes(api: Api, mia: Person) -> None:
    blocks = [section("ü" * 3000) for _ in range(45)]
    assert api("views.publish", user_id=mia.id, view=home(*blocks))["error"] == "view_too_large"


def test_closed_accounts_and_bots_get_no_messages(api: Api, mia: Person, newcomer: Callable[..., Person]) -> None:
    robot = newcomer("Robot", is_bot=True)
    channel = api("conversations.open", users=mia.id)["channel"]["id"]
    mia.deactivate()
    for person, code in ((mia, "user_disabled"), (robot, "cannot_dm_bot")):
        assert api("conversations.open", users=person.id)["error"] == code
        assert api("chat.postMessage", channel=person.id, text="x")["error"] == code
    assert api("chat.postMessage", channel=channel, text="x")["error"] == "user_disabled"
    assert api("views.publish", user_id=mia.id, view=home())["error"] == "user_disabled"
    assert api("users.lookupByEmail", email=mia.user["profile"]["email"])["error"] == "users_not_found"
    shown = api("users.info", user=mia.id)["user"]
    assert (shown["deleted"], "tz" in shown) == (True, False)


def test_messages_of_others_cannot_be_changed(api: Api, mia: Person) -> None:
    channel = api("conversations.open", users=mia.id)["channel"]["id"]
    mia.say(channel, "mine")
    ts = mia.messages(channel)[-1]["ts"]
    assert api("chat.update", channel=channel, ts=ts, text="yours")["error"] == "cant_update_message"
    assert api("chat.delete", channel=channel, ts=ts)["error"] == "cant_delete_message"


def test_a_direct_conversation_of_two_people_is_hidden_from_the_app(api: Api, mia: Person, tom: Person) -> None:
    channel = mia.post("open", users=[tom.id])["channel"]
    assert api("conversations.history", channel=channel)["error"] == "channel_not_found"
    assert api("chat.postMessage", channel=channel, text="x")["error"] == "channel_not_found"


def test_inviting(api: Api, mia: Person) -> None:
    private = api("conversations.create", name=f"room-{mia.id.lower()}", is_private=True)["channel"]["id"]
    assert api("conversations.invite", channel=private)["error"] == "no_user"
    assert api("conversations.invite", channel=private, users="U404")["error"] == "user_not_found"
    assert api("conversations.invite", channel=private, users=mia.id)["ok"]
    assert api("conversations.invite", channel=private, users=mia.id)["error"] == "already_in_channel"
    bot = api("auth.test")["user_id"]
    assert api("conversations.invite", channel=private, users=bot)["error"] == "cant_invite_self"
    assert api("conversations.join", channel=private)["error"] == "method_not_supported_for_channel_type"


def test_a_closed_channel_is_only_read(api: Api, mia: Person) -> None:
    room = api("conversations.create", name=f"old-{mia.id.lower()}")["channel"]["id"]
    api("conversations.invite", channel=room, users=mia.id)
    api("chat.postMessage", channel=room, text="last words")
    assert api("conversations.archive", channel=room)["ok"]
    assert api("conversations.archive", channel=room)["error"] == "already_archived"
    assert api("chat.postMessage", channel=room, text="x")["error"] == "is_archived"
    assert api("chat.postEphemeral", channel=room, user=mia.id, text="x")["error"] == "is_archived"
    assert api("conversations.invite", channel=room, users="U404")["error"] == "is_archived"
    assert api("conversations.join", channel=room)["error"] == "is_archived"
    assert [m["text"] for m in api("conversations.history", channel=room)["messages"]] == ["last words"]
    with pytest.raises(Refused, match="is_archived"):
        mia.say(room, "more")
    listed = api("conversations.list", exclude_archived=True, limit=1000)["channels"]
    assert room not in {one["id"] for one in listed}


def test_at_most_eight_people_share_a_group(api: Api) -> None:
    assert api("conversations.open", users=",".join(f"U{n}" for n in range(9)))["error"] == "too_many_users"


@pytest.mark.parametrize(("headers", "code"), [({}, "not_authed"), ({"Authorization": "Bearer x"}, "invalid_auth")])
def test_tokens(running: SandboxSettings, headers: dict[str, str], code: str) -> None:
    answer = httpx.post(f"{running.url}/api/auth.test", headers=headers, trust_env=False)
    assert (answer.status_code, answer.json()) == (200, {"ok": False, "error": code})


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"content": b"{", "headers": {"Content-Type": "application/json"}}, "invalid_json"),
        ({"content": b"[1]", "headers": {"Content-Type": "application/json"}}, "json_not_object"),
        ({"content": b"\xff=1"}, "invalid_form_data"),
    ],
)
def test_bodies_that_cannot_be_read(running: SandboxSettings, sent: dict[str, Any], code: str) -> None:
    assert httpx.post(f"{running.url}/api/api.test", trust_env=False, **sent).json()["error"] == code


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"token": TOKEN}},
        {"params": {"token": TOKEN}},
        {"json": {"token": TOKEN}},
        {"files": {"token": (None, TOKEN)}},
    ],
)
def test_arguments_come_as_form_as_json_or_in_the_address(running: SandboxSettings, sent: dict[str, Any]) -> None:
    assert httpx.post(f"{running.url}/api/auth.test", trust_env=False, **sent).json()["ok"]
