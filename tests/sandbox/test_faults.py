"""Faults that are switched on: what Slack does on bad days, for as long as one wants."""

from collections.abc import Iterator

import httpx
import pytest

from sandbox import faults
from sandbox.changes import Changes
from sandbox.faults import Call, Fault, Faults, Kind
from sandbox.settings import SandboxSettings
from tests.sandbox.conftest import Api, StoppedTime
from tests.support.people import Person
from tests.support.sandbox_client import Json, Refused, SandboxClient
from tests.support.sandboxes import TOKEN


@pytest.fixture
def bad_day(sandbox: SandboxClient) -> Iterator[SandboxClient]:
    """The sandbox, without faults again afterwards."""
    yield sandbox
    sandbox.post("faults/off")


def post(running: SandboxSettings, person: Person, text: str = "x") -> httpx.Response:
    """A message to somebody, with all that HTTP says of it."""
    return httpx.post(
        f"{running.url}/api/chat.postMessage",
        json={"channel": person.id, "text": text},
        headers={"Authorization": f"Bearer {TOKEN}"},
        trust_env=False,
    )


def on(sandbox: SandboxClient) -> list[Json]:
    found: list[Json] = sandbox.get("faults")["faults"]
    return found


def test_a_rate_limit_says_how_long_to_wait_and_ends_after_so_many_calls(
    bad_day: SandboxClient, running: SandboxSettings, mia: Person
) -> None:
    bad_day.post("faults", kind="rate_limit", method="chat.postMessage", seconds=7, times=2)
    answers = [post(running, mia) for _ in range(3)]
    assert [one.status_code for one in answers] == [429, 429, 200]
    assert answers[0].headers["Retry-After"] == "7"
    assert on(bad_day) == []


def test_a_limit_on_one_method_leaves_the_others_alone(bad_day: SandboxClient, api: Api, mia: Person) -> None:
    bad_day.post("faults", kind="rate_limit", method="users.info")
    assert api("users.info", user=mia.id)["error"] == "ratelimited"
    assert api("chat.postMessage", channel=mia.id, text="x")["ok"]


@pytest.mark.parametrize("error", ["user_disabled", "cannot_dm_bot"])
def test_one_person_is_refused_and_nobody_else(
    bad_day: SandboxClient, api: Api, mia: Person, tom: Person, error: str
) -> None:
    channel = api("conversations.open", users=mia.id)["channel"]["id"]
    bad_day.post("faults", kind="refused_person", user=mia.id, error=error)
    assert api("conversations.open", users=mia.id)["error"] == error
    assert api("chat.postMessage", channel=channel, text="x")["error"] == error
    assert api("chat.postMessage", channel=tom.id, text="x")["ok"]


def test_any_error_can_be_had_of_one_method_for_so_many_calls(bad_day: SandboxClient, api: Api, mia: Person) -> None:
    bad_day.post("faults", kind="error", method="chat.update", error="edit_window_closed", times=1)
    message = api("chat.postMessage", channel=mia.id, text="x")
    again = {"channel": message["channel"], "ts": message["ts"], "text": "y"}
    assert api("chat.update", **again)["error"] == "edit_window_closed"
    assert api("chat.update", **again)["ok"]


def test_an_error_can_be_one_persons_in_every_talk_they_are_in(
    bad_day: SandboxClient, api: Api, mia: Person, tom: Person
) -> None:
    both, alone = (api("conversations.open", users=users)["channel"]["id"] for users in (f"{mia.id},{tom.id}", tom.id))
    bad_day.post("faults", kind="error", user=mia.id, error="user_not_visible")
    assert api("conversations.open", users=mia.id)["error"] == "user_not_visible"
    assert api("chat.postMessage", channel=mia.id, text="x")["error"] == "user_not_visible"
    assert api("chat.postMessage", channel=both, text="x")["error"] == "user_not_visible"
    assert api("users.info", user=mia.id)["error"] == "user_not_visible"
    assert api("chat.postMessage", channel=alone, text="x")["ok"]


