"""Meetings of a pair and what they took upon themselves, as each of the two reads it."""

from core.models import ActionItem, Meeting
from core.services.own_data_tables.parts import LINKED, OURS, Part, of_matches

MEETINGS = Part(
    "Your meetings",
    Meeting,
    of_matches(Meeting),
    {
        "state": "State",
        "starts_at": "Begins",
        "minutes": "Minutes",
        "kind": "How",
        "agenda": "Agenda",
        "notes": "Notes",
        "proposals": "Times proposed",
        "accounts": "As you told it",
        "created_at": "Noted on",
        "day_reminder_at": "Reminded a day before",
        "hour_reminder_at": "Reminded an hour before",
        "asked_at": "Asked whether you met",
        "closed_at": "Settled on",
    },
    {"match_id": LINKED, "author_id": LINKED, "confirmed_by": LINKED, "sequence": OURS},
    of_mine=frozenset({"accounts"}),
)

ACTION_ITEMS = Part(
    "What you want to do",
    ActionItem,
    of_matches(ActionItem),
    {
        "text": "What",
        "due_on": "By",
        "done_at": "Done on",
        "reminded_at": "Reminded on",
        "created_at": "Noted on",
    },
    {"match_id": LINKED, "meeting_id": LINKED, "owner_id": LINKED},
)
