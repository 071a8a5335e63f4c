"""Meetings by links in mails: times proposed and picked, a meeting answered, confirmed and corrected, an item done."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from core.config import Settings
from core.links import Links, Purpose
from core.models import Meeting
from core.rules.meetings import MeetingState
from core.services.people import Person
from core.uow import SYSTEM, Units
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.pages import Page, visit
from tests.web.actions.conftest import LATER, Asked, Open, browser, held, proposed

TIMES = {"First time": "2030-03-04T14:00", "Second time": "2030-03-05T14:00", "Third time": "2030-03-06T09:30"}
PROPOSAL = TIMES | {"Kind": "Video", "Agenda": "Your plan"}


@pytest.fixture
def match_id(asked: Asked, units: Units) -> UUID:
    return make.match(units, asked.student, asked.mentor)


def row(units: Units) -> Meeting:
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(select(Meeting).order_by(Meeting.id.desc()).limit(1)).one()


def test_times_are_proposed_on_the_readers_own_clock(asked: Asked, go: Open, match_id: UUID, units: Units) -> None:
    page = go(Purpose.MEETING_SCHEDULE, asked.mentor.id, match_id)
    assert page.heading == "Schedule a meeting with Mia Tan"
    assert "Amsterdam time" in page.text
    assert page.press("Send", PROPOSAL).heading == "Mia Tan has your times"
    found = row(units)
    assert (found.state, found.author_id, found.agenda) == (MeetingState.PROPOSED, asked.mentor.id, "Your plan")
    assert found.proposals[0] == {"starts_at": "2030-03-04T13:00:00+00:00"}


@pytest.mark.parametrize(
    ("label", "typed", "problem"),
    [
        ("First time", "2030-02-28T14:00", "This time has passed. Please choose one that is still to come."),
        ("Second time", "2030-03-04T14:00", "You have named this time already. Please choose another one."),
        ("Third time", "2032-03-04T14:00", "This is more than a year ahead. Please check the date."),
        ("Third time", "soon", "Please choose a date and a time. Typed, it looks like 2030-01-31T14:00."),
        ("Third time", "2030-03-31T02:30", "Clocks go forward that night, and there is no such time. "),
        ("Minutes", "0", "Please enter how many minutes you plan, up to a day."),
        ("Kind", "", "Please choose one of these."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    label: str, typed: str, problem: str, asked: Asked, go: Open, match_id: UUID
) -> None:
    again = go(Purpose.MEETING_SCHEDULE, asked.mentor.id, match_id).press("Send", PROPOSAL | {label: typed})
    assert again.status == 422
    assert again.problem(label).startswith(problem)
    assert again.control("Agenda").value.strip() == "Your plan"


def test_an_hour_that_comes_twice_is_the_first_of_the_two(asked: Asked, go: Open, match_id: UUID, units: Units) -> None:
    twice = PROPOSAL | {"First time": "2030-10-27T02:30"}
    go(Purpose.MEETING_SCHEDULE, asked.mentor.id, match_id).press("Send", twice)
    assert row(units).proposals[0] == {"starts_at": "2030-10-27T00:30:00+00:00"}


def test_a_time_is_picked_once_and_a_stale_page_says_so(asked: Asked, go: Open, match_id: UUID, units: Units) -> None:
    meeting_id = proposed(units, asked.mentor, match_id)
    page = go(Purpose.MEETING_PICK, asked.student.id, meeting_id)
    assert page.heading == "Kim Alder would like to meet you"
    assert page.buttons[0] == "Sunday 3 March, 13:00 (Amsterdam time)"
    stale = go(Purpose.MEETING_PICK, asked.student.id, meeting_id, LATER - timedelta(days=1))
    assert page.press(page.buttons[1]).heading == "You agreed on a time with Kim Alder"
    assert row(units).starts_at == NOON + timedelta(days=3)
    late = stale.press("None of these")
    assert (late.status, late.heading) == (409, "You agreed on a time with Kim Alder")
    assert go(Purpose.MEETING_PICK, asked.mentor.id, meeting_id).status == 200
    assert go(Purpose.MEETING_PICK, asked.other.id, meeting_id).status == 404


def test_none_of_these(asked: Asked, go: Open, match_id: UUID, units: Units) -> None:
    page = go(Purpose.MEETING_PICK, asked.student.id, proposed(units, asked.mentor, match_id))
    assert page.press("None of these").heading == "None of these times was picked"
    assert row(units).state is MeetingState.CANCELLED


def test_a_time_that_has_passed_says_so_and_can_be_followed_by_another(
    asked: Asked, match_id: UUID, units: Units, settings: Settings, links: Links
) -> None:
    meeting_id = proposed(units, asked.mentor, match_id)
    client = browser(settings, later(units, NOON + timedelta(days=2, hours=1)))
    page = visit(client, links.url(Purpose.MEETING_PICK, asked.student.id, meeting_id, LATER))
    again = page.press(page.buttons[0])
    assert again.alerts == ["This time has passed. Please pick another one, or “None of these”."]
    assert again.press(again.buttons[1]).heading == "You agreed on a time with Kim Alder"


def at(asked: Asked, settings: Settings, links: Links, reader: Person, meeting_id: UUID, **ahead: float) -> Page:
    client = browser(settings, later(asked.units, NOON + timedelta(**ahead)))
    return visit(client, links.url(Purpose.MEETING, reader.id, meeting_id, LATER))


def test_a_planned_meeting_is_called_off_or_answered(
    asked: Asked, go: Open, match_id: UUID, units: Units, settings: Settings, links: Links
) -> None:
    for answer, state in (("Cancel meeting", "cancelled"), ("We met", "held"), ("We didn't", "missed")):
        meeting_id = proposed(units, asked.mentor, match_id)
        assert go(Purpose.MEETING, asked.student.id, meeting_id).heading == "No time is picked yet"
        page = go(Purpose.MEETING_PICK, asked.student.id, meeting_id)
        page.press(page.buttons[0])
        ahead = {"days": 0.0} if answer == "Cancel meeting" else {"days": 2.0, "hours": 1.0}
        page = at(asked, settings, links, asked.mentor, meeting_id, **ahead)
        assert answer in page.buttons
        page.press(answer)
        assert row(units).state == state
        with units.work(SYSTEM) as work:
            work.session.execute(delete(Meeting))


def test_after_all(asked: Asked, match_id: UUID, units: Units, settings: Settings, links: Links, go: Open) -> None:
    meeting_id = proposed(units, asked.mentor, match_id)
    page = go(Purpose.MEETING_PICK, asked.student.id, meeting_id)
    page.press(page.buttons[0])
    at(asked, settings, links, asked.mentor, meeting_id, days=3).press("We didn't")
    page = at(asked, settings, links, asked.student, meeting_id, days=3)
    assert page.heading == "You did not meet"
    assert page.press("We met after all").heading == "Your meeting with Kim Alder"


def test_a_meeting_is_confirmed_or_corrected_and_both_versions_stand(
    asked: Asked, go: Open, match_id: UUID, units: Units
) -> None:
    meeting_id, _ = held(units, asked.mentor, match_id)
    page = go(Purpose.MEETING, asked.student.id, meeting_id)
    assert "1 March, 30 minutes, video" in page.text
    assert (page.control("Minutes").value, page.control("Kind").value) == ("30", "Video")
    wrong = page.press("Save", {"Minutes": "0"})
    assert (wrong.status, wrong.opened) == (422, ["Correct"])
    corrected = page.press("Save", {"Minutes": "50"})
    assert "You two tell this meeting differently" in corrected.text
    assert all(f"{name} says" in corrected.text for name in ("Mia Tan", "Kim Alder"))
    settled = go(Purpose.MEETING, asked.mentor.id, meeting_id).press("Confirm")
    assert "Both of you agree on this." in settled.text
    assert row(units).minutes == 50
    again = go(Purpose.MEETING, asked.student.id, meeting_id).press("Save", {"Minutes": "55"})
    assert again.status == 200


def test_an_item_is_done(asked: Asked, go: Open, match_id: UUID, units: Units) -> None:
    _, item_id = held(units, asked.mentor, match_id)
    page = go(Purpose.ITEM, asked.student.id, item_id)
    assert page.heading == "Something you wanted to do"
    assert page.press("Done").heading == "This is done"
    assert go(Purpose.ITEM, asked.other.id, item_id).status == 404


def test_others_see_nothing(asked: Asked, go: Open, match_id: UUID, units: Units) -> None:
    meeting_id, _ = held(units, asked.mentor, match_id)
    for purpose, subject in ((Purpose.MEETING, meeting_id), (Purpose.MEETING_SCHEDULE, match_id)):
        assert go(purpose, asked.other.id, subject).status == 404
