"""A mentor's pause, begun and ended from a mail."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from core.links import Purpose
from core.models import Profile
from core.services.mentoring import pause_mentoring
from core.services.people import Person
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON
from tests.support import factories as make
from tests.web.actions.conftest import Open


def profile(units: Units, mentor: Person) -> Profile:
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(select(Profile).where(Profile.user_id == mentor.id)).one()


def test_a_mentor_pauses_for_as_long_as_they_choose(units: Units, go: Open) -> None:
    mentor = make.mentor(units)
    page = go(Purpose.PAUSE, mentor.id, profile(units, mentor).id)
    assert page.heading == "You can be offered new students"
    assert page.control("Pause new students for").options == ["2 weeks", "1 month", "3 months"]
    after = page.press("Pause", {"Pause new students for": "3 months"})
    assert after.heading == "You get no new students until Friday 31 May"
    assert profile(units, mentor).paused_until == NOON + timedelta(days=91)
    assert after.buttons == ["Take new students again"]


def test_one_press_takes_new_students_again(units: Units, go: Open) -> None:
    mentor = make.mentor(units)
    with units.work(member(mentor.id)) as work:
        pause_mentoring(work, mentor.id)
    page = go(Purpose.RESUME, mentor.id, profile(units, mentor).id)
    assert page.heading == "You get no new students until Sunday 31 March"
    after = page.press("Take new students again")
    assert after.heading == "You can be offered new students"
    assert profile(units, mentor).paused_until is None


def test_a_link_pauses_once_and_its_page_carries_another(units: Units, go: Open) -> None:
    mentor = make.mentor(units)
    page = go(Purpose.PAUSE, mentor.id, profile(units, mentor).id)
    resumed = page.press("Pause").press("Take new students again")
    page.press("Pause")
    assert profile(units, mentor).paused_until is None
    assert resumed.press("Pause").heading.startswith("You get no new students")
    assert profile(units, mentor).paused_until is not None


def test_a_span_that_is_not_offered_is_refused(units: Units, go: Open) -> None:
    mentor = make.mentor(units)
    again = go(Purpose.PAUSE, mentor.id, profile(units, mentor).id).press("Pause", {"Pause new students for": "ever"})
    assert (again.status, again.problem("Pause new students for")) == (422, "Please choose one of these.")


def test_who_is_no_mentor_is_told(units: Units, go: Open) -> None:
    page = go(Purpose.PAUSE, make.student(units).id, UUID(int=1))
    assert (page.status, page.heading) == (409, "That is not possible")
    assert "mentors" in page.text
