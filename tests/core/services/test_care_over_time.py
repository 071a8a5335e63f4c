"""Health by day, ratings by month, claims by week: kept and counted on the reader's calendar."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import Cohort, Feedback, HealthDay, MatchHealth
from core.rules.checkins import FeedbackKind
from core.rules.health import HealthState
from core.rules.questions import QuestionState
from core.services.health_days import health_weeks, note_health
from core.services.question_reports import QuestionWeek, question_weeks
from core.services.ratings import Rated, ratings
from core.services.trends import Span
from core.uow import SYSTEM, Units
from tests.conftest import NOON, later
from tests.support import factories as make

SPRING = Span(date(2030, 2, 4), date(2030, 3, 1), "Europe/Amsterdam")


def judged(units: Units, state: HealthState, **known: object) -> UUID:
    match_id = make.match(units, make.student(units), make.mentor(units), **known)
    with units.work(SYSTEM) as work:
        work.session.add(MatchHealth(match_id=match_id, state=state, since=work.now, checked_at=work.now))
    return match_id


def note(units: Units) -> None:
    with units.work(SYSTEM) as work:
        note_health(work)


def test_each_day_is_noted_once_and_not_before_there_is_anything(units: Units) -> None:
    note(units)
    judged(units, HealthState.HEALTHY)
    note(units)
    judged(units, HealthState.AT_RISK)
    note(units)
    note(later(units, NOON + timedelta(days=1)))
    with units.read(SYSTEM) as reading:
        rows = reading.session.scalars(select(HealthDay).order_by(HealthDay.day)).all()
    assert [(row.day.day, row.healthy, row.at_risk) for row in rows] == [(1, 1, 0), (2, 1, 1)]


def test_a_week_is_told_by_its_last_day_and_the_present_one_as_it_is_now(units: Units) -> None:
    judged(units, HealthState.HEALTHY)
    for days in (17, 16, 15):  # Tuesday to Thursday
        note(later(units, NOON - timedelta(days=days)))
        judged(units, HealthState.WATCH)
    with units.read(SYSTEM) as reading:
        weeks = health_weeks(reading, SPRING)
    assert [week.monday.day for week in weeks] == [4, 11, 18, 25]
    assert [week.counts and week.counts[HealthState.WATCH] for week in weeks] == [None, 2, None, 3]
    assert [week.is_now for week in weeks] == [False, False, False, True]


def test_the_past_alone_has_no_rows_behind_it(units: Units) -> None:
    judged(units, HealthState.WATCH)
    with units.read(SYSTEM) as reading:
        weeks = health_weeks(reading, Span(date(2030, 1, 7), date(2030, 1, 20), "UTC"))
    assert [(week.counts, week.is_now) for week in weeks] == [(None, False), (None, False)]


@pytest.mark.parametrize("of_cohort", [False, True])
def test_ratings_stand_by_month_on_the_readers_calendar(units: Units, of_cohort: bool) -> None:
    with units.work(SYSTEM) as work:
        cohort = Cohort(name="Spring")
        work.session.add(cohort)
        work.session.flush()
    ours, theirs = judged(units, HealthState.HEALTHY, cohort_id=cohort.id), judged(units, HealthState.HEALTHY)
    late = datetime(2030, 1, 31, 23, 30, tzinfo=UTC)  # February in Amsterdam, where it is 00:30
    with units.work(SYSTEM) as work:
        author = make.person(units).id
        for match_id, rating, said_at in ((ours, 5, NOON), (theirs, 2, NOON), (ours, 3, late), (ours, None, NOON)):
            work.session.add(
                Feedback(match_id=match_id, author_id=author, kind=FeedbackKind.SURVEY, rating=rating, said_at=said_at)
            )
    answered = {"state": QuestionState.ANSWERED, "claimer_id": author, "answered_at": NOON, "summary": "So."}
    make.question(units, make.student(units), rating=4, rated_at=NOON, **answered)
    span = Span(date(2030, 1, 1), date(2030, 3, 1), "Europe/Amsterdam", cohort.id if of_cohort else None)
    with units.read(SYSTEM) as reading:
        months = ratings(reading, span)
    assert [month.first.month for month in months] == [1, 2, 3]
    assert [month.mentorships for month in months] == [
        Rated(), Rated(1, 3.0), Rated(1, 5.0) if of_cohort else Rated(2, 3.5),
    ]  # fmt: skip
    assert months[2].answers == (Rated() if of_cohort else Rated(1, 4.0))


def test_claims_stand_by_the_week_in_which_questions_were_posted(units: Units) -> None:
    mia, kim = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder")
    monday = datetime(2030, 2, 10, 23, 30, tzinfo=UTC)  # in Amsterdam
    for hours in (2, 30):
        asked = make.question(units, mia, posted_at=monday, opened_at=monday)
        make.claim(later(units, monday + timedelta(hours=hours)), asked, kim)
    make.question(units, mia)
    with units.read(SYSTEM) as reading:
        weeks = question_weeks(reading, SPRING)
    assert weeks[1] == QuestionWeek(date(2030, 2, 11), 2, 0.5, 16.0)
    assert weeks[3] == QuestionWeek(date(2030, 2, 25), 1, None, None)  # it may yet be claimed in time
    assert weeks[0].asked == weeks[2].asked == 0
