"""What a calendar makes of a letter: read by two parsers that know nothing of each other, and of us."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import vobject
from icalendar import Calendar


@dataclass(frozen=True)
class Invited:
    """An event as it stands in a calendar."""

    uid: str
    method: str
    status: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    organizer: str
    attendees: tuple[str, ...]


def invited(letter: EmailMessage) -> Invited | None:
    """The event in a letter; None if there is none. The form within the letter and the file must be the same."""
    inside = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    files = [part for part in letter.iter_attachments() if part.get_filename() == "meeting.ics"]
    if not inside:
        assert not files
        return None
    (part,), (file,) = inside, files
    text = part.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert file.get_payload(decode=True).decode() == text  # type: ignore[union-attr]
    one, other = by_vobject(text), by_icalendar(text)
    assert one == other
    assert part.get_param("method") == one.method
    return one


def by_vobject(text: str) -> Invited:
    """As the parser vobject reads it."""
    calendar: Any = vobject.readOne(text, validate=True)
    event = calendar.vevent
    return Invited(
        uid=event.uid.value,
        method=calendar.method.value,
        status=event.status.value,
        sequence=int(event.sequence.value),
        starts_at=event.dtstart.value.astimezone(UTC),
        ends_at=event.dtend.value.astimezone(UTC),
        summary=event.summary.value,
        description=event.description.value,
        organizer=event.organizer.value,
        attendees=tuple(one.value for one in event.contents["attendee"]),
    )


def by_icalendar(text: str) -> Invited:
    """As the parser icalendar reads it."""
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    attendees = event.get("attendee")
    return Invited(
        uid=str(event["uid"]),
        method=str(calendar["method"]),
        status=str(event["status"]),
        sequence=int(str(event["sequence"])),
        starts_at=event.decoded("dtstart").astimezone(UTC),
        ends_at=event.decoded("dtend").astimezone(UTC),
        summary=str(event["summary"]),
        description=str(event["description"]),
        organizer=str(event["organizer"]),
        attendees=tuple(map(str, attendees if isinstance(attendees, list) else [attendees])),
    )
