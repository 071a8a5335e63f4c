"""Questions that ask the same: found by their vectors, and never one that may not be read."""

from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from core.models import Block, Question, QuestionVector
from core.rules.errors import NotFound
from core.rules.questions import MOST_SIMILAR
from core.services.people import Person
from core.uow import SYSTEM, Units
from embeddings.answered import AnsweredQuestions
from embeddings.questions import QuestionEncoder, question_text
from embeddings.vectors import unit
from matching.service import Matcher
from matching.similar import similar
from tests.support import factories as make
from tests.support import quick_questions as ask
from tests.support.encoder import HashEncoder

GAP = "How do I explain a gap year in an interview?"
SAME = "How do I explain a gap year in my interview?"
OTHER = "Which microscope for living cells?"


class NewEncoder(HashEncoder):
    name = "new"


@pytest.fixture
def mia(units: Units) -> Person:
    return make.person(units, "Mia Tan")


@pytest.fixture
def noor(units: Units) -> Person:
    return make.person(units, "Noor Haddad")


@pytest.fixture
def kim(units: Units) -> Person:
    return make.mentor(units, "Kim Alder")


@pytest.fixture
def matcher(units: Units) -> Matcher:
    return Matcher(units, HashEncoder())


def vectors(units: Units) -> int:
    with units.read(SYSTEM) as reading:
        return reading.session.scalar(select(func.count(QuestionVector.id))) or 0


@given(st.integers(0, 12).flatmap(lambda count: st.tuples(st.just(count), st.integers(0, 2**32 - 1), st.floats(-1, 1))))
def test_what_is_found_is_alike_enough_and_the_most_alike_comes_first(drawn: tuple[int, int, float]) -> None:
    count, seed, threshold = drawn
    rows = unit(np.random.default_rng(seed).standard_normal((count + 1, 8)).astype(np.float32))
    ids = [UUID(int=number) for number in range(count)]
    found = similar(rows[-1], ids, rows[:-1], threshold)
    cosine = {id_: float(row @ rows[-1]) for id_, row in zip(ids, rows, strict=False)}
    assert [cosine[id_] for id_ in found] == sorted((cosine[id_] for id_ in found), reverse=True)
    assert all((cosine[id_] > threshold - 1e-5) == (id_ in found) for id_ in ids if abs(cosine[id_] - threshold) > 1e-4)


def test_what_is_compared_does_not_depend_on_the_order_of_topics_or_on_spaces() -> None:
    assert question_text("Why\n so?", ["b", "A"]) == question_text(" Why so? ", ["A", "b"]) == "A, b: Why so?"


def test_an_answered_question_is_found_again(
    units: Units, matcher: Matcher, mia: Person, noor: Person, kim: Person
) -> None:
    known, _ = ask.answered(units, noor, kim, GAP), ask.answered(units, noor, kim, OTHER)
    matcher.warm()
    assert matcher.similar_questions(ask.asked(units, mia, SAME)) == [known]
    assert matcher.similar_questions(ask.asked(units, mia, "Where do I park?", "Parking")) == []


def test_one_that_was_answered_a_moment_ago_is_found_too(
    units: Units, matcher: Matcher, mia: Person, noor: Person, kim: Person
) -> None:
    matcher.warm()
    draft = ask.asked(units, mia, SAME)
    assert matcher.similar_questions(draft) == []
    waits = ask.answered(units, noor, kim, GAP, student_consents=None)
    matcher.encode_questions()
    assert matcher.similar_questions(draft) == []
    with units.work(SYSTEM) as work:
        work.session.execute(update(Question).where(Question.id == waits).values(student_consents=True))
    assert matcher.similar_questions(draft) == [waits]
    with units.work(SYSTEM) as work:
        work.session.execute(update(Question).where(Question.id == waits).values(mentor_consents=False))
    assert matcher.similar_questions(draft) == []


def test_who_is_kept_apart_is_not_found_and_three_others_are(
    units: Units, matcher: Matcher, mia: Person, noor: Person, kim: Person
) -> None:
    others = [make.mentor(units) for _ in range(MOST_SIMILAR + 1)]
    hidden = ask.answered(units, noor, kim, SAME)
    shown = [ask.answered(units, noor, other, GAP) for other in others]
    with units.work(SYSTEM) as work:
        work.session.add(Block(user_id=kim.id, other_id=mia.id))
    matcher.warm()
    found = matcher.similar_questions(ask.asked(units, mia, SAME))
    assert hidden not in found
    assert len(found) == MOST_SIMILAR
    assert set(found) < set(shown)


def test_a_question_does_not_find_itself_and_one_that_is_gone_is_an_error(
    units: Units, matcher: Matcher, mia: Person, kim: Person
) -> None:
    known = ask.answered(units, mia, kim, GAP)
    matcher.warm()
    assert matcher.similar_questions(known) == []
    with pytest.raises(NotFound):
        matcher.similar_questions(UUID(int=0))


def test_a_question_is_encoded_once(units: Units, matcher: Matcher, mia: Person) -> None:
    draft = ask.asked(units, mia)
    for _ in range(2):
        matcher.similar_questions(draft)
    assert vectors(units) == 1


def test_another_model_encodes_what_was_posted_and_finds_it(
    units: Units, matcher: Matcher, mia: Person, noor: Person, kim: Person
) -> None:
    known = ask.answered(units, noor, kim, GAP)
    ask.asked(units, noor, "A draft?")
    matcher.warm()
    encoder = NewEncoder()
    changed = Matcher(units, encoder)
    changed.warm()
    assert vectors(units) == 2
    assert changed.similar_questions(ask.asked(units, mia, SAME)) == [known]
    encoder.encoded.clear()
    changed.encode_questions()
    assert encoder.encoded == []


def test_erased_questions_leave_the_process_too(units: Units, noor: Person, kim: Person) -> None:
    encoder = HashEncoder()
    first, second = ask.answered(units, noor, kim, GAP), ask.answered(units, noor, kim, OTHER)
    QuestionEncoder(units, encoder).catch_up()
    known = AnsweredQuestions(encoder)
    known.refresh(units)
    assert set(known.known.ids) == {first, second}
    before = known.known
    known.refresh(units)
    assert known.known is before  # nothing changed, nothing was read
    with units.work(SYSTEM) as work:
        work.session.execute(delete(Question).where(Question.id == first))
    known.refresh(units)
    assert known.known.ids == (second,)
    assert known.known.rows.shape == (1, encoder.dim)


def test_one_that_is_erased_while_it_is_encoded_has_no_vector(units: Units, mia: Person) -> None:
    draft = ask.asked(units, mia)

    class Erasing(HashEncoder):
        def encode(self, texts):  # type: ignore[no-untyped-def]
            with units.work(SYSTEM) as work:
                work.session.execute(delete(Question).where(Question.id == draft))
            return super().encode(texts)

    assert QuestionEncoder(units, Erasing()).vector(draft) is not None
    assert vectors(units) == 0
