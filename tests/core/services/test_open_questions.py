"""Open questions as a mentor looks through them."""

from datetime import timedelta
from uuid import UUID

import pytest

from core.models import Block
from core.rules.questions import MentorsOnly
from core.services.open_questions import OpenQuestions, open_list
from core.services.people import Person
from core.services.question_claims import claim_question
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make


def ask(units: Units, student: Person, *topics: str, hour: int = 0) -> UUID:
    return make.question(later(units, NOON + timedelta(hours=hour)), student, topics=list(topics))


def looked_at(units: Units, mentor: Person, topic: str = "", page: int = 1, size: int = 2) -> OpenQuestions:
    with units.read(member(mentor.id)) as reading:
        return open_list(reading, mentor.id, topic, page, size)


def ids(units: Units, mentor: Person, topic: str = "") -> list[UUID]:
    return [one.question_id for one in looked_at(units, mentor, topic, size=9).questions]


def test_questions_on_a_mentors_topics_stand_first_and_the_oldest_before_the_rest(units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units, skills=("Kubernetes", "Python"))
    old, new = ask(units, student, "Chess"), ask(units, student, "Law", hour=3)
    one, both = ask(units, student, "k8s", "Chess", hour=2), ask(units, student, "python", "k8s", hour=4)
    assert ids(units, mentor) == [both, one, old, new]
    assert looked_at(units, mentor).fitting == {one, both}


def test_the_list_holds_nothing_of_ones_own_and_nothing_that_is_claimed(units: Units) -> None:
    student, mentor, other = make.student(units), make.mentor(units), make.mentor(units)
    ask(units, mentor, "Law")
    claimed, left = ask(units, student, "Law"), ask(units, student, "Law", hour=1)
    with units.work(member(other.id)) as work:
        claim_question(work, claimed)
    assert ids(units, mentor) == [left]


@pytest.mark.parametrize("by_mentor", [True, False])
def test_who_is_kept_apart_does_not_see_each_others_questions(units: Units, by_mentor: bool) -> None:
    student, mentor = make.student(units), make.mentor(units)
    ask(units, student, "Law")
    one, other = (mentor, student) if by_mentor else (student, mentor)
    with units.work(SYSTEM) as work:
        work.session.add(Block(user_id=one.id, other_id=other.id))
    assert ids(units, mentor) == []
    assert looked_at(units, mentor).all == 0


def test_a_topic_filters_whatever_its_spelling_and_each_meaning_is_offered_once(units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units)
    first, second = ask(units, student, "k8s", "Law"), ask(units, student, "Kubernetes", hour=1)
    ask(units, student, "Chess", hour=2)
    assert ids(units, mentor, "Kubernetes") == [first, second]
    assert looked_at(units, mentor).topics == ("Kubernetes", "Chess", "Law")


def test_pages_hold_every_question_once_and_a_page_too_far_is_the_last(units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units)
    all_ = [ask(units, student, "Law", hour=hour) for hour in range(5)]
    pages = [looked_at(units, mentor, page=number) for number in (1, 2, 3)]
    assert [one.question_id for page in pages for one in page.questions] == all_
    assert {page.pages for page in pages} == {3}
    assert looked_at(units, mentor, page=9).page == 3
    assert looked_at(units, mentor, "Chess").questions == ()


def test_the_list_is_for_mentors(units: Units) -> None:
    student = make.student(units)
    with units.read(member(student.id)) as reading, pytest.raises(MentorsOnly):
        open_list(reading, student.id)
