"""Messages as the app sends, changes and reads them back."""

from collections.abc import Callable

from tests.sandbox.conftest import Api
from tests.support.people import Person, mark
from tests.support.sandbox_client import Json, SandboxClient
from tests.support.slack_blocks import button, row, section

NOTE: Json = {"event_type": "note", "event_payload": {"id": "n7"}}


def opened(api: Api, *people: Person) -> str:
    return str(api("conversations.open", users=[one.id for one in people])["channel"]["id"])


def history(api: Api, channel: str, **args: object) -> list[Json]:
    found: list[Json] = api("conversations.history", channel=channel, **args)["messages"]
    return found


def test_metadata_comes_back_whole_only_when_asked_for(api: Api, mia: Person) -> None:
    channel = opened(api, mia)
    api("chat.postMessage", channel=channel, text="x", metadata=NOTE)
    assert history(api, channel)[0]["metadata"] == {"event_type": "note"}
    assert history(api, channel, include_all_metadata=True)[0]["metadata"] == NOTE


def test_an_update_keeps_what_it_does_not_send(api: Api, mia: Person) -> None:
    sent = api("chat.postMessage", channel=mia.id, text="one", metadata=NOTE, blocks=[row(button("Accept"))])
    place = {"channel": sent["channel"], "ts": sent["ts"]}
    api("chat.update", **place, text="two")
    kept = history(api, sent["channel"], include_all_metadata=True)[0]
    assert (kept["text"], kept["blocks"], kept["metadata"]) == ("two", sent["message"]["blocks"], NOTE)
    assert "edited" in kept
    api("chat.update", **place, text="three", blocks=[], metadata={})
    bare = history(api, sent["channel"])[0]
    assert ("blocks" in bare, "metadata" in bare) == (False, False)
    api("chat.delete", **place)
    assert history(api, sent["channel"]) == []


def test_updated_text_has_at_most_4000_characters(api: Api, mia: Person) -> None:
    sent = api("chat.postMessage", channel=mia.id, text="x" * 40_000)
    place = {"channel": sent["channel"], "ts": sent["ts"]}
    assert api("chat.update", **place, text="x" * 4000)["ok"]
    assert api("chat.update", **place, text="x" * 4001)["error"] == "msg_too_long"


def test_blocks_without_text_are_readable_nowhere_else(api: Api, mia: Person) -> None:
    sent = api("chat.postMessage", channel=mia.id, blocks=[section("x")])
    assert sent["message"]["text"] == "This content can't be displayed."
    assert sent["message"]["blocks"][0]["block_id"]


def test_threads(api: Api, mia: Person) -> None:
    channel = opened(api, mia)
    root = api("chat.postMessage", channel=channel, text="root")["ts"]
    reply = api("chat.postMessage", channel=channel, text="reply", thread_ts=root)["ts"]
    api("chat.postMessage", channel=channel, text="to all", thread_ts=reply, reply_broadcast=True)
    assert [m["text"] for m in history(api, channel)] == ["to all", "root"]
    thread = api("conversations.replies", channel=channel, ts=root)["messages"]
    assert [m["text"] for m in thread] == ["root", "reply", "to all"]
    assert (thread[0]["reply_count"], {m["thread_ts"] for m in thread}) == (2, {root})


def test_history_in_pages_and_between_moments(api: Api, mia: Person) -> None:
    channel = opened(api, mia)
    sent = [api("chat.postMessage", channel=channel, text=str(number))["ts"] for number in range(5)]
    first = api("conversations.history", channel=channel, limit=2)
    assert ([m["text"] for m in first["messages"]], first["has_more"]) == (["4", "3"], True)
    api("chat.postMessage", channel=channel, text="late")
    cursor = first["response_metadata"]["next_cursor"]
    second = api("conversations.history", channel=channel, limit=3, cursor=cursor)
    assert ([m["text"] for m in second["messages"]], second["has_more"]) == (["2", "1", "0"], False)
    between = {"oldest": sent[1], "latest": sent[3]}
    assert [m["text"] for m in history(api, channel, **between)] == ["2"]
    assert [m["text"] for m in history(api, channel, **between, inclusive=True)] == ["3", "2", "1"]


