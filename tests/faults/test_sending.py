"""Faults 3, 4, 6, 13 and 14: what can happen to a message on its way to Slack.

Number 5 takes as long as our patience with Slack here: tests/tasks/test_error_table.py shows it with less of it.
"""

import pytest

from core.notifications import Kind
from tests.faults.scene import DELIVERY, Scene
from tests.support.faults import Seen
from tests.support.wired import Somebody

pytestmark = [pytest.mark.journey, pytest.mark.timeout(200)]
POST = "chat.postMessage"
UNCERTAIN = "SELECT count(*) FROM notifications WHERE kind = 'offer' AND uncertain"


@pytest.fixture
def mia(scene: Scene) -> Somebody:
    return scene.student()


@pytest.fixture
def kim(scene: Scene) -> Somebody:
    return scene.mentor()


def offers(scene: Scene, state: str) -> int:
    counted = "SELECT count(*) FROM notifications WHERE kind = :kind AND state = :state"
    return int(scene.value(counted, kind=Kind.OFFER, state=state))


@pytest.mark.fault(3)
def test_what_a_killed_worker_had_sent_is_found_and_not_sent_again(
    scene: Scene, mia: Somebody, kim: Somebody, seen: Seen
) -> None:
    scene.goes_wrong("slow", method=POST, user=kim.slack_id, seconds=1.5, times=1)
    scene.offer(mia, kim)
    scene.until(lambda: offers(scene, "sending"), "the offer to be on its way")
    scene.until(lambda: not scene.sandbox.get("faults")["faults"], "Slack to have the call")
    scene.kill(scene.stack.worker(DELIVERY))
    card = kim.seen.wait_for(button="Accept", timeout=60)
    assert offers(scene, "sending") == 1
    scene.pass_time(minutes=1)
    scene.until(lambda: offers(scene, "sent"), "the next worker to find it")
    assert [message.ts for message in kim.messages("Mia Tan")] == [card.ts]
    assert len(scene.calls("conversations.history")) >= 1
    seen("killed while Slack was at it; the next worker looked it up; 1 message")


@pytest.mark.fault(4)
def test_a_connection_that_drops_after_slack_took_it_leaves_one_post(
    scene: Scene, mia: Somebody, kim: Somebody, seen: Seen
) -> None:
    scene.goes_wrong("dropped", method=POST, user=kim.slack_id, times=1)
    scene.offer(mia, kim)
    kim.seen.wait_for(button="Accept", timeout=60)
    scene.until(lambda: scene.value(UNCERTAIN), "the worker to know that it does not know")
    scene.pass_time(seconds=10)
    scene.until(lambda: offers(scene, "sent"), "it to be found")
    posts = [call for call in scene.calls(POST) if call["request"].get("channel") == kim.messages("Mia Tan")[0].channel]
    assert len(kim.messages("Mia Tan")) == len(posts) == 1
    seen("looked up by its metadata; 1 post")


@pytest.mark.fault(6)
def test_one_conversation_waits_as_long_as_slack_says_and_the_others_go_on(
    scene: Scene, mia: Somebody, kim: Somebody, seen: Seen
) -> None:
    lee = scene.mentor("Lee Birch")
    scene.goes_wrong("rate_limit", method=POST, user=kim.slack_id, seconds=30, times=1)
    scene.offer(mia, kim, lee)
    lee.seen.wait_for(button="Accept", timeout=60)
    mia.seen.wait_for(button="Cancel request", timeout=60)
    scene.until(lambda: not scene.sandbox.get("faults")["faults"], "Slack to have said so")
    scene.offer(scene.student("Noor Bos"), lee)
    lee.seen.wait_for("Noor Bos", timeout=60)
    assert kim.messages("Mia Tan") == []
    scene.pass_time(seconds=31)
    kim.seen.wait_for(button="Accept", timeout=60)
    assert len(kim.messages("Mia Tan")) == 1
    seen("the others had theirs meanwhile; after 31 s the one that waited, once")


@pytest.mark.fault(13)
@pytest.mark.parametrize("code", ["user_disabled", "cannot_dm_bot"])
def test_who_cannot_be_written_to_hears_by_mail_once_and_keeps_nobody_waiting(
    scene: Scene, mia: Somebody, kim: Somebody, code: str, seen: Seen
) -> None:
    lee = scene.mentor("Lee Birch")
    scene.goes_wrong("error", error=code, method=POST, user=kim.slack_id)
    scene.offer(mia, kim, lee)
    mail = kim.mailbox.wait_for("Mia Tan", timeout=60)
    lee.seen.wait_for(button="Accept", timeout=60)
    query = "SELECT o.state FROM match_offers o JOIN users u ON u.id = o.mentor_id WHERE u.id = :id"
    scene.until(lambda: scene.value(query, id=kim.id) != "open", "the offer to move on")
    marked = scene.value("SELECT coalesce(slack_refused, state) FROM users WHERE id = :id", id=kim.id)
    assert len(kim.mails()) == 1
    assert kim.messages("Mia Tan") == []
    assert marked not in ("active", None)
    seen(f"{code}: 1 e-mail (“{mail.subject}”), marked {marked}, offer {scene.value(query, id=kim.id)}")


@pytest.mark.fault(14)
def test_without_a_token_everything_waits_and_goes_on_once(
    scene: Scene, mia: Somebody, kim: Somebody, seen: Seen
) -> None:
    ada = scene.person("Ada Staff", is_admin=True)
    scene.goes_wrong("revoked")
    scene.offer(mia, kim)
    told = ada.mailbox.wait_for("token_revoked", timeout=60)
    kim.mailbox.wait_for("Would you mentor Mia Tan?", timeout=60)  # urgent
    waiting = scene.value("SELECT count(*) FROM notifications WHERE state = 'pending'")
    assert waiting
    scene.goes_well()
    scene.pass_time(seconds=62)
    mia.seen.wait_for(button="Cancel request", timeout=60)
    ada.seen.wait_for("It is over", timeout=60)
    assert kim.messages("Mia Tan") == []  # has it by mail
    assert len(mia.messages()) == len(kim.mails()) == 1
    assert len([mail for mail in ada.mails() if "token_revoked" in mail.text]) == 1
    seen(f"staff told once (“{told.subject}”), {waiting} kept, sent once each when it was over")
