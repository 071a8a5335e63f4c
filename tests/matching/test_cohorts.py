"""A whole intake matched on a real database: scored as students are, within the hard rules, at the best total."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from core.models import Block, Profile
from core.rules.eligibility import Refusal
from core.services.intakes import intake_of
from core.services.people import Person
from core.uow import SYSTEM, Units
from matching import cohorts
from matching.cohorts import Matched
from matching.service import Matcher
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.encoder import HashEncoder


def matched(units: Units, *, include_offered: bool = False) -> Matched:
    with units.read(SYSTEM) as reading:
        intake = intake_of(reading, None, include_offered=include_offered)
    return Matcher(units, HashEncoder()).match_intake(intake)


def plan(found: Matched) -> dict[UUID, UUID | None]:
    return {student.request.student.user_id: student.chosen for student in found.students}


def asking(units: Units, name: str, *skills: str) -> Person:
    person = make.student(units, name, skills=skills or ("Python",))
    make.request(units, person)
    return person


def test_it_gives_up_a_best_pair_for_the_best_total(units: Units) -> None:
    """Both fit Kim; Lea fits nobody else nearly as well. Who takes the best pair first leaves Lea with Sam."""
    mia, lea = asking(units, "Mia", "Python", "Statistics"), asking(units, "Lea", "Python", "Statistics", "Sewing")
    kim = make.mentor(units, "Kim", skills=("Python", "Statistics"), max_mentees=1)
    sam = make.mentor(units, "Sam", skills=("Statistics", "Sewing"), max_mentees=1)
    found = matched(units)
    assert plan(found) == {mia.id: kim.id, lea.id: sam.id}
    assert found.optimum.students == 2
    assert found.optimum.points >= found.greedy.points
    assert found.optimum.points == pytest.approx(
        sum(each.score for student in found.students for each in student.kept if each.mentor_id == student.chosen)
    )


def test_scores_are_those_that_the_student_would_be_found_by(units: Units) -> None:
    for skill in ("Python", "Sewing", "Rust"):
        make.mentor(units, skills=(skill, "Genomics"))
    mia = make.student(units, skills=("Python", "Genomics"))
    request = make.request(units, mia)
    matcher = Matcher(units, HashEncoder())
    (student,) = matcher.match_intake([request]).students
    assert student.kept == matcher.find(request).proposals


def test_hard_rules_hold_and_who_is_left_over_is_told_why(units: Units) -> None:
    mia = asking(units, "Mia", "Python")
    blocked, paused, full, foreign = (make.mentor(units, skills=("Python",)) for _ in range(4))
    with units.work(SYSTEM) as work:
        work.session.add(Block(user_id=mia.id, other_id=blocked.id))
        for mentor, values in (
            (paused, {"paused_until": NOON + timedelta(days=1)}),
            (full, {"max_mentees": 0}),
            (foreign, {"languages": ["Finnish"]}),
        ):
            work.session.execute(update(Profile).where(Profile.user_id == mentor.id).values(values))
    (student,) = matched(units).students
    assert (student.chosen, student.kept) == (None, ())
    assert student.refused == {
        why.value: 1 for why in (Refusal.EXCLUDED, Refusal.PAUSED, Refusal.NO_ROOM, Refusal.NO_SHARED_LANGUAGE)
    }


def test_offers_of_the_intake_count_as_taken_back_and_those_of_others_do_not(units: Units) -> None:
    kim = make.mentor(units, "Kim", max_mentees=1)
    mia, lea = make.student(units, "Mia"), make.student(units, "Lea")
    make.wave(units, make.request(units, mia), kim)
    make.wave(units, make.request(units, lea), kim)
    asking(units, "Zoe")
    (zoe,) = matched(units).students
    assert (zoe.chosen, zoe.refused) == (None, {Refusal.EXPOSURE.value: 1})
    everybody = matched(units, include_offered=True)
    assert sorted(str(chosen) for chosen in plan(everybody).values()) == sorted([str(kim.id), "None", "None"])


def test_who_is_left_over_by_a_short_list_gets_who_has_a_place(units: Units) -> None:
    for name in ("Mia", "Lea", "Zoe"):
        asking(units, name, "Python")
    make.mentor(units, "Kim", skills=("Python",), max_mentees=1)
    for _ in range(2):
        make.mentor(units, skills=("Sewing",), max_mentees=1)
    with units.read(SYSTEM) as reading:
        intake = intake_of(reading, None, include_offered=False)
    matcher = Matcher(units, HashEncoder())
    matcher.warm()
    found = cohorts.match_intake(units, matcher.sources, intake, shortlist=1)
    assert found.optimum.students == 3
    assert None not in plan(found).values()


def test_some_of_the_mentors_kept_have_a_place_left(units: Units, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cohorts, "ALTERNATIVES", 2)
    monkeypatch.setattr(cohorts, "WITH_ROOM", 1)
    students = [asking(units, f"Student {number}", "Python") for number in range(4)]
    best = [make.mentor(units, skills=("Python",), max_mentees=1) for _ in range(4)]
    far = make.mentor(units, skills=("Sewing",), max_mentees=1)
    found = matched(units)
    assert {*plan(found).values()} == {mentor.id for mentor in best}
    for student in found.students:
        assert far.id in [each.mentor_id for each in student.kept]
        assert len(student.kept) == 3
    assert len(students) == len(found.students)


def test_nobody_to_match_and_nobody_to_match_with(units: Units) -> None:
    assert matched(units).students == ()
    asking(units, "Mia")
    (student,) = matched(units).students
    assert (student.chosen, student.refused) == (None, {})


def test_a_student_without_a_profile_any_more_is_passed_over(units: Units) -> None:
    mia = asking(units, "Mia")
    make.mentor(units)
    with units.work(SYSTEM) as work:
        work.session.delete(work.session.query(Profile).filter(Profile.user_id == mia.id).one())
    assert matched(units).students == ()


def test_everybody_who_asked_is_there_in_the_order_they_asked(units: Units) -> None:
    names = [asking(units, f"Student {number}", "Python").id for number in range(3)]
    assert [student.request.student.user_id for student in matched(units).students] == names
    assert replace(matched(units), seconds={}) == replace(matched(units), seconds={})
