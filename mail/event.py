"""A meeting as a calendar takes it: plain data, which `mail/calendar.py` draws as iCalendar."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Attendee:
    """Somebody who takes part, and has an address."""

    name: str
    address: str


@dataclass(frozen=True)
class Event:
    """One meeting. `sequence` is higher after each change, so that calendars take the newest word for it."""

    meeting_id: UUID
    sequence: int
    cancelled: bool
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    attendees: tuple[Attendee, ...]

    @property
    def method(self) -> str:
        """What a calendar is asked to do with it (RFC 5546)."""
        return "CANCEL" if self.cancelled else "REQUEST"
