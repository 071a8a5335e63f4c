"""Time and faults in the page: jumps ahead, and what goes wrong on purpose."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox_page.conftest import Scene

SAY = "import sys; print('three people were told by', sys.argv[1])"
FAIL = "import sys; print('a wheel came off'); sys.exit(3)"


@pytest.fixture
def jump_script() -> str:
    """What brings the app to another time."""
    return SAY


@pytest.fixture
def more_settings(tmp_path: Any, jump_script: str) -> dict[str, Any]:
    command = (sys.executable, "-I", "-S", "-c", jump_script)
    return {"clock_file": tmp_path / "clock", "jump_command": command}


def ahead(scene: Scene) -> float:
    return float(scene.get("clock")["ahead"])


def test_a_jump_says_what_happened_on_the_way_and_what_time_it_is_now(as_ben: Page, scene: Scene) -> None:
    channel = scene.app_channel("UBEN")
    scene.api("chat.postMessage", channel=channel, text="Before the jump")
    expect(as_ben.get_by_text("Today", exact=True)).to_be_visible()
    as_ben.get_by_role("button", name="Time in the sandbox").click()
    panel = as_ben.get_by_role("dialog", name="Jump ahead in time")
    panel.get_by_role("button", name="1 week").click()
    expect(panel.get_by_text("Arrived at")).to_be_visible()
    expect(panel).to_contain_text("three people were told by 20")
    assert ahead(scene) == pytest.approx(7 * 86400, abs=60)
    expect(as_ben.get_by_text("Today", exact=True)).to_have_count(0)
    scene.api("chat.postMessage", channel=channel, text="After the jump")
    expect(as_ben.get_by_text("Today", exact=True)).to_be_visible()


@pytest.mark.parametrize("jump_script", [FAIL])
def test_a_jump_that_fails_says_so(as_ben: Page, scene: Scene) -> None:
    as_ben.get_by_role("button", name="Time in the sandbox").click()
    as_ben.get_by_role("button", name="1 day").click()
    expect(as_ben.get_by_role("alert")).to_contain_text("did not go well (code 3)")
    expect(as_ben.get_by_text("a wheel came off")).to_be_visible()
    assert ahead(scene) == 0


def test_a_fault_is_seen_by_everybody_until_it_is_turned_off(
    as_ben: Page, visit: Callable[..., Page], scene: Scene
) -> None:
    anna = visit("UANNA")
    as_ben.get_by_role("button", name="Faults").click()
    as_ben.get_by_label("What goes wrong").select_option(label="Slack: one person cannot be reached")
    as_ben.get_by_label("Person").select_option(label="Cem Yildiz")
    as_ben.get_by_label("It ends").select_option(label="when I turn it off")
    as_ben.get_by_role("button", name="Turn on").click()
    for page in (as_ben, anna):
        on = page.get_by_role("list", name="Faults that are on")
        expect(on).to_contain_text("Slack refuses messages to Cem Yildiz: user_disabled")
    answer = scene.client.post(
        "/api/chat.postMessage", json={"channel": "UCEM", "text": "x"}, headers={"Authorization": "Bearer xoxb-demo"}
    )
    assert answer.json()["error"] == "user_disabled"
    anna.get_by_role("button", name="Turn off").click()
    for page in (as_ben, anna):
        expect(page.get_by_role("list", name="Faults that are on")).not_to_be_visible()
    scene.api("chat.postMessage", channel="UCEM", text="x")


def test_every_kind_of_fault_can_be_turned_on_and_all_turned_off_at_once(as_ben: Page) -> None:
    on = as_ben.get_by_role("list", name="Faults that are on").get_by_role("listitem")
    as_ben.get_by_role("button", name="Faults").click()
    kinds = as_ben.get_by_label("What goes wrong").locator("option").all_text_contents()
    as_ben.keyboard.press("Escape")
    for number, kind in enumerate(kinds, start=1):
        as_ben.get_by_role("button", name=re.compile("Faults")).click()
        as_ben.get_by_label("What goes wrong").select_option(label=kind)
        as_ben.get_by_label("How many").fill("5")
        as_ben.get_by_role("button", name="Turn on").click()
        expect(on).to_have_count(number)
    expect(on).to_contain_text(["5 more times"] * len(kinds))
    as_ben.get_by_role("button", name="Turn all off").click()
    expect(on).to_have_count(0)
