"""A mentor's pause keeps new students away, and ends by itself."""

import pytest
from sqlalchemy import select

from core.models import Notification, new_id
from core.rules.eligibility import Refusal, refusals
from core.rules.mentoring import PAUSE
from core.services.candidates import mentor_facts, request_facts
from core.services.mentoring import NoMentor, end_pause, pause_mentoring, resume_mentoring
from core.services.people import Person
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make


def refused(units: Units, mentor: Person, student: Person) -> bool:
    request_id = make.request(units, student)
    with units.read(SYSTEM) as reading:
        facts = mentor_facts(reading, [mentor.id])[mentor.id]
        return Refusal.PAUSED in refusals(facts, request_facts(reading, request_id), reading.now)


def test_a_paused_mentor_gets_nobody_until_the_pause_ends_or_is_ended(units: Units) -> None:
    mentor = make.mentor(units)
    with units.work(member(mentor.id)) as work:
        until = pause_mentoring(work, mentor.id)
    assert until == NOON + PAUSE
    assert refused(units, mentor, make.student(units))
    assert not refused(later(units, until), mentor, make.student(units))
    with units.work(member(mentor.id)) as work:
        resume_mentoring(work, mentor.id)
    assert not refused(units, mentor, make.student(units))


def test_the_pause_of_who_is_gone_meanwhile_is_nobodys_news(units: Units) -> None:
    with units.work(SYSTEM) as work:
        end_pause(work, new_id())
        assert work.session.scalars(select(Notification)).all() == []


def test_who_does_not_mentor_cannot_pause(units: Units) -> None:
    student = make.student(units)
    with pytest.raises(NoMentor), units.work(member(student.id)) as work:
        pause_mentoring(work, student.id)
