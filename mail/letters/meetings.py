"""Letters after a meeting: did it take place, and what either side noted of it."""

from core.links import Purpose
from core.rules.meetings import MeetingState
from core.services.held_meetings import MeetingView
from core.services.scheduling import Plan
from core.words import calendar_day, meeting_length, moment_there
from mail.letters.items import item_line
from mail.letters.parts import Button, Buttons, Draft, Entry, Paragraph, Reader, listing, told
from mail.letters.why import PART_OF_IT
from mail.text import one_line

OWN, PARTNERS = "own", "partner's"


def meeting_letter(reader: Reader, meeting: MeetingView) -> Draft:
    """What was noted, and where the two differ. Who told of it last knows, so only their partner's letter is sent."""
    last = meeting.last
    author, when = one_line(last.name if last else meeting.author_name), calendar_day(meeting.held_on)
    said = (
        f"tells your meeting on {when} differently"
        if meeting.disputed
        else f"noted a meeting on {when}: {meeting_length(meeting.minutes, meeting.kind)}"
    )
    page = reader.link(Purpose.MEETING, meeting.meeting_id)
    return Draft(
        subject=f"{author} {'tells your meeting differently' if meeting.disputed else f'noted your meeting on {when}'}",
        parts=(
            Paragraph(f"{author} {said}. Is this right?"),
            *listing("What each of you says", _versions(meeting) if meeting.disputed else ()),
            *(part for one in meeting.versions for part in told(_notes_of(meeting, one.name), one.account.notes)),
            *listing("Action items", (Entry("", item_line(item)) for item in meeting.items)),
            Buttons((Button("Confirm or correct", page, main=True),)),
        ),
        why=PART_OF_IT,
        thread=f"match.{meeting.match_id}",
        standing=OWN if last and reader.person.id == last.person_id else PARTNERS,
    )


def _versions(meeting: MeetingView) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            one_line(one.name),
            f"{calendar_day(one.account.held_on)}, {meeting_length(one.account.minutes, one.account.kind)}",
        )
        for one in meeting.versions
    )


def _notes_of(meeting: MeetingView, name: str) -> str:
    with_notes = [one for one in meeting.versions if one.account.notes]
    return f"Notes of {one_line(name)}" if len(with_notes) > 1 else "Notes"


def over_letter(reader: Reader, plan: Plan, held: MeetingView | None) -> Draft:
    """Did they meet? Once the partner has said so, whether that is right. Who answered gets no letter."""
    partner = one_line(plan.other(reader.person.id).name)
    when = moment_there(plan.starts_at, reader.person.tz) if plan.starts_at else ""
    page = reader.link(Purpose.MEETING, plan.meeting_id)
    if held:
        first, label = f"{partner} noted that you met on {when}. Is this right?", "Confirm or correct"
    else:
        first, label = f"Did you and {partner} meet on {when}?", "Answer"
    mine = held is not None and reader.person.id in held.confirmed_by
    return Draft(
        subject=f"Did you and {partner} meet?",
        parts=(Paragraph(first), Buttons((Button(label, page, main=True),))),
        why=PART_OF_IT,
        thread=f"match.{plan.match_id}",
        standing=OWN if mine else MeetingState(plan.state),
    )
