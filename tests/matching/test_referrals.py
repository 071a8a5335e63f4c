"""From an unclaimed question to the mentors to ask: by topics, by what they say, and once encoded on the way."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from core.models import QuestionVector
from core.rules.errors import NotFound
from core.rules.questions import REFER_AFTER
from core.rules.referrals import Candidate, Fit
from core.services.people import Person
from core.services.question_referrals import refer_question
from core.uow import SYSTEM, Units
from matching.service import Matcher
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.encoder import HashEncoder

LATER = NOON + REFER_AFTER


def referred(units: Units, question_id: UUID) -> tuple[Fit, ...]:
    return Matcher(later(units, LATER), HashEncoder()).refer(question_id)


def cook(units: Units) -> Person:
    return make.mentor(
        units,
        headline="Sourdough bread, mostly",
        goals="Sourdough bread.",
        about="Sourdough bread again.",
        industries=("Food",),
        research=(),
        skills=("Sourdough bread",),
    )


def test_who_names_a_topic_comes_first_and_who_has_nothing_in_common_is_not_asked(units: Units) -> None:
    baker, coder = cook(units), make.mentor(units, skills=("Kubernetes", "Linux"))
    question_id = make.question(units, make.student(units), question="How do I upgrade a cluster?", topics=["k8s"])
    (fit,) = referred(units, question_id)
    assert (fit.mentor_id, fit.shared) == (coder.id, ("k8s",))
    assert 0 < fit.score <= 1
    assert baker.id != fit.mentor_id


def test_who_says_the_same_in_other_tags_is_asked_all_the_same(units: Units) -> None:
    baker = cook(units)
    question_id = make.question(
        units, make.student(units), question="Sourdough bread?", details="Sourdough bread.", topics=["Sourdough"]
    )
    assert [(fit.mentor_id, fit.shared) for fit in referred(units, question_id)] == [(baker.id, ())]


def test_nobody_fits_and_nobody_is_asked(units: Units) -> None:
    cook(units)
    question_id = make.question(units, make.student(units), question="Which law applies here?", topics=["Law"])
    assert referred(units, question_id) == ()


def test_among_equals_the_next_question_goes_to_others(units: Units) -> None:
    for _ in range(6):
        make.mentor(units, skills=("Kubernetes",))
    student = make.student(units)
    asked = []
    for _ in range(2):
        question_id = make.question(units, student, topics=["Kubernetes"])
        fits = referred(units, question_id)
        asked.append({fit.mentor_id for fit in fits})
        with later(units, LATER).work(SYSTEM) as work:
            refer_question(work, question_id, fits)
    assert len(asked[0]) == len(asked[1]) == 3
    assert not asked[0] & asked[1]


def test_a_question_without_a_vector_is_encoded_on_the_way_once(units: Units) -> None:
    make.mentor(units)
    question_id = make.question(units, make.student(units), topics=["Python"])
    referred(units, question_id)
    referred(units, question_id)
    with units.read(SYSTEM) as reading:
        assert reading.session.scalar(select(func.count()).select_from(QuestionVector)) == 1


def test_another_rule_may_choose(units: Units) -> None:
    make.mentor(units)
    question_id = make.question(units, make.student(units), topics=["Python"])

    def everybody(candidates: list[Candidate], topics: int) -> tuple[Fit, ...]:
        return tuple(Fit(one.mentor_id, topics) for one in candidates)

    (fit,) = Matcher(later(units, LATER + timedelta(hours=1)), HashEncoder()).refer(question_id, everybody)
    assert fit.score == 1


def test_a_question_that_is_gone_is_not_found(units: Units) -> None:
    with pytest.raises(NotFound):
        referred(units, UUID(int=1))
