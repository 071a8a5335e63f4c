"""A meeting that one side noted, for the other to read."""

from core.services.meetings import MeetingView
from mail.letters.parts import Draft, Entry, Paragraph, Reader, listing, told
from mail.text import one_line

WHY = "You get this because you are part of this mentorship."
OWN, PARTNERS = "own", "partner's"


def meeting_letter(reader: Reader, meeting: MeetingView) -> Draft:
    """What was noted. Who noted it knows, so only their partner's letter is worth sending."""
    author, when = one_line(meeting.author_name), f"{meeting.held_on.day} {meeting.held_on:%B}"
    return Draft(
        subject=f"{author} noted your meeting on {when}",
        parts=(
            Paragraph(f"{author} noted a meeting on {when}: {meeting.minutes} minutes, {meeting.kind.lower()}."),
            *told("Notes", meeting.notes),
            *listing("Action items", (Entry("", one_line(item, 500)) for item in meeting.action_items)),
        ),
        why=WHY,
        thread=f"match.{meeting.match_id}",
        standing=OWN if reader.person.id == meeting.author_id else PARTNERS,
    )
