"""Faults 11, 12, 17 and 18: what Slack does not take, or would understand otherwise than it was meant."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from core.rules.profiles import ProfileAnswers
from tests.faults.scene import Scene
from tests.support import factories as make
from tests.support.faults import Seen

pytestmark = [pytest.mark.journey, pytest.mark.timeout(200)]
PINGS = "<!channel> <@U0000001> <https://evil.example|here> <javascript:alert(1)|me>"

SIGNS = ("<!channel", "<!here", "<@U0000001", "<javascript", "<https://evil")


@pytest.mark.fault(11)
def test_who_was_too_slow_for_a_form_opens_it_by_a_button(scene: Scene, seen: Seen) -> None:
    mia = scene.student()
    scene.goes_wrong("slow", method="views.open", seconds=3.2, times=1)
    mia.seen.command("/mentor", "request")
    late = mia.seen.wait_for(button="Open it", timeout=60)
    assert scene.calls("views.open")[0]["error"] == "expired_trigger_id"
    scene.goes_wrong("error", error="exchanged_trigger_id", method="views.open", times=1)
    late.press("Open it")
    again = mia.seen.wait_for(button="Open it", since=late.ts, timeout=60)
    assert all(message.raw.get("is_ephemeral") for message in (late, again))
    again.press("Open it")
    form = mia.seen.wait_modal("Request a mentor", timeout=60)
    form.close()
    seen("3.2 s late, then used twice: each time a private button; the third press opened the form")


@pytest.mark.fault(12)
def test_a_click_in_a_form_that_has_moved_on_overwrites_nothing(scene: Scene, seen: Seen) -> None:
    mia = scene.student()
    for topic in ("Law", "Kubernetes"):
        make.question(scene.units, mia.known, question=f"What about {topic}?", topics=[topic])
    kim = scene.mentor()
    kim.seen.command("/ask", "open")
    modal = kim.seen.wait_modal("Open questions", timeout=30).select("Topic", "Law")
    scene.until(lambda: "What about Kubernetes?" not in modal.text_all(), "the list on one topic")
    old = scene.asked("block_actions", kim)
    modal.select("Topic", "Kubernetes")
    scene.until(lambda: "What about Law?" not in modal.text_all(), "the list on the other")
    assert scene.interact(old).status_code == 200
    scene.until(lambda: len(scene.calls("views.update")) == 3, "the late click to be acted upon")
    assert scene.calls("views.update")[-1]["error"] == "hash_conflict"
    assert "What about Kubernetes?" in modal.text_all()
    modal.close()
    seen("`hash_conflict`; the form still shows what was chosen last")


def hostile(answers: ProfileAnswers) -> ProfileAnswers:
    return replace(answers, headline=PINGS[:80], goals=PINGS, about=PINGS, skills=("<!channel>", "<!here>"))


@pytest.mark.fault(17)
def test_what_looks_like_a_mention_is_letters(scene: Scene, seen: Seen) -> None:
    mia, kim = scene.student(answers=hostile(make.STUDENT)), scene.mentor(answers=hostile(make.MENTOR))
    scene.offer(mia, kim)
    card = kim.seen.wait_for(button="View profile", timeout=60)
    card.press("View profile")
    modal = kim.seen.wait_modal("Student profile", timeout=60)
    card.press("Accept")
    mia.seen.wait_for(button="Schedule a meeting", timeout=60)
    drawn = [str(one["request"]) for one in scene.calls("chat.postMessage", "views.open", "chat.update")]
    whole = " ".join(drawn)
    assert "&lt;!channel&gt;" in whole
    marks = [text for text in _marked(scene) if any(sign in text for sign in SIGNS)]
    assert marks == []
    assert "<!channel>" in modal.text_all().replace("&lt;", "<").replace("&gt;", ">")
    modal.close()
    seen(f"{len(drawn)} messages and forms: shown as letters, no mention and no link among them")


def _marked(scene: Scene) -> list[str]:
    """Every text in which Slack would look for mentions and links."""
    found: list[str] = []

    def look(part: object) -> None:
        if isinstance(part, list):
            for one in part:
                look(one)
        elif isinstance(part, dict):
            if part.get("type") == "mrkdwn":
                found.append(str(part["text"]))
            for one in part.values():
                look(one)

    for call in scene.calls("chat.postMessage", "views.open", "chat.update", "views.publish"):
        look(call["request"])
        found.append(str(call["request"].get("text", "")))
    return found


@pytest.mark.fault(18)
def test_too_much_is_shortened_or_paged(scene: Scene, seen: Seen) -> None:
    mia, kim = scene.student(), scene.mentor()
    many = [f"Skill number {number}" for number in range(101)]
    with scene.owner.begin() as connection:
        connection.execute(
            text("UPDATE mentorship_profiles SET skills = :many, goals = :long, about = :long, headline = :head"),
            {"many": many, "long": "x&" * 1501, "head": "y" * 150},
        )
    for number in range(60):
        make.question(scene.units, mia.known, question=f"Question {number}: " + "z" * 200, topics=["Law"])
    scene.offer(mia, kim)
    kim.seen.wait_for(button="View profile", timeout=60).press("View profile")
    kim.seen.wait_modal("Student profile", timeout=60).close()
    kim.seen.command("/ask", "open")
    listed = kim.seen.wait_modal("Open questions", timeout=60)
    blocks = len(listed.blocks)
    listed.close()
    for one in (mia, kim):
        one.seen.open_home()
    kim.seen.command("/mentor", "profile")
    kim.seen.wait_modal("Your profile", timeout=60).close()
    scene.until(lambda: len([one for one in scene.calls("views.publish") if not one["error"]]) >= 2, "both Home tabs")
    everything = scene.calls("chat.postMessage", "views.open", "views.publish", "views.update", "views.push")
    errors = [call["error"] for call in everything if call["error"] not in (None, "", "ratelimited")]
    assert errors == []
    assert blocks <= 100
    seen(f"{len(everything)} messages, forms and Home tabs, none refused; a list of 60 questions in {blocks} blocks")
