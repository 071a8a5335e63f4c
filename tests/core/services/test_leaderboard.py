"""The leaderboard: who stands on it, in which month, and what nobody else reads."""

from dataclasses import fields
from datetime import datetime, timedelta

from core.models import Question, User
from core.rules.leaderboard import Line, month_of
from core.rules.questions import QuestionState
from core.rules.roles import PersonState
from core.services.leaderboard import leaderboard
from core.services.people import Person
from core.services.preferences import preferences_of, save_preferences, show_on_leaderboard
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON
from tests.support import factories as make


def answered(units: Units, mentor: Person, *ratings: int | None, at: datetime = NOON) -> None:
    """This mentor answered so many questions, with these ratings."""
    student = make.student(units)
    for rating in ratings:
        question_id = make.question(units, student)
        make.claim(units, question_id, mentor)
        with units.work(SYSTEM) as work:
            question = work.session.get_one(Question, question_id)
            question.state, question.answered_at = QuestionState.ANSWERED, at
            question.rating, question.rated_at = rating, at if rating else None


def board(units: Units, reader: Person, since: datetime | None = None) -> list[tuple[int, str, int, int]]:
    with units.read(member(reader.id)) as reading:
        lines = leaderboard(reading, since, reader.id).lines
    return [(line.place, line.name, line.well_rated, line.answered) for line in lines]


def test_well_rated_answers_count_before_answers_and_places_are_shared(units: Units) -> None:
    ann, bea, cem, dov = (make.mentor(units, name) for name in ("Ann", "Bea", "Cem", "Dov"))
    answered(units, ann, 3, None, 1, 2)
    answered(units, bea, 5)
    answered(units, cem, 4)
    answered(units, dov, 5, None)
    assert board(units, ann) == [(1, "Dov", 1, 2), (2, "Bea", 1, 1), (2, "Cem", 1, 1), (4, "Ann", 0, 4)]


def test_a_month_counts_what_was_answered_in_it(units: Units) -> None:
    ann, bea = make.mentor(units, "Ann"), make.mentor(units, "Bea")
    answered(units, ann, 5, at=month_of(NOON))
    answered(units, bea, 5, at=month_of(NOON) - timedelta(seconds=1))
    assert board(units, ann, month_of(NOON)) == [(1, "Ann", 1, 1)]
    assert [name for _, name, _, _ in board(units, ann)] == ["Ann", "Bea"]


def test_who_stands_aside_is_seen_by_nobody_but_themselves(units: Units) -> None:
    ann, bea = make.mentor(units, "Ann"), make.mentor(units, "Bea")
    answered(units, ann, 5, 5)
    answered(units, bea, 5)
    with units.work(member(ann.id)) as work:
        show_on_leaderboard(work, ann.id, shown=False)
    assert board(units, bea) == [(1, "Bea", 1, 1)]
    assert board(units, ann) == [(1, "Ann", 2, 2), (2, "Bea", 1, 1)]


def test_who_left_is_not_on_it(units: Units) -> None:
    ann, bea = make.mentor(units, "Ann"), make.mentor(units, "Bea")
    answered(units, ann, 5)
    answered(units, bea, 5)
    with units.work(SYSTEM) as work:
        work.session.get_one(User, ann.id).state = PersonState.LEFT
    assert [name for _, name, _, _ in board(units, bea)] == ["Bea"]


def test_a_line_holds_counts_and_no_rating() -> None:
    assert {field.name for field in fields(Line)} == {"place", "mentor_id", "name", "well_rated", "answered", "shown"}


def test_mentors_are_asked_whether_others_see_them_and_students_are_not(units: Units) -> None:
    ann, student = make.mentor(units), make.student(units)
    with units.work(member(ann.id)) as work:
        assert preferences_of(work, ann.id).on_leaderboard is True
        show_on_leaderboard(work, ann.id, shown=False)
        assert preferences_of(work, ann.id).on_leaderboard is False
    with units.work(member(student.id)) as work:
        told = preferences_of(work, student.id)
        assert told.on_leaderboard is None
        save_preferences(work, student.id, told)
        assert preferences_of(work, student.id) == told
