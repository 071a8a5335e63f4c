"""Modals: every field, errors, updates, stacks."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.sandbox_page.conftest import Scene


@pytest.fixture
def form(as_ben: Page) -> Locator:
    as_ben.get_by_label("Message Demo").fill("/form")
    as_ben.keyboard.press("Enter")
    dialog = as_ben.get_by_role("dialog")
    dialog.wait_for()
    return dialog


def choose(form: Locator, label: str, *options: str) -> None:
    """Types into a list and picks what is found."""
    field = form.get_by_label(label, exact=True)
    for option in options:
        field.fill(option)
        form.get_by_role("option", name=option).click()


def fill_required(form: Locator, headline: str = "Builds bridges") -> None:
    choose(form, "Role", "Mentor")
    form.get_by_label("Headline").fill(headline)
    form.get_by_label("Mentees at a time").fill("2")
    form.get_by_label("Video").check()


def save(form: Locator) -> None:
    form.get_by_role("button", name="Save").click()


def test_every_field_reaches_the_app(form: Locator, scene: Scene) -> None:
    fill_required(form)
    form.get_by_label("About you").fill("One line\nand another")
    form.get_by_label("E-mail", exact=True).first.fill("ben@example.org")
    form.get_by_label("Website").fill("https://example.org")
    form.get_by_label("Chat").check()
    form.get_by_label("4", exact=True).check()
    choose(form, "Area", "Chemistry")
    choose(form, "Languages", "Video", "Phone")
    choose(form, "Skills", "Kubernetes", "Juggling")
    choose(form, "City", "Delft")
    choose(form, "With", "Anna Visser")
    choose(form, "Invite", "Anna Visser", "Cem Yildiz")
    choose(form, "Tell", "general")
    choose(form, "Post in", "questions")
    form.get_by_label("Date", exact=True).fill("2031-03-30")
    form.get_by_label("Time", exact=True).fill("09:30")
    form.get_by_label("First meeting").fill("2031-07-01T09:30")
    form.get_by_label("Notes").fill("rich")
    save(form)
    expect(form).not_to_be_visible()

    (values,) = scene.app.submitted
    answers = {block: held["answer"] for block, held in values.items()}
    assert answers["role"]["selected_option"]["value"] == "mentor"
    assert answers["headline"]["value"] == "Builds bridges"
    assert answers["about you"]["value"] == "One line\nand another"
    assert answers["mentees at a time"]["value"] == "2"
    assert answers["e-mail"]["value"] == "ben@example.org"
    assert answers["website"]["value"] == "https://example.org"
    assert [one["value"] for one in answers["how you like to meet"]["selected_options"]] == ["video", "chat"]
    assert answers["rating"]["selected_option"]["value"] == "4"
    assert answers["area"]["selected_option"]["value"] == "chemistry"
    assert [one["value"] for one in answers["languages"]["selected_options"]] == ["video", "phone"]
    assert [one["value"] for one in answers["skills"]["selected_options"]] == ["kubernetes", "juggling"]
    assert answers["city"]["selected_option"]["value"] == "delft"
    assert answers["with"]["selected_user"] == "UANNA"
    assert answers["invite"]["selected_users"] == ["UANNA", "UCEM"]
    assert answers["tell"]["selected_conversation"].startswith("C")
    assert answers["post in"]["selected_channel"].startswith("C")
    assert answers["date"]["selected_date"] == "2031-03-30"
    assert answers["time"]["selected_time"] == "09:30"
    moment = datetime(2031, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert answers["first meeting"]["selected_date_time"] == int(moment.timestamp())
    text = answers["notes"]["rich_text_value"]["elements"][0]["elements"][0]
    assert text == {"type": "text", "text": "rich"}


def test_slips_are_shown_at_their_field_before_anything_is_sent(form: Locator, scene: Scene) -> None:
    form.get_by_label("Headline").fill("x" * 41)
    form.get_by_label("Mentees at a time").fill("9")
    form.get_by_label("E-mail", exact=True).first.fill("nonsense")
    save(form)
    wrong = form.locator(".block-wrong")
    expect(wrong).to_contain_text(
        ["Please fill in this field.", "1 too many", "Enter 5 or less.", "Enter an e-mail address", "Please fill in"]
    )
    expect(form.get_by_label("Role")).to_be_focused()
    assert scene.app.submitted == []
    form.get_by_label("E-mail", exact=True).first.fill("")
    fill_required(form)
    save(form)
    expect(form).not_to_be_visible()


def test_errors_of_the_app_keep_all_that_was_typed(form: Locator) -> None:
    fill_required(form, "taken")
    save(form)
    expect(form.get_by_text("Somebody has this one.")).to_be_visible()
    expect(form.get_by_label("Headline")).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_label("Role")).to_have_value("Mentor")
    form.get_by_label("Headline").fill("free")
    save(form)
    expect(form).not_to_be_visible()


def test_an_update_keeps_what_was_typed_under_the_same_ids(form: Locator) -> None:
    fill_required(form, "again")
    save(form)
    expect(form.get_by_text("Almost there.")).to_be_visible()
    expect(form.get_by_label("Headline")).to_have_value("again")
    expect(form.get_by_label("Video")).to_be_checked()


def test_the_view_below_waits_with_what_was_typed(form: Locator, as_ben: Page) -> None:
    fill_required(form, "more")
    save(form)
    above = as_ben.get_by_role("dialog", name="One thing more")
    expect(above.get_by_label("Headline")).to_have_count(0)
    above.get_by_role("button", name="Not now").click()
    below = as_ben.get_by_role("dialog", name="Every field")
    expect(below.get_by_label("Headline")).to_have_value("more")
    below.get_by_role("button", name="Dismiss").click()
    expect(below).not_to_be_visible()


def test_lists_are_steered_by_the_keyboard(form: Locator, as_ben: Page) -> None:
    press = as_ben.keyboard.press
    form.get_by_label("Languages", exact=True).focus()
    for key in ("ArrowDown", "ArrowDown", "Enter", "ArrowDown", "Enter"):
        press(key)
    chips = form.locator(".chip")
    expect(chips).to_have_count(2)
    expect(form.get_by_role("option", disabled=True)).to_have_count(3)  # two at most
    press("Backspace")
    expect(chips).to_have_count(1)
    press("Escape")
    expect(form.get_by_role("option")).to_have_count(0)
    expect(form).to_be_visible()
    press("Escape")
    expect(form).not_to_be_visible()
    expect(as_ben.get_by_label("Message Demo")).to_be_focused()


def test_an_external_list_asks_for_enough_letters(form: Locator) -> None:
    form.get_by_label("City").click()
    expect(form.get_by_text("Type 2 or more characters")).to_be_visible()
    form.get_by_label("Skills").fill("Ku")
    expect(form.get_by_role("option")).to_have_text(["Kubernetes"])


def test_an_optional_answer_can_be_taken_back(form: Locator) -> None:
    expect(form.get_by_label("Area", exact=True)).to_have_value("Backend")
    form.get_by_role("button", name="Clear").click()
    expect(form.get_by_label("Area", exact=True)).to_have_value("")


def test_a_field_that_tells_the_app_does_so_at_once(form: Locator, as_ben: Page, scene: Scene) -> None:
    with as_ben.expect_response("**/client/action"):
        choose(form, "Area", "Chemistry")
    (told,) = scene.app.actions
    assert (told["block_id"], told["selected_option"]["value"]) == ("area", "chemistry")


def test_a_view_that_was_loading_gives_the_focus_to_its_first_field(as_ben: Page) -> None:
    as_ben.get_by_label("Message Demo").fill("/form later")
    as_ben.keyboard.press("Enter")
    expect(as_ben.get_by_role("dialog").get_by_label("Role")).to_be_focused()


def test_an_error_goes_as_its_field_is_answered(form: Locator) -> None:
    save(form)
    error = form.get_by_role("alert").filter(has_text="Please fill in this field.")
    before = error.count()
    form.get_by_label("Video").check()
    expect(error).to_have_count(before - 1)
    form.get_by_label("Headline").fill("B")
    expect(error).to_have_count(before - 2)
    choose(form, "Role", "Mentor")
    expect(error).to_have_count(before - 3)


def test_nothing_moves_away_from_under_a_click(form: Locator) -> None:
    def height() -> int:
        return int(form.locator(".modal-body").evaluate("body => body.scrollHeight"))

    form.get_by_label("Mentees at a time").focus()
    before = height()
    form.get_by_label("Headline").focus()
    expect(form.get_by_text("40 left")).to_be_visible()
    assert height() == before
