"""Faults 1, 2, 7, 15 and 16: what Slack, or somebody in its place, sends too often, at once, broken or forged."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.scene import FORM, Scene
from tests.support.faults import Seen
from tests.support.fields import pressed
from tests.support.sandbox_client import Json
from tests.support.wired import Somebody

pytestmark = [pytest.mark.journey, pytest.mark.timeout(200)]
AS_JSON = "application/json"


@pytest.mark.fault(1)
def test_an_event_that_comes_again_is_acted_upon_once(scene: Scene, seen: Seen) -> None:
    mia = scene.person("Mia Tan")
    event = {"type": "app_home_opened", "user": mia.slack_id, "tab": "home", "channel": "D1", "event_ts": "1.0"}
    body = {"type": "event_callback", "team_id": mia.seen.user["team_id"], "event_id": "Ev0AGAIN", "event": event}
    with ThreadPoolExecutor(4) as pool:
        raw = json.dumps(body).encode()
        answers = list(pool.map(lambda _: scene.send(raw, kind=AS_JSON).status_code, range(4)))
    assert answers == [200] * 4
    scene.until(lambda: drawn(scene, mia), "the Home tab to be drawn")
    other = body | {"event_id": "Ev0OTHER"}
    assert scene.send(json.dumps(other).encode(), kind=AS_JSON).status_code == 200
    scene.until(lambda: drawn(scene, mia) >= 2, "the next event to be acted upon")
    assert drawn(scene, mia) == 2
    seen("4 times at once: 200 four times, drawn once; another event: drawn again")


def drawn(scene: Scene, person: Somebody) -> int:
    """How often their Home tab was published."""
    return len([one for one in scene.calls("views.publish") if one["request"]["user_id"] == person.slack_id])


@pytest.mark.fault(2)
def test_of_fifty_presses_at_once_one_counts(scene: Scene, seen: Seen) -> None:
    mia, three = scene.student(), [scene.mentor(f"Mentor{number} Alder") for number in range(3)]
    scene.offer(mia, *three)
    cards = [one.seen.wait_for(button="Accept", timeout=60) for one in three]
    with ThreadPoolExecutor(17) as pool:
        outcomes = list(pool.map(lambda number: cards[number % 3].press_raw("Accept"), range(51)))
    late = [one for one in outcomes if not one["ok"]]

    def told() -> int:
        return sum(1 for one in three for message in one.messages() if message.raw.get("is_ephemeral"))

    mia.seen.wait_for(button="Schedule a meeting", timeout=60)
    scene.until(lambda: told() == len(outcomes) - len(late) - 1, "an answer to every other press")
    assert not late
    assert scene.value("SELECT count(*) FROM matches") == 1
    assert scene.value("SELECT count(*) FROM match_offers WHERE state = 'accepted'") == 1
    seen(f"51 presses of 3 mentors: 1 match, {told()} private answers")


@pytest.mark.fault(7)
def test_a_sixth_click_is_acknowledged_while_five_wait_for_slack(scene: Scene, seen: Seen) -> None:
    mia, mentors = scene.student(), [scene.mentor(f"Mentor{number} Alder") for number in range(3)]
    scene.offer(mia, *mentors)
    cards = [one.seen.wait_for(button="View profile", timeout=60) for one in mentors]
    scene.goes_wrong("slow", method="views.open", seconds=2.5)
    with ThreadPoolExecutor(5) as pool:
        outcomes = list(pool.map(lambda number: cards[number % 3].press_raw("View profile"), range(5)))
    sixth = mia.seen.wait_for(button="Cancel request").press_raw("Cancel request")
    opened = len(scene.calls("views.open"))
    assert all(outcome["ok"] for outcome in [*outcomes, sixth])
    scene.until(lambda: len(scene.calls("views.open")) == 5, "the five")
    assert opened < 5
    seen(f"5 of 5 acknowledged; the sixth too, while {5 - opened} still waited")


@pytest.mark.fault(15)
def test_what_slack_did_not_send_is_refused_before_it_is_read(scene: Scene, seen: Seen) -> None:
    kim = scene.mentor()
    scene.offer(scene.student(), kim)
    kim.seen.wait_for(button="Accept", timeout=60).press("View profile")
    scene.until(lambda: scene.calls("views.open"), "a real click")
    body = json.dumps(scene.asked("block_actions", kim)).encode()
    before = scene.value("SELECT count(*) FROM notifications")
    refused = [
        scene.http.post("/slack/events", content=body),
        scene.send(body, secret="somebody else's"),
        scene.send(body, age=301),
    ]
    broken = [
        scene.send(b"payload=%7B%22type%22"),
        scene.send(b"\xff\xfe\x00", kind=FORM),
        scene.send(b"[]", kind=AS_JSON),
        scene.send(b"payload=" + b"[" * 20_000),
    ]
    assert [answer.status_code for answer in refused] == [401] * 3
    assert {answer.status_code for answer in broken} <= {400, 401}
    assert not any("Traceback" in answer.text for answer in [*refused, *broken])
    assert "Traceback" not in scene.logs()
    assert scene.value("SELECT count(*) FROM notifications") == before
    seen("refused seven times with 401 or 400; no traceback in answers or logs; nothing stored")


@pytest.mark.fault(16)
def test_a_signed_press_of_somebody_else_does_nothing_and_tells_nothing(scene: Scene, seen: Seen) -> None:
    mia, kim, eve = scene.student(), scene.mentor(), scene.mentor("Eve Other")
    scene.offer(mia, kim)
    scene.offer(scene.student("Noor Bos"), eve)
    card = kim.seen.wait_for("Mia Tan", button="View profile", timeout=60).press("View profile")
    own = eve.seen.wait_for("Noor Bos", button="View profile", timeout=60).press("View profile")
    scene.until(lambda: len(scene.calls("views.open")) == 2, "real clicks")
    hers, his = scene.asked("block_actions", eve), scene.asked("block_actions", kim)
    eve.seen.wait_modal("Student profile").close()
    for label in ("Accept", "Decline", "View profile"):
        action = _button(card.blocks, label)
        assert scene.interact(hers | {"actions": [his["actions"][0] | action]}).status_code == 200
    told = eve.seen.wait_for("not", since=own.ts, timeout=60)
    scene.until(lambda: len([m for m in eve.messages() if m.raw.get("is_ephemeral")]) == 3, "three refusals")
    assert not any("Mia" in message.text_all() for message in eve.messages())
    assert eve.seen.state()["modals"] == []
    assert scene.value("SELECT count(*) FROM match_offers WHERE state = 'open'") == 2
    assert "Accept" in card.buttons()
    seen(f"`Accept`, `Decline`, `View profile` of another's offer: “{told.seen['text']}”, offers unchanged")


def _button(blocks: list[Json], label: str) -> Json:
    """What a button with this label sends."""
    found = pressed(label, blocks)
    assert found
    element = found[0].element
    return {"action_id": element["action_id"], "value": element.get("value", "")}
