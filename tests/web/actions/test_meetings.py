"""A meeting logged from a mail, by either side."""

from uuid import UUID

import pytest
from sqlalchemy import select

from core.links import Purpose
from core.models import Meeting
from core.services.held_meetings import meeting_view
from core.services.offers import accept_offer
from core.uow import SYSTEM, Units, member
from tests.support import factories as make
from tests.web.actions.conftest import Asked, Open


@pytest.fixture
def match_id(asked: Asked, units: Units) -> UUID:
    with units.work(member(asked.mentor.id)) as work:
        return accept_offer(work, asked.offer())


def meetings(units: Units) -> list[Meeting]:
    with units.read(SYSTEM) as reading:
        return list(reading.session.scalars(select(Meeting)))


def test_the_form_is_that_of_slack(asked: Asked, go: Open, match_id: UUID) -> None:
    page = go(Purpose.MATCH_LOG, asked.student.id, match_id)
    assert page.heading == "Log a meeting with Kim Alder"
    assert page.control("Kind").options == ["Choose one", "Video", "In person", "Chat", "Phone"]
    assert (page.control("Date").value, page.control("Minutes").value) == ("2030-03-01", "60")
    assert go(Purpose.MATCH_LOG, asked.mentor.id, match_id).heading == "Log a meeting with Mia Tan"


def test_a_meeting_is_kept_as_it_was_told_and_only_once(asked: Asked, go: Open, match_id: UUID, units: Units) -> None:
    page = go(Purpose.MATCH_LOG, asked.mentor.id, match_id)
    told = {
        "Date": "2030-02-28",
        "Minutes": "45",
        "Kind": "In person",
        "Notes": "We walked.",
        "Action items": "Read the paper\r\n\r\n Write to Ada ",
    }
    after, again = page.press("Save", told), page.press("Save", told)
    assert after.heading == again.heading == "Your meeting is noted"
    assert after.buttons == []
    (meeting,) = meetings(units)
    assert (meeting.minutes, meeting.kind, meeting.notes) == (45, "In person", "We walked.")
    with units.read(SYSTEM) as reading:
        assert meeting_view(reading, meeting.id).action_items == ("Read the paper", "Write to Ada")
    assert meeting.author_id == asked.mentor.id


@pytest.mark.parametrize(
    ("label", "typed", "problem"),
    [
        ("Date", "2030-03-02", "This day is still to come. Please choose the day you met."),
        ("Date", "2028-01-01", "This is more than a year ago. Please check the date."),
        ("Date", "", "Please choose a day. Typed, it looks like 2030-01-31."),
        ("Date", "yesterday", "Please choose a day. Typed, it looks like 2030-01-31."),
        ("Minutes", "0", "Please enter how many minutes it took, up to a day."),
        ("Minutes", "1441", "Please enter how many minutes it took, up to a day."),
        ("Minutes", "-5", "Please enter a whole number, such as 60."),
        ("Minutes", "٣", "Please enter a whole number, such as 60."),
        ("Minutes", "9" * 10_000, "Please enter a whole number, such as 60."),
        ("Kind", "E-mail", "Please choose one of these."),
        ("Notes", "x" * 10_000, "Please keep this under 3,000 characters. It has 10,000 now."),
        ("Action items", "x\n" * 5_000, "Please keep this under 3,000 characters. It has 9,999 now."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    label: str, typed: str, problem: str, asked: Asked, go: Open, match_id: UUID, units: Units
) -> None:
    told = {"Kind": "Video", "Notes": "Kept.", label: typed}
    again = go(Purpose.MATCH_LOG, asked.mentor.id, match_id).press("Save", told)
    assert (again.status, again.problem(label)) == (422, problem)
    assert again.control("Minutes" if label != "Minutes" else "Date").value != ""
    assert (again.control("Notes").value.strip() == "Kept.") is (label != "Notes")
    assert meetings(units) == []


def test_others_cannot_open_it(asked: Asked, go: Open, match_id: UUID, units: Units) -> None:
    for stranger in (asked.other, make.student(units)):
        assert go(Purpose.MATCH_LOG, stranger.id, match_id).status == 404
