"""Quick questions in figures."""

from datetime import timedelta
from uuid import UUID

from core.models import Question
from core.rules.questions import QuestionState
from core.services.people import Person
from core.services.question_answers import mark_answered, rate_answer
from core.services.question_claims import claim_question, release_question
from core.services.question_reports import QuestionStats, question_stats
from core.uow import SYSTEM, Units, admin, member
from tests.conftest import NOON, later
from tests.support import factories as make


def figures(units: Units, hours: int = 48, **span: object) -> QuestionStats:
    staff = make.person(units, is_admin=True)
    with later(units, NOON + timedelta(hours=hours)).read(admin(staff.id)) as reading:
        return question_stats(reading, **span)  # type: ignore[arg-type]


def claim(units: Units, question_id: UUID, mentor: Person, hour: int) -> None:
    with later(units, NOON + timedelta(hours=hour)).work(member(mentor.id)) as work:
        claim_question(work, question_id)


def test_without_questions_the_figures_say_that_nothing_is_known(units: Units) -> None:
    assert figures(units) == QuestionStats(0, None, None, 0, None, 0, 0)


def test_what_was_asked_claimed_in_time_answered_rated_and_given_back(units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units)
    fast, slow, back, _ = (make.question(units, student) for _ in range(4))
    claim(units, fast, mentor, 2)
    claim(units, slow, mentor, 30)
    claim(units, back, mentor, 4)
    with later(units, NOON + timedelta(hours=5)).work(member(mentor.id)) as work:
        release_question(work, back)
    with later(units, NOON + timedelta(hours=5)).work(member(mentor.id)) as work:
        mark_answered(work, fast, "Read the notice period first.", may_be_read=True)
    with later(units, NOON + timedelta(hours=6)).work(member(student.id)) as work:
        rate_answer(work, fast, 4, "")
    assert figures(units) == QuestionStats(
        asked=4, in_time=0.5, hours_to_claim=4.0, answered=1, mean_rating=4.0, open_now=2, reopened=1
    )


def test_a_question_of_today_counts_once_it_is_claimed_or_its_day_is_over(units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units)
    first = make.question(units, student)
    make.question(units, student)
    claim(units, first, mentor, 1)
    assert figures(units, hours=3).in_time == 1.0
    assert figures(units, hours=24).in_time == 0.5


def test_what_was_taken_back_within_its_day_counts_neither_way(units: Units) -> None:
    student = make.student(units)
    question_id = make.question(units, student)
    with units.work(SYSTEM) as work:
        question = work.session.get_one(Question, question_id)
        question.state, question.closed_at = QuestionState.CLOSED, NOON + timedelta(hours=3)
    assert (figures(units).asked, figures(units).in_time) == (1, None)


def test_figures_can_be_taken_of_a_span_by_when_questions_were_posted(units: Units) -> None:
    make.question(units, make.student(units))
    assert figures(units, since=NOON, until=NOON + timedelta(days=1)).asked == 1
    assert figures(units, since=NOON + timedelta(seconds=1)).asked == 0
    assert figures(units, until=NOON).asked == 0
