"""The programme over time: weeks on the reader's calendar, how far requests came, what mentors answered."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from core.models import Meeting
from core.rules.meetings import MeetingState
from core.rules.offers import DeclineReason, OfferState
from core.services.offers import accept_offer
from core.services.people import Person
from core.services.trends import Funnel, Span, Week, cohorts, trends
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make

MARCH = Span(date(2030, 2, 25), date(2030, 3, 31), "UTC")
HOUR = timedelta(hours=1)


def set_request(units: Units, request_id: object, **values: object) -> None:
    """Let a request have come at another time, or belong to a cohort."""
    with units.work(SYSTEM) as work:
        for column, value in values.items():
            work.session.execute(
                text(f"UPDATE mentorship_requests SET {column} = :value WHERE id = :id"),
                {"value": value, "id": request_id},
            )


def met(units: Units, match_id: object, times: int) -> None:
    with units.work(SYSTEM) as work:
        for _ in range(times):
            work.session.add(
                Meeting(match_id=match_id, state=MeetingState.HELD, starts_at=NOON, minutes=30, kind="Video")
            )


def asked(units: Units, name: str, *mentors: Person) -> object:
    request_id = make.request(units, make.student(units, name))
    make.wave(units, request_id, *mentors)
    set_request(units, request_id, created_at=NOON)
    return request_id


def test_nothing_is_nothing(units: Units) -> None:
    with units.read(SYSTEM) as reading:
        found = trends(reading, MARCH)
    assert found.weeks[0] == Week(date(2030, 2, 25), 0, 0, None)
    assert len(found.weeks) == 5
    assert found.funnel == Funnel(0, 0, 0, 0, 0)
    assert set(found.answers.values()) == set(found.declines.values()) == {0}


def test_how_far_requests_came(units: Units) -> None:
    kim = make.mentor(units, "Kim Alder", max_mentees=5)
    ids = [asked(units, f"Student {number}", kim) for number in range(4)]
    waiting = make.request(units, make.student(units))
    set_request(units, waiting, created_at=NOON)
    for request_id, times in zip(ids[:3], (0, 1, 3), strict=True):
        with later(units, NOON + 5 * HOUR).work(member(kim.id)) as work:
            offer = work.session.execute(
                text("SELECT id FROM match_offers WHERE request_id = :id"), {"id": request_id}
            ).scalar_one()
            met(units, accept_offer(work, offer), 0)
        with units.read(SYSTEM) as reading:
            match = reading.session.execute(
                text("SELECT id FROM matches WHERE request_id = :id"), {"id": request_id}
            ).scalar_one()
        met(units, match, times)
    with units.work(SYSTEM) as work:
        work.session.execute(text("UPDATE match_offers SET created_at = :noon"), {"noon": NOON})
    with units.read(SYSTEM) as reading:
        found = trends(reading, MARCH)
    assert found.funnel == Funnel(5, 4, 3, 2, 1)
    assert found.weeks[0] == Week(date(2030, 2, 25), 5, 3, 5.0)
    assert found.answers[OfferState.ACCEPTED] == 3
    assert found.answers[OfferState.OPEN] == 1
    assert found.declines[DeclineReason.NO_TIME] == 0


def test_weeks_begin_on_the_readers_monday(units: Units) -> None:
    request_id = make.request(units, make.student(units))
    set_request(units, request_id, created_at=datetime(2030, 3, 3, 23, 30, tzinfo=UTC))  # Monday in Amsterdam
    with units.read(SYSTEM) as reading:
        here = trends(reading, Span(date(2030, 3, 1), date(2030, 3, 10), "Europe/Amsterdam"))
        there = trends(reading, Span(date(2030, 3, 1), date(2030, 3, 10), "America/New_York"))
        before = trends(reading, Span(date(2030, 2, 1), date(2030, 3, 3), "Europe/Amsterdam"))
    assert [week.requests for week in here.weeks] == [0, 1]
    assert [week.requests for week in there.weeks] == [1, 0]
    assert before.funnel.requests == 0


def test_one_cohort_counts_by_itself(units: Units) -> None:
    kim = make.mentor(units, "Kim Alder")
    inside = asked(units, "Inside", kim)
    asked(units, "Outside", kim)
    with units.work(SYSTEM) as work:
        work.session.execute(text("INSERT INTO cohorts (id, name) VALUES (gen_random_uuid(), 'Spring')"))
        work.session.execute(text("UPDATE match_offers SET created_at = :noon"), {"noon": NOON})
        ((cohort_id, name),) = cohorts(work)
    set_request(units, inside, cohort_id=cohort_id)
    with units.read(SYSTEM) as reading:
        found = trends(reading, Span(MARCH.first, MARCH.last, "UTC", cohort_id))
    assert name == "Spring"
    assert (found.funnel.requests, found.funnel.offered) == (1, 1)
    assert found.answers[OfferState.OPEN] == 1
    assert found.weeks[0].requests == 1
