"""Meetings: either side logs what was held, and both read it."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import Notification
from core.notifications import Kind
from core.rules.errors import InvalidFields, NotFound
from core.rules.roles import Meet
from core.services.meetings import HeldMeeting, log_meeting, meeting_view
from core.services.people import Person
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON
from tests.support import factories as make


def pair(units: Units) -> tuple[Person, Person, UUID]:
    student, mentor = make.student(units), make.mentor(units)
    return student, mentor, make.match(units, student, mentor)


def test_both_sides_read_what_one_side_logged(units: Units) -> None:
    student, mentor, match_id = pair(units)
    held = HeldMeeting(match_id, NOON.date(), 45, Meet.VIDEO, " We met. ", ("Read a paper", "  ", "Write to Kim"))
    with units.work(member(mentor.id)) as work:
        meeting_id = log_meeting(work, held)
    for person in (student, mentor):
        with units.read(member(person.id)) as reading:
            seen = meeting_view(reading, meeting_id)
        assert (seen.author_name, seen.held_on, seen.minutes) == (mentor.name, NOON.date(), 45)
        assert (seen.notes, seen.action_items) == ("We met.", ("Read a paper", "Write to Kim"))
    with units.read(SYSTEM) as reading:
        told = reading.session.scalars(select(Notification).where(Notification.kind == Kind.MEETING_LOGGED)).one()
    assert told.match_id == match_id


def test_nobody_logs_or_reads_meetings_of_others(units: Units) -> None:
    _, mentor, match_id = pair(units)
    stranger = make.student(units)
    held = HeldMeeting(match_id, NOON.date(), 45, Meet.VIDEO)
    with pytest.raises(NotFound), units.work(member(stranger.id)) as work:
        log_meeting(work, held)
    with units.work(member(mentor.id)) as work:
        meeting_id = log_meeting(work, held)
    with pytest.raises(NotFound), units.read(member(stranger.id)) as reading:
        meeting_view(reading, meeting_id)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"held_on": NOON.date() + timedelta(days=1)}, "held_on"),
        ({"held_on": NOON.date() - timedelta(days=400)}, "held_on"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"kind": "Telepathy"}, "kind"),
        ({"notes": "x" * 3001}, "notes"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(units: Units, wrong: dict[str, object], field: str) -> None:
    _, mentor, match_id = pair(units)
    answers = {"match_id": match_id, "held_on": NOON.date(), "minutes": 30, "kind": Meet.CHAT} | wrong
    with pytest.raises(InvalidFields) as refusal, units.work(member(mentor.id)) as work:
        log_meeting(work, HeldMeeting(**answers))  # type: ignore[arg-type]
    assert set(refusal.value.problems) == {field}