def test_everybody_is_listed_once_over_pages(api: Api, sandbox: SandboxClient, mia: Person) -> None:
    listed, cursor = [], ""
    while True:
        page = api("users.list", limit=2, cursor=cursor)
        listed += [user["id"] for user in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert listed == [user["id"] for user in sandbox.get("boot")["users"]]
    assert mia.id in listed


def test_a_conversation_among_the_same_people_is_the_same(api: Api, mia: Person, tom: Person) -> None:
    assert opened(api, mia, tom) == opened(api, tom, mia) != opened(api, mia)
    shown = api("conversations.open", users=mia.id, return_im=True)["channel"]
    assert (shown["user"], shown["is_im"]) == (mia.id, True)
    members = api("conversations.members", channel=opened(api, mia, tom))["members"]
    assert set(members) == {mia.id, tom.id, api("auth.test")["user_id"]}


def test_a_whisper_is_heard_by_one(api: Api, mia: Person, tom: Person) -> None:
    since, channel = mark(), opened(api, mia, tom)
    api("chat.postEphemeral", channel=channel, user=mia.id, text="psst")
    assert mia.wait_for("psst").raw["is_ephemeral"]
    assert tom.inbox(since) == []
    assert history(api, channel) == []


def test_posting_to_a_channel_by_name(api: Api, mia: Person) -> None:
    sent = api("chat.postMessage", channel="#quick-questions", text=f"hello {mia.id}")
    assert sent["channel"] == mia.channel("quick-questions")
    mia.wait_for(f"hello {mia.id}")


def test_joining_a_channel(api: Api, mia: Person) -> None:
    general = mia.channel("general")
    assert not api("conversations.info", channel=general)["channel"]["is_member"]
    names = {c["name"] for c in api("conversations.list", types="public_channel,private_channel")["channels"]}
    assert {"general", "quick-questions", "mentorship-admins"} <= names
    count = api("conversations.info", channel=general, include_num_members=True)["channel"]["num_members"]
    assert count == len(api("conversations.members", channel=general, limit=1000)["members"])


def test_reactions_and_links(api: Api, mia: Person) -> None:
    sent = api("chat.postMessage", channel=mia.id, text="x")
    place = {"channel": sent["channel"], "timestamp": sent["ts"], "name": "tada"}
    assert api("reactions.add", **place)["ok"]
    assert api("reactions.add", **place)["error"] == "already_reacted"
    assert history(api, sent["channel"])[0]["reactions"][0]["name"] == "tada"
    link = api("chat.getPermalink", channel=sent["channel"], message_ts=sent["ts"])["permalink"]
    assert link.endswith(f"/archives/{sent['channel']}/p{sent['ts'].replace('.', '')}")


def test_identity_facts_are_kept(api: Api, newcomer: Callable[..., Person]) -> None:
    guest = newcomer("Gus Guest", is_restricted=True, tz="America/New_York", locale="pt-BR", id="U0GUEST1")
    owner = newcomer("Ola Owner", is_owner=True)
    shown = api("users.info", user=guest.id, include_locale=True)["user"]
    expected = {
        "id": "U0GUEST1", "deleted": False, "is_bot": False, "is_restricted": True, "is_owner": False,
        "tz": "America/New_York", "locale": "pt-BR",
    }  # fmt: skip
    assert shown | expected == shown
    assert "locale" not in api("users.info", user=guest.id)["user"]
    assert shown["tz_offset"] in (-18000, -14400)
    assert api("users.info", user=owner.id)["user"]["is_admin"]
    email = guest.user["profile"]["email"]
    assert api("users.lookupByEmail", email=email.upper())["user"]["id"] == guest.id
    assert api("users.profile.get", user=guest.id)["profile"]["email"] == email
