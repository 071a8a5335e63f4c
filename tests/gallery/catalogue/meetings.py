"""Meetings: planned, held and told, and the action items that come of them."""

from dataclasses import replace

from bot.views.action_items import item_modal, item_reminder_message
from bot.views.meetings import correction_modal, log_modal, meeting_message, over_message
from bot.views.scheduling import (
    cancelled_message,
    planned_message,
    proposed_message,
    refused_message,
    reminder_message,
    schedule_modal,
)
from core.rules.meetings import MeetingState
from tests.bot.views import samples
from tests.bot.views.meeting_samples import held, item, plan
from tests.bot.views.samples import NOON, ONE, TWO
from tests.gallery.exhibits import KIM, MIA, Room, pressed, shown

State = MeetingState
ITEM, BOTH = item("Read the market report"), item("Find a date for the visit", owned=False)
NOTES = "We went through her project, line by line, and chose two job adverts to answer."
TOLD = replace(held(NOTES), items=(ITEM, replace(BOTH, done=True)))
TWICE = replace(held(NOTES, disputed=True), items=(ITEM, BOTH))
AGREED = replace(held(NOTES, settled=True), items=(ITEM, BOTH))
PARTNERS = (samples.live(),)

PLANNED = shown(MIA, "planned", "A planned meeting, to both", planned_message, plan())

ROOM = Room(
    "meetings",
    "Meetings",
    (
        shown(MIA, "schedule-form", "`Schedule a meeting`", schedule_modal, PARTNERS, None),
        shown(MIA, "times", "The times to pick from", proposed_message, plan(State.PROPOSED)),
        shown(MIA, "times-picked", "Once one is picked", proposed_message, plan()),
        shown(MIA, "times-refused", "`None of these`", proposed_message, plan(State.CANCELLED)),
        shown(KIM, "times-refused-told", "The same, to who proposed them", refused_message, plan(State.CANCELLED)),
        PLANNED,
        pressed("Cancel meeting", PLANNED),
        shown(MIA, "planned-cancelled", "The same, called off", planned_message, plan(State.CANCELLED)),
        shown(MIA, "cancelled", "Called off, to the other side", cancelled_message, plan(State.CANCELLED), ONE),
        shown(KIM, "meeting-reminder", "The reminder, a day and an hour before", reminder_message, plan(), TWO),
        shown(MIA, "over", "Did they meet?", over_message, plan(), None, ONE),
        shown(MIA, "over-not-met", "`We didn't`", over_message, plan(State.MISSED), None, ONE),
        shown(KIM, "over-met", "`We met`", over_message, plan(State.HELD), TOLD, TWO),
        shown(MIA, "over-confirm", "The other side confirms, or corrects", over_message, plan(State.HELD), TOLD, ONE),
        shown(MIA, "log-form", "`Log a meeting`", log_modal, PARTNERS, ONE, NOON.date()),
        shown(MIA, "correct-form", "`Correct`", correction_modal, TWICE, ONE, "Kim Alder"),
        shown(MIA, "meeting", "A meeting that one side noted", meeting_message, TOLD),
        shown(MIA, "meeting-twice", "Told differently: both versions are kept", meeting_message, TWICE),
        shown(MIA, "meeting-agreed", "Both agree", meeting_message, AGREED),
        shown(MIA, "item-form", "`Change` an action item", item_modal, ITEM),
        shown(MIA, "item-reminder", "An action item, the day before it is due", item_reminder_message, ITEM, ONE),
        shown(KIM, "item-reminder-both", "One of both", item_reminder_message, BOTH, TWO),
        shown(MIA, "item-done", "Done", item_reminder_message, replace(ITEM, done=True), ONE),
    ),
    (
        "meeting-proposed",
        "meeting-refused",
        "meeting-planned",
        "meeting-invitation",
        "meeting-called-off",
        "meeting-cancelled",
        "meeting-reminder",
        "meeting-over",
        "meeting-over-and-held",
        "meeting-logged",
        "meeting-corrected",
        "item-reminder",
    ),
    phone=frozenset({"times", "letter-meeting-invitation"}),
)
