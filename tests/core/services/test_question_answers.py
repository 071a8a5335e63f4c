"""Answered, rated once by who asked, and read by others only where both allow it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from core.notifications import Kind
from core.rules.errors import DomainError, InvalidFields, NotFound
from core.rules.questions import (
    AlreadyRated,
    ClaimEnding,
    KeptBetweenTwo,
    QuestionMoved,
    QuestionState,
    QuestionStep,
)
from core.services.people import Person
from core.services.question_answers import allow_reading, mark_answered, rate_answer
from core.services.question_claims import claim_view, posted_question
from core.services.questions import QuestionView, question_view
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.core.services.test_question_claims import Story, outcome

SUMMARY = "Read the notice period first, then the bonus."


class Claimed(Story):
    """A question that Kim has claimed."""

    def __init__(self, units: Units) -> None:
        super().__init__(units)
        self.claim(self.kim)

    def answer(self, person: Person, summary: str = SUMMARY, *, shared: bool = True) -> None:
        with self.at(hours=1).work(member(person.id)) as work:
            mark_answered(work, self.question_id, summary, shared)

    def rate(self, person: Person, rating: int = 5, thanks: str = "That helped.") -> None:
        with self.at(hours=2).work(member(person.id)) as work:
            rate_answer(work, self.question_id, rating, thanks)

    def allow(self, person: Person, *, allowed: bool) -> None:
        with self.at(hours=2).work(member(person.id)) as work:
            allow_reading(work, self.question_id, allowed)

    def view(self, person: Person | None = None) -> QuestionView:
        with self.units.read(member(person.id) if person else SYSTEM) as reading:
            return question_view(reading, self.question_id)


@pytest.fixture
def claimed(units: Units) -> Claimed:
    return Claimed(units)


def test_an_answer_ends_the_turn_and_asks_the_student(claimed: Claimed) -> None:
    claimed.answer(claimed.kim)
    view = claimed.view()
    assert (view.state, view.summary, view.claimer_name) == (QuestionState.ANSWERED, SUMMARY, "Kim Alder")
    assert (view.mentor_consents, view.student_consents, view.may_be_read) == (True, None, False)
    assert (view.next_step, view.next_step_at) == (QuestionStep.NONE, None)
    assert [claim.ending for claim in claimed.claims()] == [ClaimEnding.ANSWERED]
    assert [one.recipient_id for one in claimed.told(Kind.QUESTION_ANSWERED)] == [claimed.mia.id]
    assert len(claimed.told(Kind.QUESTION_CLAIMED)) == 1


def test_only_the_claimer_marks_it_answered(claimed: Claimed) -> None:
    for stranger in (claimed.lee, claimed.mia):
        with pytest.raises(NotFound):
            claimed.answer(stranger)
    claimed.release(claimed.kim)
    with pytest.raises(QuestionMoved):
        claimed.answer(claimed.kim)


@pytest.mark.parametrize("summary", ["", " \n ", "x" * 1501])
def test_a_summary_is_refused_at_its_field(claimed: Claimed, summary: str) -> None:
    with pytest.raises(InvalidFields) as refusal:
        claimed.answer(claimed.kim, summary)
    assert set(refusal.value.problems) == {"summary"}


def test_of_an_answer_a_release_and_a_silence_at_once_one_counts(claimed: Claimed) -> None:
    acts = [lambda: claimed.answer(claimed.kim), lambda: claimed.release(claimed.kim)] * 6
    with ThreadPoolExecutor(12) as pool:
        counted = Counter(pool.map(outcome, acts))
    assert counted == {"done": 1, "question_moved": 11}
    (claim,) = claimed.claims()
    assert (claim.ending is ClaimEnding.ANSWERED) == (claimed.view().state is QuestionState.ANSWERED)


def test_it_is_rated_once_by_who_asked_and_the_mentor_reads_the_thanks(claimed: Claimed) -> None:
    with pytest.raises(QuestionMoved):
        claimed.rate(claimed.mia)
    claimed.answer(claimed.kim)
    for stranger in (claimed.kim, claimed.lee):
        with pytest.raises(NotFound):
            claimed.rate(stranger)
    with ThreadPoolExecutor(8) as pool:
        counted = Counter(pool.map(outcome, [lambda: claimed.rate(claimed.mia)] * 8))
    assert counted == {"done": 1, "already_rated": 7}
    with pytest.raises(AlreadyRated) as refusal:
        claimed.rate(claimed.mia, 1)
    assert refusal.value.facts == {"rating": 5}
    assert [one.recipient_id for one in claimed.told(Kind.QUESTION_RATED)] == [claimed.kim.id]
    assert (claimed.view(claimed.kim).rating, claimed.view(claimed.kim).thanks) == (5, "That helped.")


@pytest.mark.parametrize(
    ("rating", "thanks", "field"), [(0, "", "rating"), (6, "", "rating"), (3, "x" * 1501, "thanks")]
)
def test_what_cannot_be_taken_is_refused_at_its_field(claimed: Claimed, rating: int, thanks: str, field: str) -> None:
    claimed.answer(claimed.kim)
    with pytest.raises(InvalidFields) as refusal:
        claimed.rate(claimed.mia, rating, thanks)
    assert set(refusal.value.problems) == {field}


def test_others_read_the_summary_once_both_agree_and_never_the_rating_or_the_thanks(claimed: Claimed) -> None:
    claimed.answer(claimed.kim)
    claimed.rate(claimed.mia)
    for allowed, summary in ((None, ""), (True, SUMMARY), (False, "")):
        if allowed is not None:
            claimed.allow(claimed.mia, allowed=allowed)
        with pytest.raises(NotFound):
            claimed.view(claimed.lee)
        with claimed.units.read(member(claimed.lee.id)) as reading:
            public = posted_question(reading, claimed.question_id)
        assert (public.claimer_name, public.summary, public.rating, public.thanks) == ("Kim Alder", summary, None, "")


def test_where_the_mentor_said_no_there_is_nothing_to_allow(claimed: Claimed) -> None:
    with pytest.raises(QuestionMoved):
        claimed.allow(claimed.mia, allowed=True)
    claimed.answer(claimed.kim, shared=False)
    with pytest.raises(KeptBetweenTwo):
        claimed.allow(claimed.mia, allowed=True)
    for stranger in (claimed.kim, claimed.lee):
        with pytest.raises(NotFound):
            claimed.allow(stranger, allowed=True)
    assert claimed.view().may_be_read is False


def test_who_had_it_before_reads_nothing_of_anothers_answer(claimed: Claimed) -> None:
    (first,) = claimed.claims()
    claimed.release(claimed.kim)
    claimed.claim(claimed.lee, minutes=30)
    claimed.answer(claimed.lee)
    claimed.rate(claimed.mia)
    with claimed.units.read(member(claimed.kim.id)) as reading:
        seen = claim_view(reading, first.id).question
    assert (seen.summary, seen.rating, seen.thanks) == ("", None, "")


def test_an_answer_stands_whatever_is_pressed_late(claimed: Claimed) -> None:
    claimed.answer(claimed.kim)
    late = later(claimed.units, NOON + timedelta(days=9))
    for act in (claimed.release, claimed.more_time, claimed.answer):
        with pytest.raises(DomainError):
            act(claimed.kim)
    with late.read(SYSTEM) as reading:
        assert question_view(reading, claimed.question_id).state is QuestionState.ANSWERED
