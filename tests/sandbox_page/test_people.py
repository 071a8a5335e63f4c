"""Choosing whom to be."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.sandbox_page.conftest import Scene


def test_first_visit_says_what_this_is_and_asks_whom_to_be(visit: Callable[..., Page]) -> None:
    page = visit()
    expect(page.get_by_role("heading", name="Try Demo here")).to_be_visible()
    expect(page.get_by_role("option", name="Slackbot")).to_have_count(0)
    page.get_by_label("Search people").fill("cem")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="You are Cem Yildiz")).to_be_visible()
    expect(page).to_have_url(re.compile("#/UCEM/"))
    expect(page.get_by_role("button", name="/form Open a form")).to_be_visible()


def test_two_tabs_are_two_people_who_see_each_other_write(visit: Callable[..., Page], scene: Scene) -> None:
    channel = scene.post("open", **{"as": "UANNA", "users": ["UBEN"]})["channel"]
    anna, ben = visit("UANNA", channel), visit("UBEN")
    anna.get_by_label("Message Ben Okafor").fill("See *you* at <5> & bring snake_case")
    anna.keyboard.press("Enter")
    link = ben.get_by_role("link", name="Anna Visser 1 unread")
    link.click()
    expect(ben.get_by_role("log")).to_contain_text("See you at <5> & bring snake_case")
    expect(ben.get_by_role("link", name="Anna Visser", exact=True)).to_be_visible()


def test_the_person_stays_after_a_reload_and_recent_ones_come_first(visit: Callable[..., Page]) -> None:
    page = visit("UANNA")
    page.get_by_role("button", name="You are Anna Visser").click()
    page.get_by_role("option", name="Cem Yildiz").click()
    expect(page.get_by_role("button", name="You are Cem Yildiz")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="You are Cem Yildiz").click()
    recent = page.get_by_role("group", name="Recent").get_by_role("option")
    expect(recent).to_contain_text(["Cem Yildiz", "Anna Visser"])


def test_somebody_new_can_be_added_and_played(visit: Callable[..., Page]) -> None:
    page = visit("UANNA")
    page.get_by_role("button", name="You are").click()
    page.get_by_label("Search people").fill("Dana Lopez")
    page.get_by_role("option", name="Add Dana Lopez").click()
    expect(page.get_by_role("button", name="You are Dana Lopez")).to_be_visible()


def test_a_card_leads_to_the_person(visit: Callable[..., Page], scene: Scene) -> None:
    channel = scene.post("open", **{"as": "UANNA", "users": ["UBEN"]})["channel"]
    scene.post("say", **{"as": "UANNA", "channel": channel, "text": "Hello <@UBEN>"})
    page = visit("UBEN", channel)
    page.get_by_role("button", name="Anna Visser", exact=True).click()
    expect(page.get_by_role("dialog", name="Anna Visser")).to_contain_text("anna@example.org")
    page.get_by_role("button", name="Be this person").click()
    expect(page.get_by_role("button", name="You are Anna Visser")).to_be_visible()


def test_a_new_conversation_is_opened_with_several(visit: Callable[..., Page]) -> None:
    page = visit("UBEN")
    page.get_by_role("button", name="New conversation").click()
    page.get_by_label("To", exact=True).fill("anna")
    page.keyboard.press("Enter")
    page.get_by_label("To", exact=True).fill("cem")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anna Visser, Cem Yildiz")


def test_a_phone_shows_the_places_on_demand(visit: Callable[..., Page]) -> None:
    page = visit("UBEN", width=400)
    expect(page.get_by_role("link", name="questions")).not_to_be_visible()
    page.get_by_role("button", name="Show conversations").click()
    page.get_by_role("link", name="questions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("questions")
    expect(page.get_by_role("link", name="questions")).not_to_be_visible()


def test_an_account_is_closed_only_after_a_question(visit: Callable[..., Page], scene: Scene) -> None:
    channel = scene.post("open", **{"as": "UANNA", "users": ["UBEN"]})["channel"]
    scene.post("say", **{"as": "UANNA", "channel": channel, "text": "Bye"})
    page = visit("UBEN", channel)
    page.get_by_role("button", name="Anna Visser", exact=True).click()
    page.get_by_role("button", name="Close account").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Close account").click()
    page.get_by_role("button", name="You are").click()
    expect(page.get_by_role("option", name="Ben Okafor")).to_be_visible()
    expect(page.get_by_role("option", name="Anna Visser")).to_have_count(0)


def test_people_are_found_by_what_they_are(visit: Callable[..., Page], scene: Scene) -> None:
    scene.post("users", users=[{"name": "Dana Lopez", "email": "dana@example.org", "title": "Mentor · Bridges"}])
    page = visit()
    page.get_by_label("Search people").fill("mentor bridges")
    dana = page.get_by_role("option", name="Dana Lopez")
    expect(dana).to_contain_text("Mentor · Bridges")
    expect(dana).not_to_contain_text("dana@example.org")
