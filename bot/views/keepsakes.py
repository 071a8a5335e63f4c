"""What a completed mentorship leaves: a message to keep, and a page to print."""

from uuid import UUID

from bot.blocks import Json, Message, actions, button, context, dated, escape, link, message, section, titled
from bot.ids import Action
from core.services.keepsakes import Keepsake
from core.words import count, day, duration

MOST_DONE = 10


def keepsake_message(kept: Keepsake) -> Message:
    """To each of the two, once it is completed."""
    names = f"{escape(kept.student_name)} and {escape(kept.mentor_name)}"
    text = f"{names}, your mentorship is completed. Well done, both of you. This is yours to keep."
    since, until = (dated(moment, kept.tz) for moment in (kept.started_at, kept.ended_at))
    done = "\n".join(f"• {item}" for item in kept.done[:MOST_DONE])
    return message(
        text,
        [
            section(text),
            *titled("What you wanted to reach", kept.goals),
            context(f"{since} to {until} · {told_meetings(kept)}"),
            *titled("What you did", done),
            actions(keepsake_button(kept.match_id)),
        ],
    )


def keepsake_button(match_id: UUID) -> Json:
    """Gives the way to the page."""
    return button("Open the page to print", Action.KEEPSAKE_OPEN, match_id)


def told_meetings(kept: Keepsake) -> str:
    """`five meetings, 3 hours 30 minutes`."""
    if not kept.meetings:
        return "no meetings noted"
    return f"{count(len(kept.meetings), 'meeting')}, {duration(kept.minutes)} together"


def keepsake_link_message(url: str, kept: Keepsake) -> Message:
    """The way to the page, for this person alone."""
    ended = day(kept.ended_at, kept.tz)
    text = f"Your keepsake of {ended}, to read or print: {link(url, 'open the page')}. The link is yours alone."
    return message(text, [section(text)])
