"""The settings as staff see and change them."""

from fastapi.testclient import TestClient
from sqlalchemy import select

from core.models import AuditEntry
from core.services.policies import current_policies
from core.uow import SYSTEM, Units
from tests.support.desks import visit

SETTINGS, WHY = "/admin/settings", "Why? Only staff read this."


def test_a_change_is_kept_shown_and_taken_back(desk: TestClient) -> None:
    page = visit(desk, SETTINGS)
    assert "12 to 336; usually 72." in page.text
    previewed = page.press("Preview", {"Time to answer": "48", "How to reach you": "Room 4"})
    for words in (
        "Nothing is saved yet.",
        "Time to answer: 72 → 48 hours",
        "Counts for offers made from then on.",
        "0 open offers keep their deadline.",
        "How to reach you: nothing → “Room 4”",
        "Counts at once, for everybody.",
    ):
        assert words in previewed.text, words
    edited = previewed.press("Change something else")
    assert edited.control("Time to answer").value == "48"
    assert previewed.press("Use these settings").problem("Why?") == "Please say in a few words why. Only staff read it."
    assert "As they come with Ithaca" in visit(desk, SETTINGS).text
    saved = edited.press("Preview").press("Use these settings", {WHY: "Mentors are quick."})
    for words in (
        "Version 1 counts for what begins from now on.",
        "Set by Ada Staff",
        "Mentors are quick.",
        "Time to answer: 72 → 48 hours",
        "How to reach you: nothing → “Room 4”",
    ):
        assert words in saved.text, words
    assert saved.control("Time to answer").value == "48"
    assert "somebody else has saved version 1" in previewed.press("Use these settings", {WHY: "Me too."}).text
    late = page.press("Preview", {"Reminder": "12"})
    assert "somebody else has saved version 1 meanwhile" in late.text
    kept = {label: late.control(label).value for label in ("Time to answer", "How to reach you", "Reminder")}
    assert kept == {"Time to answer": "48", "How to reach you": "Room 4", "Reminder": "12"}
    back = visit(desk, f"{SETTINGS}/versions/0").press("Use these settings", {WHY: "Too quick."})
    assert "Version 0 counts again, as version 2." in back.text
    assert "Nothing is different" in visit(desk, f"{SETTINGS}/versions/0").text
    log = desk.get("/admin/audit/list").text
    assert "Mentors are quick." in log
    assert "Setting changed" in log
    assert "policies" in log


def test_what_cannot_be_stands_at_its_field_and_nothing_typed_is_lost(desk: TestClient, units: Units) -> None:
    wrong = {"Time to answer": "9999", "Reminder": "7", "Welcome": "Hello <b>all</b>"}
    page = visit(desk, SETTINGS).press("Preview", wrong)
    assert page.status == 400
    assert page.problem("Time to answer") == "Please write a whole number from 12 to 336."
    assert [page.control(label).value for label in ("Time to answer", "Reminder", "Welcome")] == [
        "9999",
        "7",
        "Hello <b>all</b>",
    ]
    with units.read(SYSTEM) as reading:
        assert current_policies(reading).offer_hours == 72
    assert desk.post(f"{SETTINGS}/save", data={"seen": "0", "why": "No."}).status_code == 403


def test_a_word_for_tags_is_added_and_removed_with_a_reason(desk: TestClient, units: Units) -> None:
    assert "none of your own yet" in visit(desk, SETTINGS).text
    page = visit(desk, f"{SETTINGS}/words")
    kelp = {"Kind": "industry", "Term": "Kelp farming", "Synonyms": "Seaweed aquaculture; Algae farms"}
    assert page.press("Add", kelp | {WHY: ""}).problem("Why?")
    taken = page.press("Add", {"Kind": "skill", "Term": "Javascript", WHY: "Twice."})
    assert (taken.status, "known already" in taken.problem("Term")) == (400, True)
    added = page.press("Add", kelp | {WHY: "A farm joined."})
    assert "industry , also Seaweed aquaculture, Algae farms".replace(" ,", ",") in added.text
    assert "You have added 1 of your own." in visit(desk, SETTINGS).text
    with units.read(SYSTEM) as reading:
        line = reading.session.scalars(select(AuditEntry).where(AuditEntry.action == "setting_changed")).one()
    assert (line.before["terms"], line.after["terms"][0]["label"], line.reason) == (
        [],
        "Kelp farming",
        "A farm joined.",
    )
    gone = added.press("Remove Kelp farming", {WHY: "It left."})
    assert "Kelp farming is removed." in gone.text
    assert "was removed before" in added.press("Remove Kelp farming", {WHY: "It left."}).text
    assert "You have added none of your own yet." in gone.text