def test_an_error_can_be_one_conversations_by_its_name_or_its_id(bad_day: SandboxClient, api: Api, mia: Person) -> None:
    admins = next(one for one in api("conversations.list", types="private_channel")["channels"])
    for name in (f"#{admins['name']}", admins["id"]):
        bad_day.post("faults", kind="error", conversation=name, error="is_archived")
        assert api("chat.postMessage", channel=admins["id"], text="x")["error"] == "is_archived"
        assert api("chat.postMessage", channel=mia.id, text="x")["ok"]
        bad_day.post("faults/off")


def test_an_error_can_come_after_the_message_was_taken(bad_day: SandboxClient, api: Api, mia: Person) -> None:
    bad_day.post("faults", kind="error", method="chat.postMessage", error="fatal_error", taken=True, times=1)
    assert api("chat.postMessage", channel=mia.id, text="taken") == {"ok": False, "error": "fatal_error"}
    mia.wait_for("taken")
    assert on(bad_day) == []


def test_a_rate_limit_can_be_one_conversations(bad_day: SandboxClient, api: Api, mia: Person, tom: Person) -> None:
    bad_day.post("faults", kind="rate_limit", method="chat.postMessage", user=mia.id)
    assert api("chat.postMessage", channel=mia.id, text="x")["error"] == "ratelimited"
    assert api("chat.postMessage", channel=tom.id, text="x")["ok"]


def test_a_dropped_connection_leaves_the_message_there(
    bad_day: SandboxClient, running: SandboxSettings, mia: Person
) -> None:
    bad_day.post("faults", kind="dropped", method="chat.postMessage", times=1)
    with pytest.raises(httpx.TransportError):
        post(running, mia, "taken")
    mia.wait_for("taken")
    (entry,) = [one for one in bad_day.log("chat.postMessage") if one["error"] == "connection dropped"]
    assert entry["status"] == 0


def test_a_server_error_comes_after_the_message_was_taken(
    bad_day: SandboxClient, running: SandboxSettings, mia: Person
) -> None:
    bad_day.post("faults", kind="broken", method="chat.postMessage", times=1)
    assert post(running, mia, "taken").status_code == 503
    mia.wait_for("taken")


def test_what_was_refused_anyway_is_answered_as_ever(bad_day: SandboxClient, api: Api) -> None:
    bad_day.post("faults", kind="dropped")
    assert api("chat.postMessage", channel="C0NOWHERE", text="x")["error"] == "channel_not_found"


def test_a_revoked_token_counts_again_when_the_fault_is_off(bad_day: SandboxClient, api: Api) -> None:
    fault = bad_day.post("faults", kind="revoked")["fault"]
    assert api("auth.test")["error"] == "token_revoked"
    bad_day.post("faults/off", id=fault["id"])
    assert api("auth.test")["ok"]


def test_a_slow_answer_is_still_an_answer(bad_day: SandboxClient, api: Api) -> None:
    bad_day.post("faults", kind="slow", seconds=0.01, times=1)
    assert api("auth.test")["ok"]
    assert on(bad_day) == []


def test_a_fault_ends_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    time = StoppedTime()
    monkeypatch.setattr(faults, "time", time)
    here = Faults(Changes())
    here.switch_on(Fault("", Kind.REVOKED, until=time.monotonic() + 30))
    time.now += 29
    assert here.strikes(Kind.REVOKED, Call("auth.test"))
    assert here.all()[0].shown()["remain"] == 1.0
    time.now += 1
    assert here.strikes(Kind.REVOKED, Call("auth.test")) is None
    assert here.all() == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({}, "missing_argument"),
        ({"kind": "rain"}, "invalid_argument"),
        ({"kind": "slow", "method": "chat.dream"}, "invalid_argument"),
        ({"kind": "slow", "seconds": "long"}, "invalid_argument"),
        ({"kind": "slow", "times": -1}, "invalid_argument"),
        ({"kind": "refused_person"}, "missing_argument"),
        ({"kind": "refused_person", "user": "U0NOBODY"}, "user_not_found"),
        ({"kind": "error"}, "missing_argument"),
        ({"kind": "error", "error": "Not a code"}, "invalid_argument"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(sandbox: SandboxClient, wrong: Json, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        sandbox.post("faults", **wrong)
    assert refusal.value.code == code
