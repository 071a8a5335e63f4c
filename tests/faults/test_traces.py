"""What came of one click can be read in the logs of every process by its id."""

import re

import pytest

from tests.faults.scene import Scene

pytestmark = [pytest.mark.journey, pytest.mark.timeout(200)]
LINE = re.compile(r"\[([0-9a-f]{12})\] deeds: (\S+)")


def test_a_click_is_followed_through_web_matching_and_delivery(scene: Scene) -> None:
    mia, kim = scene.student(), scene.mentor()
    mia.seen.command("/mentor", "request")
    form = mia.seen.wait_modal("Request a mentor")
    assert form.fill({"What do you want from a mentor?": "A plan for my first two years."}).submit() == {}
    kim.seen.wait_for(button="Accept", timeout=90)
    wanted = {"request", "POST", "matching.match_request", "offer"}
    scene.until(lambda: wanted <= said_under_one_id(scene.logs()), "one id in all logs")


def said_under_one_id(logs: str) -> set[str]:
    """What was done under the id under which a request was sent."""
    lines = LINE.findall(logs)
    sent = {trace for trace, what in lines if what == "request"}
    return {what for trace, what in lines if trace in sent}
