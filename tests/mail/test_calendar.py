"""Invitations: what two independent parsers read of them, across clock changes, whatever people are called."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.mailbox import Mailbox
from core.words import on_both_clocks, short_moment
from mail.calendar import icalendar
from mail.envelope import enveloped
from mail.event import Attendee, Event
from tests.bot.views.samples import NASTY, NOON
from tests.mail.calendars import by_icalendar, by_vobject, invited
from tests.mail.samples import letters

SENDER = Mailbox("Ithaca", "ithaca@example.org")
AMSTERDAM, NEW_YORK = "Europe/Amsterdam", "America/New_York"


def event(
    starts_at: datetime, *, cancelled: bool = False, summary: str = "Mia and Kim", name: str = "Mia Tan"
) -> Event:
    return Event(
        UUID(int=7),
        int(cancelled),
        cancelled,
        starts_at,
        starts_at + timedelta(minutes=45),
        summary,
        summary,
        (Attendee(name, "mia@example.org"), Attendee("Kim Alder", "kim@example.org")),
    )


def local(year: int, month: int, day: int, hour: int, tz: str) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZoneInfo(tz)).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "amsterdam", "new_york"),
    [  # clocks go forward on 9 March 2031 in New York, and on 30 March in Amsterdam
        (local(2031, 3, 8, 15, AMSTERDAM), "Sat 8 Mar, 15:00", "Sat 8 Mar, 09:00"),
        (local(2031, 3, 10, 15, AMSTERDAM), "Mon 10 Mar, 15:00", "Mon 10 Mar, 10:00"),
        (local(2031, 3, 31, 15, AMSTERDAM), "Mon 31 Mar, 15:00", "Mon 31 Mar, 09:00"),
        (local(2031, 3, 9, 3, NEW_YORK), "Sun 9 Mar, 08:00", "Sun 9 Mar, 03:00"),
        (local(2031, 10, 27, 12, NEW_YORK), "Mon 27 Oct, 17:00", "Mon 27 Oct, 12:00"),
        (local(2031, 11, 3, 12, NEW_YORK), "Mon 3 Nov, 18:00", "Mon 3 Nov, 12:00"),
    ],
)
def test_around_clock_changes_both_read_the_same_moment(moment: datetime, amsterdam: str, new_york: str) -> None:
    assert (short_moment(moment, AMSTERDAM), short_moment(moment, NEW_YORK)) == (amsterdam, new_york)
    drawn = icalendar(event(moment), SENDER, NOON)
    one, other = by_vobject(drawn), by_icalendar(drawn)
    assert one == other
    assert (one.starts_at, one.ends_at) == (moment, moment + timedelta(minutes=45))
    assert (one.uid, one.method, one.status, one.sequence) == (str(UUID(int=7)), "REQUEST", "CONFIRMED", 0)


def test_the_words_for_both_name_both_clocks() -> None:
    told = on_both_clocks(local(2031, 3, 10, 15, AMSTERDAM), AMSTERDAM, NEW_YORK)
    assert told == "Monday 10 March, 15:00 (Amsterdam time) or 10:00 (New York time)"
    late = on_both_clocks(local(2031, 3, 10, 2, AMSTERDAM), AMSTERDAM, NEW_YORK)
    assert late == "Monday 10 March, 02:00 (Amsterdam time) or Sunday 9 March, 21:00 (New York time)"
    assert on_both_clocks(NOON, AMSTERDAM, "Europe/Paris") == "Friday 1 March, 13:00"


def test_calling_off_takes_the_same_event_back() -> None:
    drawn = icalendar(event(NOON, cancelled=True), SENDER, NOON)
    one, other = by_vobject(drawn), by_icalendar(drawn)
    assert one == other
    assert (one.uid, one.method, one.status, one.sequence) == (str(UUID(int=7)), "CANCEL", "CANCELLED", 1)
    assert one.organizer == "mailto:ithaca@example.org"
    assert one.attendees == ("mailto:mia@example.org", "mailto:kim@example.org")


@pytest.mark.parametrize("text", [NASTY, 'Mia "the;,:\\ great" Tan', "A\r\nATTENDEE:mailto:all@example.org", "\x00\n"])
def test_what_people_typed_stays_within_its_property(text: str) -> None:
    assert_harmless(text)


@given(some.text(max_size=120))
def test_no_text_breaks_out(text: str) -> None:
    assert_harmless(text)


def assert_harmless(text: str) -> None:
    drawn = icalendar(event(NOON, summary=text, name=text), SENDER, NOON)
    assert all(len(line.encode()) <= 75 for line in drawn.split("\r\n"))
    one, other = by_icalendar(drawn), by_vobject(drawn)
    assert (one.attendees, one.starts_at) == (other.attendees, other.starts_at)
    assert one.attendees == ("mailto:mia@example.org", "mailto:kim@example.org")
    assert (one.method, one.uid, one.starts_at) == ("REQUEST", str(UUID(int=7)), NOON)


def sent(name: str) -> EmailMessage:
    """A letter of the samples, as a mailbox gets it."""
    made = enveloped(
        letters()[name],
        Mailbox("Kim", "kim@example.org"),
        sender=SENDER,
        reply_to=None,
        identity="<1@example.org>",
        now=NOON,
    )
    return message_from_bytes(made.as_bytes(), policy=default)


def test_a_letter_carries_the_event_as_a_form_of_itself_and_as_a_file() -> None:
    invitation, called_off = invited(sent("meeting-invitation")), invited(sent("meeting-called-off"))
    assert invitation
    assert called_off
    assert (invitation.method, called_off.method) == ("REQUEST", "CANCEL")
    assert invitation.uid == called_off.uid
    assert invitation.summary == "Mia Tan and Kim Alder: mentorship meeting"
    assert invitation.description == "45 minutes, video.\n\nAgenda:\nYour plan for spring"


def test_other_letters_carry_none() -> None:
    assert invited(sent("offer")) is None
    assert not list(sent("offer").iter_attachments())
