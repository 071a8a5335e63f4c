"""What Slack sends to the app: signed, in Slack's encodings, with three seconds to acknowledge."""

import hashlib
import hmac
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.sandbox.conftest import Api
from tests.support.people import Person, mark
from tests.support.receiver import Receiver, Told
from tests.support.sandbox_client import Json, Refused, SandboxClient
from tests.support.sandboxes import SECRET
from tests.support.slack_blocks import button, field, modal, option, row, section
from tests.support.surfaces import NotAcknowledged

NOTE: Json = {"event_type": "note", "event_payload": {"id": "n7"}}


def offer(api: Api, person: Person, **more: object) -> Json:
    blocks = [row(button("Accept", "accept", value="7", style="primary"), block_id="row")]
    return api("chat.postMessage", channel=person.id, text="An offer", blocks=blocks, **more)


def test_requests_are_signed(mia: Person, receiver: Receiver) -> None:
    mia.command("/mentor", "request & more")
    got = receiver.named("/mentor")[0]
    stamp = got.headers["x-slack-request-timestamp"]
    assert abs(time.time() - int(stamp)) < 5
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + got.raw, hashlib.sha256).hexdigest()
    assert got.headers["x-slack-signature"] == f"v0={digest}"


def test_a_command_comes_as_a_form(mia: Person, receiver: Receiver, sandbox: SandboxClient) -> None:
    mia.command("/mentor", "request & more")
    got = receiver.named("/mentor")[0]
    assert got.headers["content-type"] == "application/x-www-form-urlencoded"
    expected = {"command": "/mentor", "text": "request & more", "user_id": mia.id, "channel_name": "general"}
    assert got.body | expected == got.body
    assert got.body["response_url"].startswith(f"{sandbox.url}/response/")
    direct = next(one["id"] for one in mia.state()["conversations"] if one["kind"] == "im")
    mia.command("/mentor", channel=direct)
    assert receiver.last("/mentor")["channel_name"] == "directmessage"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Plain words", "Plain words"),
        ({"text": "A message"}, "A message"),
        ({"blocks": [section("x")]}, "This content"),
    ],
)
def test_the_acknowledgement_of_a_command_is_shown_to_one_person(
    mia: Person, tom: Person, receiver: Receiver, body: Json | str, text: str
) -> None:
    receiver.answers["/mentor"] = Told(body)
    since = mark()
    mia.command("/mentor")
    assert mia.wait_for(text, since=since).raw["is_ephemeral"]
    assert tom.inbox(since) == []


def test_an_acknowledgement_can_be_for_the_channel(mia: Person, tom: Person, receiver: Receiver) -> None:
    receiver.answers["/mentor"] = Told({"text": f"hello from {mia.id}", "response_type": "in_channel"})
    mia.command("/mentor")
    tom.wait_for(f"hello from {mia.id}")


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (Told(status=500), "dispatch_failed"),
        (Told({"blocks": [{"type": "x"}]}), "dispatch_failed"),
    ],
)
def test_failures_are_told_to_the_person(mia: Person, receiver: Receiver, told: Told, error: str) -> None:
    receiver.answers["/mentor"] = told
    with pytest.raises(NotAcknowledged, match=error):
        mia.command("/mentor")
    assert mia.sandbox.log("/mentor")[-1]["direction"] == "to_app"


def test_a_slow_answer_holds_up_nobody(mia: Person, tom: Person, receiver: Receiver, api: Api) -> None:
    gate = threading.Event()
    receiver.answers["/mentor"] = [Told(gate=gate)]
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(mia.command, "/mentor")
        mia.sandbox.wait(lambda: receiver.named("/mentor"), "the slow one to be under way")
        tom.command("/mentor")
        assert api("auth.test")["ok"]
        assert not slow.done()
        gate.set()
        slow.result()


def test_a_click_carries_the_message_and_its_metadata(mia: Person, receiver: Receiver, api: Api) -> None:
    sent = offer(api, mia, metadata=NOTE)
    mia.wait_for("An offer").press("Accept")
    got = receiver.last("block_actions")
    place = {"message_ts": sent["ts"], "channel_id": sent["channel"], "is_ephemeral": False}
    assert got["container"] == {"type": "message", **place}
    assert (got["message"]["metadata"], got["user"]["id"]) == (NOTE, mia.id)
    assert got["channel"] == {"id": sent["channel"], "name": "directmessage"}
    done = got["actions"][0]
    assert (done["block_id"], done["action_id"], done["value"], done["type"]) == (
        "row",
        "accept",
        "7",
        "button",
    )
    assert (done["text"]["text"], done["style"]) == ("Accept", "primary")
    assert got["trigger_id"]
    assert got["response_url"]


def test_a_click_on_a_whisper_carries_no_message(mia: Person, tom: Person, receiver: Receiver, api: Api) -> None:
    channel = api("conversations.open", users=[mia.id, tom.id])["channel"]["id"]
    blocks = [row(button("Hide"), block_id="row")]
    api("chat.postEphemeral", channel=channel, user=mia.id, text="Only for you", blocks=blocks)
    found = mia.wait_for("Only for you", button="Hide")
    found.press("Hide")
    got = receiver.last("block_actions")
    assert (got["container"]["is_ephemeral"], "message" in got) == (True, False)
    with pytest.raises(Refused, match="message_not_found"):
        tom.post("action", source=found.source, block_id="row", action_id="press", value={}, state={})


