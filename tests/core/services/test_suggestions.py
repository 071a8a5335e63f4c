"""Mentorships that two good answers suggest: once for ever per pair, to a student for whom it leads somewhere."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from core.models import Block, Notification, Offer, Profile, Question, Request, User
from core.notifications import Kind
from core.rules.errors import DomainError, NotFound
from core.rules.matches import MatchState
from core.rules.offers import DeclineReason
from core.rules.questions import QuestionState
from core.rules.requests import RequestAlreadyOpen
from core.rules.roles import PersonState
from core.rules.suggestions import RECENT, SuggestionAnswered, SuggestionState
from core.services.mentoring import pause_mentoring, resume_mentoring
from core.services.offers import decline_offer
from core.services.people import Person
from core.services.profiles import save_profile
from core.services.requests import cancel_request
from core.services.suggestions import (
    decline_suggestion,
    open_suggestions,
    suggest_mentorship,
    suggestion_view,
    suggestions_due,
    take_suggestion,
)
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON
from tests.support import factories as make


class Story:
    """A student, and a mentor who answers their questions."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.student, self.mentor = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder")

    def answered(self, rating: int | None = 5, *, days_ago: float = 1, by: Person | None = None) -> UUID:
        at = NOON - timedelta(days=days_ago)
        with self.units.work(SYSTEM) as work:
            made = Question(
                student_id=self.student.id,
                claimer_id=(by or self.mentor).id,
                question="How do I begin?",
                state=QuestionState.ANSWERED,
                posted_at=at,
                opened_at=at,
                answered_at=at,
                rating=rating,
                rated_at=at if rating else None,
            )
            work.session.add(made)
            work.session.flush()
            return made.id

    def sweep(self, units: Units | None = None) -> list[UUID]:
        """What the periodic job does. Returns the questions that led to a suggestion."""
        units = units or self.units
        with units.read(SYSTEM) as reading:
            due = suggestions_due(reading)
        suggested = []
        for question_id in due:
            with units.work(SYSTEM) as work:
                if suggest_mentorship(work, question_id):
                    suggested.append(question_id)
        return suggested

    def suggestion(self) -> UUID:
        self.answered(days_ago=2)
        self.answered()
        assert len(self.sweep()) == 1
        with self.units.read(member(self.student.id)) as reading:
            (only,) = open_suggestions(reading, self.student.id)
        return only.suggestion_id

    def take(self, suggestion_id: UUID) -> UUID:
        with self.units.work(member(self.student.id)) as work:
            return take_suggestion(work, suggestion_id, make.WISH)

    def decline(self, suggestion_id: UUID) -> None:
        with self.units.work(member(self.student.id)) as work:
            decline_suggestion(work, suggestion_id)

    def state(self, suggestion_id: UUID) -> SuggestionState:
        with self.units.read(SYSTEM) as reading:
            return suggestion_view(reading, suggestion_id).state

    def told(self) -> list[UUID | None]:
        with self.units.read(SYSTEM) as reading:
            rows = select(Notification.recipient_id).where(
                Notification.kind == Kind.MENTORSHIP_SUGGESTED, Notification.updates_id.is_(None)
            )
            return list(reading.session.scalars(rows))

    def profile(self, **values: object) -> None:
        with self.units.work(SYSTEM) as work:
            work.session.execute(update(Profile).where(Profile.user_id == self.mentor.id).values(**values))


@pytest.fixture
def story(units: Units) -> Story:
    return Story(units)


def test_two_good_answers_suggest_a_mentorship_once_for_ever(story: Story) -> None:
    story.answered(4, days_ago=2)
    assert story.sweep() == []
    newest = story.answered(5)
    assert story.sweep() == [newest]
    assert story.told() == [story.student.id]
    story.answered(5, days_ago=0.5)
    assert story.sweep() == []
    assert story.told() == [story.student.id]


@pytest.mark.parametrize("ratings", [(5, 3), (5, None), (3, 3, 5)])
def test_answers_that_are_not_rated_well_do_not_count(story: Story, ratings: tuple[int | None, ...]) -> None:
    for days, rating in enumerate(ratings):
        story.answered(rating, days_ago=days + 1)
    assert story.sweep() == []


def test_two_good_answers_of_two_mentors_do_not_count_together(story: Story, units: Units) -> None:
    story.answered()
    story.answered(by=make.mentor(units))
    assert story.sweep() == []


def test_the_newest_answer_must_be_recent_and_the_other_need_not(story: Story) -> None:
    story.answered(days_ago=400)
    story.answered(days_ago=RECENT.days + 1)
    assert story.sweep() == []
    story.answered(days_ago=RECENT.days - 1)
    assert len(story.sweep()) == 1


def test_several_sweeps_at_once_make_one_suggestion(story: Story) -> None:
    story.answered(days_ago=2)
    story.answered()
    with ThreadPoolExecutor(8) as pool:
        made = [one for found in pool.map(lambda _: story.sweep(), range(8)) for one in found]
    assert len(made) == 1
    assert story.told() == [story.student.id]


def _open_request(story: Story) -> Callable[[], None]:
    request_id = make.request(story.units, story.student)

    def over() -> None:
        with story.units.work(member(story.student.id)) as work:
            cancel_request(work, request_id)

    return over


