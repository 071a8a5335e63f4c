"""Letters about meetings and action items."""

from dataclasses import replace

from core.notifications import Kind
from core.rules.meetings import MeetingState
from mail.letters.items import item_reminder_letter
from mail.letters.meetings import meeting_letter, over_letter
from mail.letters.parts import Draft, Reader
from mail.letters.scheduling import (
    cancelled_letter,
    invitation_letter,
    planned_letter,
    proposed_letter,
    refused_letter,
    reminder_letter,
)
from tests.bot.views.meeting_samples import held, item, plan

State = MeetingState


def drafts(mia: Reader, kim: Reader, text: str, name: str) -> dict[str, tuple[Kind, Reader, Draft]]:
    """Every letter; with `text`, that stands wherever people type, and with `name` for everybody's name."""
    agenda, note = text or "Your plan for spring", text or "We made a plan."
    planned, over = plan(State.PLANNED, agenda, name), plan(State.CANCELLED, agenda, name)
    items = item(text or "Read chapter 3", name), item(text or "Find a date", name, owned=False, done=True)
    told, told_twice = (replace(held(note, name, disputed=twice), items=items) for twice in (False, True))
    mine = items[0]
    return {
        "meeting-proposed": (Kind.MEETING_PROPOSED, mia, proposed_letter(mia, plan(State.PROPOSED, agenda, name))),
        "meeting-refused": (Kind.MEETING_REFUSED, kim, refused_letter(kim, over)),
        "meeting-planned": (Kind.MEETING_PLANNED, mia, planned_letter(mia, planned)),
        "meeting-invitation": (Kind.MEETING_INVITATION, kim, invitation_letter(kim, planned)),
        "meeting-called-off": (Kind.MEETING_INVITATION, kim, invitation_letter(kim, over)),
        "meeting-cancelled": (Kind.MEETING_CANCELLED, kim, cancelled_letter(kim, over)),
        "meeting-reminder": (Kind.MEETING_REMINDER, kim, reminder_letter(kim, planned)),
        "meeting-over": (Kind.MEETING_OVER, mia, over_letter(mia, planned, None)),
        "meeting-over-and-held": (Kind.MEETING_OVER, mia, over_letter(mia, planned, told)),
        "meeting-logged": (Kind.MEETING_LOGGED, mia, meeting_letter(mia, told)),
        "meeting-corrected": (Kind.MEETING_LOGGED, kim, meeting_letter(kim, told_twice)),
        "item-reminder": (Kind.ITEM_REMINDER, mia, item_reminder_letter(mia, mine)),
    }
