"""Draws a meeting as iCalendar (RFC 5545, 5546): an invitation, or the word that it is called off.

Times are in UTC. The two agreed on one moment, each on their own clock: UTC names it once for both calendars, and no
change of either zone's rules can move it. A local time with its zone would be right for one of them alone.
"""

from datetime import UTC, datetime

from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as Component

from core.mailbox import Mailbox
from mail.event import Attendee, Event
from mail.text import one_line, readable

PRODUCT = "-//Ithaca//Mentorship//EN"


def icalendar(event: Event, organizer: Mailbox, now: datetime) -> str:
    """The calendar with this one event. The service organizes it, under an id that stays the same."""
    made = Component()
    made.add("uid", str(event.meeting_id))
    made.add("sequence", event.sequence)
    made.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    made.add("dtstart", event.starts_at.astimezone(UTC))
    made.add("dtend", event.ends_at.astimezone(UTC))
    made.add("summary", one_line(event.summary))
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("description", readable(event.description))
    made.add("organizer", _address(organizer.name or "Ithaca", organizer.address))
    for attendee in event.attendees:
        made.add("attendee", _attendee(attendee))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", event.method)
    calendar.add_component(made)
    return bytes(calendar.to_ical()).decode()


def _attendee(attendee: Attendee) -> vCalAddress:
    """Both have said yes here already, so calendars need not ask them, and nobody waits for their answer."""
    made = _address(attendee.name, attendee.address)
    made.params["ROLE"] = vText("REQ-PARTICIPANT")
    made.params["PARTSTAT"] = vText("ACCEPTED")
    made.params["RSVP"] = vText("FALSE")
    return made


def _address(name: str, address: str) -> vCalAddress:
    made = vCalAddress(f"mailto:{address}")
    made.params["CN"] = vText(one_line(name, 60).replace('"', "'"))
    return made
