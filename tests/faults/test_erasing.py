"""Fault 20: somebody is erased while a message to them is on its way."""

import pytest

from core.services.erasure import erase_self
from core.uow import member
from tests.faults.scene import Scene
from tests.support.faults import Seen

pytestmark = [pytest.mark.journey, pytest.mark.timeout(200)]
POST = "chat.postMessage"
ON_ITS_WAY = "SELECT count(*) FROM notifications WHERE recipient_id = :id AND state IN ('pending', 'sending')"
CLEARED = "SELECT cleared_at IS NOT NULL FROM users WHERE id = :id"


@pytest.mark.fault(20)
def test_who_is_erased_gets_nothing_any_more_and_keeps_nothing(scene: Scene, seen: Seen) -> None:
    mia, kim = scene.student(), scene.mentor()
    scene.goes_wrong("slow", method=POST, user=kim.slack_id, seconds=1.5, times=1)
    request_id = scene.offer(mia, kim)
    scene.until(lambda: not scene.sandbox.get("faults")["faults"], "Slack to have the call")
    with scene.units.work(member(kim.id)) as work:
        erase_self(work, "erase")
    scene.until(lambda: not scene.value(ON_ITS_WAY, id=kim.id), "the call to come back")
    scene.pass_time(minutes=2)  # the next pass takes down what came back after the first
    scene.until(lambda: scene.sweep() and scene.value(CLEARED, id=kim.id), "nothing to be left of them")
    scene.until(lambda: not kim.messages("Mia Tan"), "the message to be taken down")
    channel = next(call["request"]["channel"] for call in scene.calls("chat.delete"))
    posts = [call for call in scene.calls(POST) if call["request"].get("channel") == channel]
    assert len(posts) == 1
    assert kim.mails() == []
    state = scene.value("SELECT state FROM mentorship_requests WHERE id = :id", id=request_id)
    assert state in ("searching", "waiting")
    seen("what Slack had already was taken down again; no other post, no e-mail; the request went on")