def _pause(story: Story) -> Callable[[], None]:
    with story.units.work(member(story.mentor.id)) as work:
        pause_mentoring(work, story.mentor.id)

    def over() -> None:
        with story.units.work(member(story.mentor.id)) as work:
            resume_mentoring(work, story.mentor.id)

    return over


def _full(story: Story) -> Callable[[], None]:
    make.match(story.units, make.student(story.units), story.mentor)
    story.profile(max_mentees=1)
    return lambda: story.profile(max_mentees=2)


def _in_enough_offers(story: Story) -> Callable[[], None]:
    story.profile(max_mentees=1)
    for _ in range(2):
        make.wave(story.units, make.request(story.units, make.student(story.units)), story.mentor)
    return lambda: story.profile(max_mentees=2)


def _away(story: Story) -> Callable[[], None]:
    def become(state: PersonState) -> None:
        with story.units.work(SYSTEM) as work:
            work.session.execute(update(User).where(User.id == story.student.id).values(state=state))

    become(PersonState.LEFT)
    return lambda: become(PersonState.ACTIVE)


def _no_profile(story: Story) -> Callable[[], None]:
    story.student = make.person(story.units, "Noor Cedar")

    def tell() -> None:
        with story.units.work(member(story.student.id)) as work:
            save_profile(work, story.student.id, make.STUDENT)

    return tell


@pytest.mark.parametrize("hinder", [_open_request, _pause, _full, _in_enough_offers, _away, _no_profile])
def test_it_waits_until_it_leads_somewhere(story: Story, hinder: Callable[[Story], Callable[[], None]]) -> None:
    over = hinder(story)
    story.answered(days_ago=2)
    story.answered()
    assert story.sweep() == []
    over()
    assert len(story.sweep()) == 1


def test_who_is_kept_apart_was_matched_or_was_declined_is_never_suggested(story: Story, units: Units) -> None:
    apart, matched, declined = make.mentor(units), make.mentor(units), make.mentor(units)
    for one in (apart, matched, declined):
        story.answered(by=one, days_ago=2)
        story.answered(by=one)
    with units.work(SYSTEM) as work:
        work.session.add(Block(user_id=apart.id, other_id=story.student.id))
    make.match(units, story.student, matched, state=MatchState.ENDED, ended_at=NOON)
    request_id = make.request(units, story.student)
    make.wave(units, request_id, declined)
    with units.work(member(declined.id)) as work:
        offer_id = work.session.scalars(select(Offer.id).where(Offer.mentor_id == declined.id)).one()
        decline_offer(work, offer_id, DeclineReason.NO_TIME)
    with units.work(member(story.student.id)) as work:
        cancel_request(work, request_id)
    assert story.sweep() == []


def test_taking_it_up_makes_a_request_that_names_the_mentor(story: Story) -> None:
    suggestion_id = story.suggestion()
    request_id = story.take(suggestion_id)
    with story.units.read(SYSTEM) as reading:
        request = reading.session.get_one(Request, request_id)
        assert (request.student_id, request.wanted_mentor_id) == (story.student.id, story.mentor.id)
        assert open_suggestions(reading, story.student.id) == ()
    assert story.state(suggestion_id) is SuggestionState.TAKEN


def test_declining_it_tells_nobody(story: Story) -> None:
    suggestion_id = story.suggestion()
    story.decline(suggestion_id)
    assert story.state(suggestion_id) is SuggestionState.DECLINED
    with story.units.read(SYSTEM) as reading:
        kinds = reading.session.execute(select(Notification.kind, Notification.recipient_id).distinct()).all()
    assert [tuple(row) for row in kinds] == [(Kind.MENTORSHIP_SUGGESTED, story.student.id)]
    with pytest.raises(SuggestionAnswered):
        story.take(suggestion_id)


def test_with_a_request_open_the_suggestion_waits_on(story: Story) -> None:
    suggestion_id = story.suggestion()
    request_id = make.request(story.units, story.student)
    with pytest.raises(RequestAlreadyOpen):
        story.take(suggestion_id)
    with story.units.work(member(story.student.id)) as work:
        cancel_request(work, request_id)
    story.take(suggestion_id)


def test_eight_answers_at_once_are_one(story: Story) -> None:
    suggestion_id = story.suggestion()

    def press(number: int) -> str:
        try:
            story.decline(suggestion_id) if number % 2 else story.take(suggestion_id)
        except DomainError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(8) as pool:
        came_of_it = list(pool.map(press, range(8)))
    assert sorted(came_of_it) == ["done", *["suggestion_answered"] * 7]


def test_nobody_but_the_student_reads_or_answers_it(story: Story) -> None:
    suggestion_id = story.suggestion()
    for other in (story.mentor, make.student(story.units)):
        with story.units.work(member(other.id)) as work:
            with pytest.raises(NotFound):
                suggestion_view(work, suggestion_id)
            with pytest.raises(NotFound):
                take_suggestion(work, suggestion_id, make.WISH)
            with pytest.raises(NotFound):
                decline_suggestion(work, suggestion_id)


def test_once_they_are_matched_the_suggestion_is_not_open_any_more(story: Story) -> None:
    suggestion_id = story.suggestion()
    make.match(story.units, story.student, story.mentor)
    with story.units.read(member(story.student.id)) as reading:
        assert not suggestion_view(reading, suggestion_id).is_open
        assert open_suggestions(reading, story.student.id) == ()
