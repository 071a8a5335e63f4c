"""Questions before deciding: relayed both ways without a name, while the deadline waits."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import Notification, Offer, OfferQuestion, Request
from core.notifications import Kind
from core.rules.errors import DomainError, InvalidFields, NotFound
from core.rules.offer_questions import (
    LEAST_TIME,
    PATIENCE,
    NoMoreQuestions,
    QuestionAnswered,
    QuestionClosed,
    QuestionWaiting,
)
from core.rules.offers import OFFER_TIME, DeclineReason, OfferClosed, OfferState
from core.rules.requests import RequestState
from core.services.due import expire_offers, offers_over, reminders
from core.services.offer_questions import answer_question, ask_before_deciding, question_view
from core.services.offers import accept_offer, decline_offer, offer_card
from core.services.people import Person
from core.services.requests import cancel_request
from core.services.standing import status
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make


class Story:
    """A student, two mentors asked about them, and what happens at which hour."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.student, self.mentor, self.other = make.student(units, "Mia Tan"), make.mentor(units), make.mentor(units)
        self.request_id = make.request(units, self.student)
        make.wave(units, self.request_id, self.mentor, self.other)

    def at(self, hours: float) -> Units:
        return later(self.units, NOON + timedelta(hours=hours))

    def offer(self, mentor: Person | None = None) -> Offer:
        with self.units.read(SYSTEM) as reading:
            asked = (mentor or self.mentor).id
            return reading.session.scalars(select(Offer).where(Offer.mentor_id == asked)).one()

    def ask(self, hours: float = 0, text: str = "Have you worked in a laboratory?") -> UUID:
        with self.at(hours).work(member(self.mentor.id)) as work:
            return ask_before_deciding(work, self.offer().id, text)

    def answer(self, question_id: UUID, hours: float = 1, text: str = "For two summers.") -> None:
        with self.at(hours).work(member(self.student.id)) as work:
            answer_question(work, question_id, text)

    def request(self) -> Request:
        with self.units.read(SYSTEM) as reading:
            return reading.session.get_one(Request, self.request_id)

    def told(self, kind: Kind) -> list[UUID | None]:
        with self.units.read(SYSTEM) as reading:
            rows = select(Notification.recipient_id).where(Notification.kind == kind, Notification.updates_id.is_(None))
            return list(reading.session.scalars(rows))


@pytest.fixture
def story(units: Units) -> Story:
    return Story(units)


def test_a_question_reaches_the_student_and_the_answer_the_mentor(story: Story) -> None:
    question_id = story.ask()
    assert story.told(Kind.OFFER_QUESTION) == [story.student.id]
    story.answer(question_id)
    assert story.told(Kind.OFFER_ANSWER) == [story.mentor.id]
    with story.units.read(member(story.mentor.id)) as reading:
        (exchange,) = offer_card(reading, story.offer().id).questions
    assert (exchange.question, exchange.answer) == ("Have you worked in a laboratory?", "For two summers.")
    with story.units.read(member(story.student.id)) as reading:
        assert status(reading, story.request_id).questions == (exchange,)


def test_the_student_learns_no_name_from_a_question(story: Story) -> None:
    question_id = story.ask()
    with story.units.read(member(story.student.id)) as reading:
        view = question_view(reading, question_id)
        names = reading.session.execute(select(OfferQuestion)).all()
    assert len(names) == 1
    assert not [value for value in vars(view).values() if value == story.mentor.name]


def test_the_deadline_of_this_offer_waits_and_the_wave_with_it(story: Story) -> None:
    question_id = story.ask(hours=10)
    assert story.offer().deadline == NOON + OFFER_TIME + PATIENCE
    assert story.offer(story.other).deadline == NOON + OFFER_TIME
    assert story.request().next_step_at == NOON + OFFER_TIME + PATIENCE
    story.answer(question_id, hours=13)
    assert story.offer().deadline == story.request().next_step_at == NOON + OFFER_TIME + timedelta(hours=3)


def test_the_others_time_runs_on_and_the_wave_ends_with_the_last(story: Story) -> None:
    story.ask(hours=70)
    with story.at(73).work(SYSTEM) as work:
        assert offers_over(work) == [story.request_id]
        expire_offers(work, story.request_id)
    assert (story.offer().state, story.offer(story.other).state) == (OfferState.OPEN, OfferState.EXPIRED)
    assert story.request().state is RequestState.OFFERED
    with story.at(97).work(SYSTEM) as work:
        expire_offers(work, story.request_id)
    assert story.request().state is RequestState.SEARCHING


