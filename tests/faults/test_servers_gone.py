"""Faults 8, 9 and 10: PostgreSQL or Redis is gone, and a beat too many."""

import signal
from contextlib import suppress
from datetime import timedelta

import pytest

from tests.faults.scene import MATCHING, Scene
from tests.support.faults import Seen
from tests.support.sandbox_client import TimedOut
from tests.support.story import WISH

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
A_MOMENT = 3.0  # seconds


@pytest.mark.fault(8)
def test_a_click_without_a_database_is_answered_and_changes_nothing(scene: Scene, seen: Seen) -> None:
    mia, kim = scene.student(), scene.mentor()
    scene.offer(mia, kim)
    card = kim.seen.wait_for(button="Accept", timeout=60)
    with scene.nothing_restarts():
        scene.kill(scene.stack.server("postgres"), signal.SIGQUIT)  # its own processes end with it
        outcome = card.press_raw("Accept")
        told = kim.seen.wait_for("Please try again", timeout=60)
    assert outcome == {"ok": True}
    assert told.raw["is_ephemeral"]
    scene.until(lambda: _answers(scene), "the database to be back")
    assert scene.value("SELECT count(*) FROM match_offers WHERE state = 'open'") == 1
    assert scene.value("SELECT count(*) FROM matches") == 0
    card.press("Accept")
    mia.seen.wait_for(button="Schedule a meeting", timeout=60)
    seen(f"acknowledged; “{told.seen['text'].partition(' If it')[0]}”; then the same press made the match")


def _answers(scene: Scene) -> bool:
    try:
        return bool(scene.value("SELECT true"))
    except Exception:  # noqa: BLE001 - whatever a server says that starts
        scene.units.engine.dispose()
        return False


@pytest.mark.fault(9)
def test_what_redis_held_is_found_by_the_sweep(scene: Scene, seen: Seen) -> None:
    mia, mentors = scene.student(), [scene.mentor(f"Mentor{number} Alder") for number in range(3)]
    searching = scene.stack.worker(MATCHING)
    searching.suspend()
    try:
        mia.seen.command("/mentor", "request")
        assert mia.seen.wait_modal("Request a mentor", timeout=30).fill(WISH).submit() == {}
        scene.kill(scene.stack.server("redis-server"))
    finally:
        searching.resume()
    mia.seen.wait_for(button="Cancel request", timeout=60)  # messages need no Redis
    scene.until(scene.sweep, "Redis to be back")
    scene.clock.move(scene.value("SELECT next_step_at FROM mentorship_requests") + timedelta(seconds=1))
    scene.until(lambda: _found_by_sweeping(scene), "the search that was lost")
    for mentor in mentors:
        mentor.seen.wait_for(button="Accept", timeout=90)
        assert len(mentor.messages("Mia Tan")) == 1
    seen("killed with a wake-up in it; the status went out meanwhile; after the sweep 3 offers, once each")


def _found_by_sweeping(scene: Scene) -> bool:
    """Workers connect again within seconds: beat's next minute is not waited for."""
    scene.sweep()
    with suppress(TimedOut):
        scene.sandbox.wait(lambda: scene.value("SELECT count(*) FROM match_offers"), "offers", A_MOMENT)
        return True
    return False


@pytest.mark.fault(10)
def test_two_beats_bring_nothing_twice(scene: Scene, seen: Seen) -> None:
    mia, kim = scene.student(), scene.mentor()
    scene.offer(mia, kim)
    kim.seen.wait_for(button="Accept", timeout=60)
    scene.pass_time(hours=49)
    for _ in range(6):
        assert scene.sweep()
        assert scene.sweep()
    reminders = "SELECT count(*) FROM notifications WHERE kind = 'offer_reminder' AND updates_id IS NULL"
    scene.until(lambda: scene.value(reminders), "the reminder that is due")
    scene.pass_time(hours=24)
    for _ in range(6):
        assert scene.sweep()
        assert scene.sweep()
    scene.until(lambda: scene.value("SELECT count(*) FROM match_offers WHERE state = 'expired'"), "the offer to end")
    scene.until(lambda: scene.value("SELECT count(*) FROM match_batches WHERE state = 'open'") == 0, "the wave to end")
    assert scene.value(reminders) == 1
    assert scene.value("SELECT ignored_offers FROM mentorship_profiles WHERE role = 'mentor'") == 1
    seen("24 sweeps, two at a time: 1 reminder, 1 expiry, counted once")
