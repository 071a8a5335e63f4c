"""Meetings and action items to draw, with `text` wherever people type."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.blocks import Message
from bot.views.action_items import item_blocks, item_modal, item_reminder_message
from bot.views.meetings import coming_blocks, correction_modal, log_modal, meeting_message, over_message
from bot.views.scheduling import (
    cancelled_message,
    planned_message,
    proposed_message,
    refused_message,
    reminder_message,
    schedule_modal,
)
from core.rules.accounts import Account
from core.rules.meetings import MeetingState
from core.services.action_items import ItemView
from core.services.coming_meetings import ComingMeeting
from core.services.held_meetings import MeetingView, Version
from core.services.listing import First
from core.services.people import Person
from core.services.scheduling import Plan
from tests.bot.views import samples
from tests.bot.views.samples import NOON, ONE, TWO

State = MeetingState
TIMES = tuple(NOON + timedelta(days=day, hours=1) for day in (4, 5, 6))


def people(name: str = "") -> tuple[Person, Person]:
    """A student in Amsterdam and a mentor in New York."""
    zones = "Europe/Amsterdam", "America/New_York"
    mia = Person(ONE, name or "Mia Tan", "U0MIA", "mia@example.org", zones[0], frozenset({"student"}))
    kim = Person(TWO, name or "Kim Alder", "U0KIM", "kim@example.org", zones[1], frozenset({"mentor"}))
    return mia, kim


def plan(state: MeetingState = State.PLANNED, agenda: str = "Your plan for spring", name: str = "") -> Plan:
    """Proposed by the mentor."""
    mia, kim = people(name)
    picked = None if state is State.PROPOSED else TIMES[0]
    return Plan(ONE, TWO, state, TIMES, picked, 45, "Video", agenda, 0, TWO, mia, kim)


def item(text: str = "Read chapter 3", name: str = "", *, owned: bool = True, done: bool = False) -> ItemView:
    mia, kim = people(name)
    due = date(2030, 3, 4)
    return ItemView(ONE, TWO, text or "?", ONE if owned else None, mia.name if owned else "", due, done, mia, kim)


def account(minutes: int = 45, notes: str = "") -> Account:
    return Account(NOON.date(), minutes, "Video", notes, NOON)


def held(
    notes: str = "We made a plan.", name: str = "", *, disputed: bool = False, settled: bool = False
) -> MeetingView:
    """Told by the mentor; if it is disputed, by the student too."""
    mia, kim = people(name)
    versions = [Version(TWO, kim.name, account(notes=notes))]
    if disputed:
        versions.append(Version(ONE, mia.name, account(60, notes)))
    return MeetingView(
        meeting_id=ONE,
        match_id=TWO,
        author_id=TWO,
        author_name=kim.name,
        held_on=NOON.date(),
        minutes=45,
        kind="Video",
        notes=notes,
        items=(item(notes, name), item(notes, name, owned=False, done=True)),
        versions=tuple(versions),
        confirmed_by=frozenset({ONE, TWO}) if settled else frozenset({TWO}),
        disputed=disputed,
        student=mia,
        mentor=kim,
    )


def coming(text: str = "Your plan for spring", name: str = "Kim Alder") -> tuple[ComingMeeting, ...]:
    """One of each sort."""
    proposed = ComingMeeting(
        ONE, TWO, name, State.PROPOSED, None, 45, "Video", text, TIMES, False, begun=False, over=False, held=None
    )
    planned = replace(proposed, state=State.PLANNED, starts_at=TIMES[0])
    told = held(text, name, disputed=True)
    return (
        proposed,
        replace(proposed, i_proposed=True),
        planned,
        replace(planned, begun=True),
        replace(planned, begun=True, over=True),
        replace(planned, state=State.HELD, held=told),
    )


def messages(text: str) -> dict[str, Message]:
    """Every message about meetings and action items."""
    drawn: dict[str, Message] = {}
    for state in State:
        one = plan(state, text, text)
        noted = held(text, text) if state is State.HELD else None
        drawn |= {
            f"proposed {state}": proposed_message(one),
            f"planned {state}": planned_message(one),
            f"over {state}": over_message(one, noted, ONE),
            f"over {state} to the other": over_message(one, noted, TWO),
        }
    return drawn | {
        "refused": refused_message(plan(State.CANCELLED, text, text)),
        "cancelled": cancelled_message(plan(State.CANCELLED, text, text), ONE),
        "meeting reminder": reminder_message(plan(State.PLANNED, text, text), TWO),
        "meeting": meeting_message(held(text, text)),
        "meeting disputed": meeting_message(held(text, text, disputed=True)),
        "meeting settled": meeting_message(held(text, text, settled=True)),
        "item": item_reminder_message(item(text, text), ONE),
        "item for both": item_reminder_message(item(text, text, owned=False), TWO),
        "item done": item_reminder_message(item(text, text, done=True), ONE),
    }


def views(text: str) -> dict[str, dict[str, Any]]:
    """Every modal, and what stands on the Home tab."""
    partners = tuple(samples.live(f"{text}{number}") for number in range(120))
    some = First((item(text, text), item(text, text, owned=False)), 8)
    return {
        "log": log_modal(partners, ONE, NOON.date()),
        "schedule": schedule_modal(partners, ONE),
        "correct": correction_modal(held(text, text, disputed=True), ONE, text),
        "correct at first": correction_modal(held(text, text), ONE, text),
        "item": item_modal(item(text, text)),
        "item for both": item_modal(item(text, text, owned=False)),
        "ahead": {"type": "home", "blocks": coming_blocks(First(coming(text, text)), "Europe/Amsterdam")},
        "items": {
            "type": "home",
            "blocks": item_blocks(some, ONE),
        },
    }
