"""Meetings: the form that logs one, and the note that both sides read."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from bot.blocks import (
    Json,
    Message,
    date_input,
    escape,
    message,
    modal,
    number_input,
    option,
    question,
    section,
    select,
    text_input,
    titled,
)
from bot.ids import Callback, Field
from core.rules.meetings import MOST_MINUTES
from core.rules.profiles import TEXT
from core.services.matches import LiveMatch
from core.services.meetings import KINDS, MeetingView

USUAL_MINUTES = 60


def log_modal(matches: Sequence[LiveMatch], chosen: UUID | None, today: date) -> Json:
    """The form, for a person with at least one running match; `today` is by that person's calendar."""
    first = chosen or (matches[0].match_id if len(matches) == 1 else None)
    partners = [option(match.partner_name, match.match_id) for match in matches]
    return modal(
        "Log a meeting",
        Callback.LOG_MEETING,
        [
            question("With", select(Field.MEETING_WITH, partners, first, placeholder="Choose one")),
            question("Date", date_input(Field.MEETING_DATE, today)),
            question("Minutes", number_input(Field.MEETING_MINUTES, USUAL_MINUTES, 1, MOST_MINUTES)),
            question("Kind", select(Field.MEETING_KIND, [option(kind, kind) for kind in KINDS])),
            question("Notes", text_input(Field.MEETING_NOTES, "", 2 * TEXT, lines=True), required=False),
            question(
                "Action items",
                text_input(Field.MEETING_ACTION_ITEMS, "", 2 * TEXT, lines=True),
                required=False,
                hint="One on each line.",
            ),
        ],
        submit="Save",
    )


def meeting_message(meeting: MeetingView) -> Message:
    """A meeting that one side noted, for both to see."""
    when = f"{meeting.held_on.day} {meeting.held_on:%B}"
    text = (
        f"{escape(meeting.author_name)} noted a meeting on {when}: {meeting.minutes} minutes, {meeting.kind.lower()}."
    )
    items = "\n".join(f"• {item}" for item in meeting.action_items)
    return message(text, [section(text), *titled("Notes", meeting.notes), *titled("Action items", items)])
