"""Response URLs and triggers: how the app answers an interaction afterwards."""

from pathlib import Path

import httpx
import pytest

from sandbox.errors import SlackError
from sandbox.store import Store
from sandbox.workspace import triggers
from sandbox.workspace.triggers import ResponseUrls, Triggers
from tests.sandbox.conftest import Api, StoppedTime
from tests.support.people import Person, mark
from tests.support.receiver import Receiver
from tests.support.sandbox_client import Json
from tests.support.slack_blocks import button, row


def pressed(api: Api, person: Person, receiver: Receiver) -> str:
    blocks = [row(button("Accept"))]
    api("chat.postMessage", channel=person.id, text="An offer", blocks=blocks)
    person.wait_for("An offer", button="Accept").press("Accept")
    return str(receiver.last("block_actions")["response_url"])


def respond(url: str, **body: object) -> httpx.Response:
    return httpx.post(url, json=body, trust_env=False)


def test_the_message_pressed_is_replaced(api: Api, mia: Person, receiver: Receiver) -> None:
    url = pressed(api, mia, receiver)
    assert respond(url, text="Accepted", replace_original=True).text == "ok"
    message = mia.wait_for("Accepted")
    assert (message.buttons(), message.text) == ([], "Accepted")


def test_the_message_pressed_is_deleted(api: Api, mia: Person, receiver: Receiver) -> None:
    since, url = mark(), pressed(api, mia, receiver)
    respond(url, delete_original=True)
    assert mia.inbox(since) == []
    assert respond(url, text="x", replace_original=True).status_code == 404


def test_an_answer_is_for_one_person_unless_it_is_for_the_channel(mia: Person, tom: Person, receiver: Receiver) -> None:
    mia.command("/mentor")
    since, url = mark(), receiver.last("/mentor")["response_url"]
    respond(url, text="for you")
    respond(url, text="for all", response_type="in_channel")
    assert [m.text for m in mia.inbox(since)] == ["for you", "for all"]
    assert [m.text for m in tom.inbox(since)] == ["for all"]


def test_a_whisper_is_replaced_for_its_reader(api: Api, mia: Person, tom: Person, receiver: Receiver) -> None:
    since, channel = mark(), api("conversations.open", users=[mia.id, tom.id])["channel"]["id"]
    api("chat.postEphemeral", channel=channel, user=mia.id, text="Private", blocks=[row(button("Hide"))])
    mia.wait_for("Private").press("Hide")
    respond(receiver.last("block_actions")["response_url"], text="Hidden", replace_original=True)
    assert ([m.text for m in mia.inbox(since)], tom.inbox(since)) == (["Hidden"], [])


def test_five_answers_and_no_more(mia: Person, receiver: Receiver) -> None:
    mia.command("/mentor")
    url = receiver.last("/mentor")["response_url"]
    assert [respond(url, text="again").status_code for _ in range(6)] == [200] * 5 + [404]
    assert respond(url, text="again").json()["error"] == "used_url"


@pytest.mark.parametrize(("body", "error"), [({}, "no_text"), ({"blocks": [{"type": "x"}]}, "invalid_blocks")])
def test_bad_answers_are_refused(mia: Person, receiver: Receiver, body: Json, error: str) -> None:
    mia.command("/mentor")
    answer = respond(receiver.last("/mentor")["response_url"], **body)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_they_expire_after_half_an_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = StoppedTime()
    monkeypatch.setattr(triggers, "time", clock)
    store = Store(tmp_path)
    urls = ResponseUrls(store)
    secret = urls.issue("U1", "C1")
    clock.now += 1800
    assert urls.use(secret).person == "U1"
    clock.now += 1
    with pytest.raises(SlackError, match="expired_url"):
        urls.use(secret)
    store.close()


def test_triggers_expire_after_their_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = StoppedTime()
    monkeypatch.setattr(triggers, "time", clock)
    issued = Triggers(life=3.0)
    early, late = issued.issue("U1"), issued.issue("U1")
    clock.now += 3
    assert issued.exchange(early).person == "U1"
    clock.now += 0.1
    with pytest.raises(SlackError, match="expired_trigger_id"):
        issued.exchange(late)
