"""Messages: commands, blocks, buttons, threads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.sandbox_page.conftest import Scene


def send(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Message").fill(text)
    page.keyboard.press("Enter")


def test_a_slash_lists_the_commands_and_enter_completes(as_ben: Page) -> None:
    box = as_ben.get_by_label("Message Demo")
    box.press_sequentially("/s")
    expect(as_ben.get_by_role("option")).to_have_count(3)
    as_ben.keyboard.press("ArrowDown")
    as_ben.keyboard.press("Enter")
    expect(box).to_have_value("/say ")
    box.press_sequentially("good morning")
    expect(as_ben.get_by_text("/say what to say · Answer in words")).to_be_visible()
    as_ben.keyboard.press("Enter")
    expect(as_ben.get_by_role("log")).to_contain_text("good morning")
    expect(as_ben.get_by_text("Only visible to you")).to_be_visible()


def test_people_in_a_command_are_sent_by_id(as_ben: Page, scene: Scene) -> None:
    as_ben.get_by_label("Message Demo").press_sequentially("/say @anna")
    as_ben.keyboard.press("Enter")
    as_ben.keyboard.press("Enter")
    expect(as_ben.get_by_text("Only visible to you")).to_be_visible()
    assert scene.app.commands[-1]["text"].startswith("<@UANNA|")


@pytest.mark.parametrize(
    ("command", "notice"),
    [("/slow", "/slow failed: Demo did not respond in time (operation_timeout)"), ("/none", "/none is not a command")],
)
def test_a_command_that_fails_says_so_in_place(as_ben: Page, command: str, notice: str) -> None:
    send(as_ben, command)
    expect(as_ben.get_by_role("log")).to_contain_text(notice)


def test_every_block_is_drawn(as_ben: Page) -> None:
    send(as_ben, "/show")
    log = as_ben.get_by_role("log")
    expect(log.get_by_role("heading", name="A student for you ✨")).to_be_visible()
    expect(log.locator("em")).to_have_text("compiler engineering")
    expect(log.get_by_role("listitem")).to_have_text(["Rust", "Compilers", "Read the profile", "Decide"])
    expect(log.get_by_role("heading", name="What next")).to_be_visible()
    expect(log.get_by_alt_text("A chart of the load")).to_be_visible()
    expect(log.get_by_text("cannot show")).to_have_count(0)
    expect(as_ben.get_by_role("link", name="Demo", exact=True)).to_be_visible()  # read, so no unread mark


def test_markup_in_what_people_wrote_stays_letters(visit: Callable[..., Page], scene: Scene) -> None:
    text = "<b>x</b> <javascript:alert(1)|press> <!channel> <https://example.org/?a=1&amp;b=2|site> `*no*` *<@UANNA>*"
    scene.api("chat.postMessage", channel=scene.app_channel("UBEN"), text=text)
    page = visit("UBEN")
    log = page.get_by_role("log")
    expect(log.get_by_role("link")).to_have_count(1)
    expect(log.get_by_role("link", name="site")).to_have_attribute("href", "https://example.org/?a=1&b=2")
    expect(log).to_contain_text("<b>x</b> press @channel site *no* @Anna Visser")


def test_a_press_changes_the_message(as_ben: Page, scene: Scene) -> None:
    send(as_ben, "/show")
    as_ben.get_by_role("button", name="Accept").click()
    expect(as_ben.get_by_role("log")).to_contain_text("You accepted.")
    expect(as_ben.get_by_role("button", name="Accept")).to_have_count(0)
    expect(as_ben.get_by_text("(edited)")).to_be_visible()
    assert [(one["action_id"], one["value"], one["user"]) for one in scene.app.actions] == [
        ("accept", "accept", "UBEN")
    ]


def test_a_confirmation_can_be_refused(as_ben: Page, scene: Scene) -> None:
    send(as_ben, "/show")
    as_ben.get_by_role("button", name="Decline").click()
    expect(as_ben.get_by_role("alertdialog", name="Decline this student?")).to_be_visible()
    as_ben.keyboard.press("Escape")
    as_ben.get_by_role("button", name="Decline").click()
    as_ben.get_by_role("button", name="Keep it").click()
    assert scene.app.actions == []
    as_ben.get_by_role("button", name="Decline").click()
    with as_ben.expect_response("**/client/action"):
        as_ben.get_by_role("button", name="Yes, decline").click()
    assert [one["action_id"] for one in scene.app.actions] == ["decline"]


def test_a_late_answer_is_said_at_the_button(as_ben: Page) -> None:
    send(as_ben, "/show")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    as_ben.route("**/client/action", hold)
    button = as_ben.get_by_role("button", name="Slow one")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    held[0].continue_()
    expect(as_ben.get_by_role("alert").filter(has_text="Demo did not respond in time")).to_be_visible()
    expect(button).not_to_have_attribute("aria-busy", "true")


def test_a_link_button_opens_a_tab_and_tells_the_app(as_ben: Page, scene: Scene) -> None:
    send(as_ben, "/show")
    with as_ben.expect_popup(), as_ben.expect_response("**/client/action"):
        as_ben.get_by_role("button", name="Handbook").click()
    assert [one["action_id"] for one in scene.app.actions] == ["handbook"]


def test_fields_in_a_message_tell_the_app_at_once(as_ben: Page, scene: Scene) -> None:
    send(as_ben, "/show")
    as_ben.get_by_role("combobox", name="Remind me").click()
    with as_ben.expect_response("**/client/action"):
        as_ben.get_by_role("option", name="Tomorrow").click()
    with as_ben.expect_response("**/client/action"):
        as_ben.get_by_label("Urgent").check()
    as_ben.get_by_role("button", name="More actions").click()
    with as_ben.expect_response("**/client/action"):
        as_ben.get_by_role("menuitem", name="Mute").click()
    snooze, flags, more = scene.app.actions
    assert snooze["selected_option"]["value"] == "tomorrow"
    assert [one["value"] for one in flags["selected_options"]] == ["urgent"]
    assert flags["state"]["values"]["pick"]["snooze"]["selected_option"]["value"] == "tomorrow"
    assert more["selected_option"]["value"] == "mute"


def test_replies_stand_below_what_they_answer(visit: Callable[..., Page], scene: Scene) -> None:
    channel = scene.app_channel("UBEN")
    first = scene.api("chat.postMessage", channel=channel, text="first")["ts"]
    scene.api("chat.postMessage", channel=channel, text="second")
    scene.api("chat.postMessage", channel=channel, text="a reply", thread_ts=first)
    page = visit("UBEN")
    expect(page.get_by_role("article")).to_contain_text(["first", "a reply", "second"])
    expect(page.get_by_text("1 reply")).to_be_visible()


def test_a_reaction_is_shown(visit: Callable[..., Page], scene: Scene) -> None:
    channel = scene.app_channel("UBEN")
    sent = scene.api("chat.postMessage", channel=channel, text="done")["ts"]
    scene.api("reactions.add", channel=channel, timestamp=sent, name="tada")
    expect(visit("UBEN").get_by_text("🎉 1")).to_be_visible()


def test_the_home_tab_is_drawn_and_kept_up_to_date(as_ben: Page, scene: Scene) -> None:
    as_ben.get_by_role("tab", name="Home").click()
    expect(as_ben.get_by_role("heading", name="Your dashboard")).to_be_visible()
    with as_ben.expect_response("**/client/action"):
        as_ben.get_by_role("button", name="Edit request").click()
    assert scene.app.actions[-1]["action_id"] == "edit"
    news = {"type": "section", "text": {"type": "mrkdwn", "text": "Matched with *Anna*"}}
    scene.api("views.publish", user_id="UBEN", view={"type": "home", "blocks": [news]})
    expect(as_ben.get_by_text("Matched with Anna")).to_be_visible()


def test_the_inspector_shows_requests_both_ways(as_ben: Page) -> None:
    as_ben.get_by_role("button", name="Inspector").click()
    send(as_ben, "/show")
    entry = as_ben.get_by_role("button", name="chat.postMessage")
    entry.click()
    expect(as_ben.locator(".entry-details pre").first).to_contain_text('"text": "Blocks"')
    send(as_ben, "/slow")
    expect(as_ben.locator(".entry-wrong")).to_contain_text("operation_timeout")
    as_ben.get_by_label("Filter requests").fill("slow timeout")
    expect(as_ben.locator(".entry")).to_have_count(1)
    as_ben.get_by_label("Filter requests").fill("")
    as_ben.get_by_role("button", name="Clear").click()
    expect(as_ben.locator(".entry")).to_have_count(0)