def test_a_late_answer_leaves_the_mentor_half_a_day_and_counts_as_the_reminder(story: Story) -> None:
    question_id = story.ask(hours=71)
    story.answer(question_id, hours=94)
    assert story.offer().deadline == NOON + timedelta(hours=94) + LEAST_TIME
    with story.at(95).read(SYSTEM) as reading:
        assert reminders(reading) == []


def test_nobody_is_reminded_while_they_wait_for_an_answer(story: Story) -> None:
    story.ask(hours=49)
    with story.at(72.5).read(SYSTEM) as reading:
        assert story.offer().id not in reminders(reading)
    with story.at(73.5).read(SYSTEM) as reading:
        assert story.offer().id in reminders(reading)


def test_one_question_at_a_time_and_two_in_all(story: Story) -> None:
    first = story.ask()
    with pytest.raises(QuestionWaiting):
        story.ask()
    story.answer(first)
    story.answer(story.ask(hours=2), hours=3)
    with pytest.raises(NoMoreQuestions):
        story.ask(hours=4)


def test_a_question_is_an_answer_to_silence(story: Story) -> None:
    with story.units.work(SYSTEM) as work:
        card = make.profile_row(work, story.mentor)
        card.ignored_offers = 2
    story.ask()
    with story.units.read(SYSTEM) as reading:
        assert make.profile_row(reading, story.mentor).ignored_offers == 0


def test_only_the_asked_mentor_asks_and_only_the_student_answers(story: Story) -> None:
    with pytest.raises(NotFound), story.units.work(member(story.other.id)) as work:
        ask_before_deciding(work, story.offer().id, "May I?")
    question_id = story.ask()
    for stranger in (story.mentor, story.other, make.student(story.units)):
        with pytest.raises(NotFound), story.units.work(member(stranger.id)) as work:
            answer_question(work, question_id, "I am not them.")
    with pytest.raises(NotFound), story.units.read(member(story.other.id)) as reading:
        question_view(reading, question_id)


def test_once_the_offer_is_over_nothing_is_asked_answered_or_seen_any_more(story: Story) -> None:
    question_id = story.ask()
    with story.units.work(member(story.student.id)) as work:
        cancel_request(work, story.request_id)
    with pytest.raises(QuestionClosed):
        story.answer(question_id)
    with pytest.raises(OfferClosed):
        story.ask()
    with pytest.raises(NotFound), story.units.read(member(story.mentor.id)) as reading:
        question_view(reading, question_id)
    with story.units.read(member(story.student.id)) as reading:
        assert not question_view(reading, question_id).waits


def test_a_match_keeps_the_exchange_for_both(story: Story) -> None:
    question_id = story.ask()
    story.answer(question_id)
    with story.units.work(member(story.mentor.id)) as work:
        accept_offer(work, story.offer().id)
    for person in (story.mentor, story.student):
        with story.units.read(member(person.id)) as reading:
            assert question_view(reading, question_id).exchange.answer == "For two summers."


def test_a_mentor_may_decide_without_the_answer(story: Story) -> None:
    story.ask(hours=10)
    with story.at(11).work(member(story.mentor.id)) as work:
        decline_offer(work, story.offer().id, DeclineReason.NO_TIME)
    assert story.request().next_step_at == NOON + OFFER_TIME  # nobody's clock stands still any more


@pytest.mark.parametrize("text", ["", "x" * 1501])
def test_texts_are_refused_at_their_field(story: Story, text: str) -> None:
    with pytest.raises(InvalidFields):
        story.ask(text=text)
    question_id = story.ask()
    with pytest.raises(InvalidFields):
        story.answer(question_id, text=text)


def test_of_many_questions_and_answers_at_once_one_counts(story: Story) -> None:
    def tried(act: object) -> str:
        try:
            act()  # type: ignore[operator]
        except DomainError as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(12) as pool:
        asked = Counter(pool.map(tried, [story.ask] * 12))
    assert asked == {"done": 1, "question_waiting": 11}
    with story.units.read(SYSTEM) as reading:
        question_id = reading.session.scalars(select(OfferQuestion.id)).one()
    with ThreadPoolExecutor(12) as pool:
        answered = Counter(pool.map(tried, [lambda: story.answer(question_id)] * 12))
    assert answered == {"done": 1, "question_answered": 11}
    with pytest.raises(QuestionAnswered):
        story.answer(question_id)
    assert len(story.told(Kind.OFFER_ANSWER)) == 1