def test_menus_on_a_message_send_what_was_chosen(mia: Person, receiver: Receiver, api: Api) -> None:
    more = {"type": "overflow", "action_id": "more", "options": [option("Pause"), option("End")]}
    pace = {"type": "static_select", "action_id": "pace", "options": [option("Weekly")]}
    blocks = [section("Your mentee", accessory=more), row(pace, block_id="row")]
    api("chat.postMessage", channel=mia.id, text="Mentee", blocks=blocks)
    found = mia.wait_for("Mentee")
    found.select("pace", "Weekly").press("End")
    first, second = (one.body for one in receiver.named("block_actions"))
    assert first["actions"][0]["selected_option"] == option("Weekly")
    chosen = {"row": {"pace": {"type": "static_select", "selected_option": option("Weekly")}}}
    assert (first["state"]["values"], second["state"]["values"]) == (chosen, chosen)
    assert second["actions"][0]["selected_option"] == option("End")
    with pytest.raises(Refused, match="not_offered"):
        mia.post(
            "action",
            source=found.source,
            block_id="row",
            action_id="pace",
            value={"selected_option": option("X")},
        )


def test_a_stale_click_reaches_the_app(mia: Person, receiver: Receiver, api: Api) -> None:
    sent = offer(api, mia)
    found = mia.wait_for("An offer")
    api("chat.update", channel=sent["channel"], ts=sent["ts"], text="Too late", blocks=[])
    found.wait_gone("Accept")
    assert found.press_raw("Accept") == {"ok": True}
    assert receiver.last("block_actions")["message"]["text"] == "Too late"


def test_150_clicks_at_once_all_arrive(mia: Person, receiver: Receiver, api: Api) -> None:
    offer(api, mia)
    found = mia.wait_for("An offer")
    with ThreadPoolExecutor(150) as pool:
        outcomes = list(pool.map(lambda _: found.press_raw("Accept"), range(150)))
    assert outcomes == [{"ok": True}] * 150
    bodies = [one.body for one in receiver.named("block_actions")]
    assert len({one["trigger_id"] for one in bodies}) == len({one["actions"][0]["action_ts"] for one in bodies}) == 150


def test_suggestions(mia: Person, receiver: Receiver, api: Api) -> None:
    mia.command("/mentor")
    skills = field("Skills", "multi_external_select", "skills", min_query_length=1)
    api("views.open", trigger_id=receiver.last("/mentor")["trigger_id"], view=modal("Form", skills))
    receiver.answers["block_suggestion"] = Told({"options": [option("Kubernetes")]})
    form = mia.wait_modal("Form").fill({"Skills": [("k8s", "Kubernetes")]})
    got = receiver.last("block_suggestion")
    assert (got["value"], got["action_id"], got["block_id"]) == ("k8s", "skills", "b_skills")
    assert (got["container"]["view_id"], got["view"]["id"]) == (form.id, form.id)
    for bad in (Told({"options": [option("x" * 76)]}), Told("nothing"), Told(status=500)):
        receiver.answers["block_suggestion"] = bad
        with pytest.raises(NotAcknowledged):
            form.fill({"Skills": "Kubernetes"})


def test_an_event_is_retried_until_it_is_acknowledged(mia: Person, receiver: Receiver) -> None:
    receiver.answers["user_change"] = [Told(status=500)] * 4
    mia.deactivate()
    mia.sandbox.wait(lambda: len(receiver.named("user_change")) == 4, "four tries")
    tries = receiver.named("user_change")
    assert len({one.body["event_id"] for one in tries}) == 1
    assert [one.headers.get("x-slack-retry-num") for one in tries] == [None, "1", "2", "3"]
    reasons = [one.headers.get("x-slack-retry-reason") for one in tries]
    assert reasons == [None, "http_error", "http_error", "http_error"]
    event = tries[0].body["event"]
    assert (event["user"]["id"], event["user"]["deleted"]) == (mia.id, True)


def test_an_app_can_refuse_retries(mia: Person, tom: Person, receiver: Receiver) -> None:
    receiver.answers["user_change"] = [Told(status=500, headers={"X-Slack-No-Retry": "1"})]
    mia.deactivate()
    mia.sandbox.wait(lambda: receiver.named("user_change"), "the event")
    tom.deactivate()
    tom.sandbox.wait(lambda: len(receiver.named("user_change")) == 2, "the next one")
    heard = [one.body["event"]["user"]["id"] for one in receiver.named("user_change")]
    assert heard == [mia.id, tom.id]


def test_what_people_write_to_the_app_is_an_event(mia: Person, receiver: Receiver) -> None:
    direct = next(one["id"] for one in mia.state()["conversations"] if one["kind"] == "im")
    mia.say(direct, "hello")
    mia.sandbox.wait(lambda: receiver.named("message"), "the event")
    event = receiver.last("message")["event"]
    assert (event["text"], event["user"], event["channel_type"]) == ("hello", mia.id, "im")


def test_an_unknown_command_stays_in_the_workspace(mia: Person, receiver: Receiver) -> None:
    with pytest.raises(Refused, match="unknown_command"):
        mia.command("/fly")
    assert receiver.named("/fly") == []
