"""A draft is looked at by a worker, and the form that was sent shows what came of it, if it is still open."""

from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID

import pytest

from bot.context import Bot
from bot.gateway import Failure, Gateway, Meaning
from core.config import Settings
from core.queue import Job
from core.rules.questions import QuestionState
from core.services.people import Person
from core.uow import Units
from matching.service import Matcher
from tasks import questions
from tasks.runtime import Runtime
from tests.support import factories as make
from tests.support import quick_questions as ask
from tests.support.deliveries import Clock
from tests.support.encoder import HashEncoder
from tests.support.queues import Recorded
from tests.support.sweeps import job

NOT_OPEN = Failure(Meaning.OURS, "not_found")


class Views:
    """Slack's views: what was drawn, and what goes wrong first."""

    def __init__(self) -> None:
        self.upcoming: list[Failure] = []
        self.drawn: list[dict[str, Any]] = []

    def call(self, method: str, **args: Any) -> dict[str, Any]:
        assert method == "views.update"
        if self.upcoming:
            raise self.upcoming.pop(0)
        self.drawn.append(args)
        return {}


@pytest.fixture
def views() -> Views:
    return Views()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def runtime(settings: Settings, units: Units, queue: Recorded, views: Views, clock: Clock) -> Iterator[Runtime]:
    here = Units(units.engine, queue, clock)
    made = Runtime(Bot(settings, here, cast("Gateway", views)), lambda given: Matcher(given, HashEncoder()))
    yield made
    made.close()


@pytest.fixture
def mia(units: Units) -> Person:
    return make.person(units, "Mia Tan")


@pytest.fixture
def known(units: Units) -> UUID:
    return ask.answered(units, make.person(units), make.mentor(units, "Kim Alder"))


def test_a_draft_with_a_similar_answer_waits_for_its_student(
    runtime: Runtime, units: Units, mia: Person, known: UUID
) -> None:
    draft = ask.asked(units, mia)
    questions.encode_questions(runtime)
    questions.check_question(runtime, draft)
    questions.check_question(runtime, draft)
    found = ask.view(units, draft)
    assert (found.state, found.similar_ids) == (QuestionState.DRAFT, (known,))


def test_one_with_none_is_posted_and_one_that_is_gone_is_left(runtime: Runtime, units: Units, mia: Person) -> None:
    draft = ask.asked(units, mia)
    questions.check_question(runtime, draft)
    assert ask.view(units, draft).state is QuestionState.OPEN
    questions.check_question(runtime, UUID(int=0))
    questions.show_draft(runtime, UUID(int=0))


def test_the_sweep_asks_again_for_a_lost_search_and_posts_without_it(
    runtime: Runtime, units: Units, queue: Recorded, clock: Clock, mia: Person
) -> None:
    draft = ask.asked(units, mia)
    queue.jobs.clear()
    clock.forward(seconds=60)
    job("check drafts of questions")(runtime)
    job("post questions")(runtime)
    assert queue.jobs == [(Job.CHECK_QUESTION, (str(draft),))]
    clock.forward(seconds=60)
    job("post questions")(runtime)
    assert ask.view(units, draft).state is QuestionState.OPEN
    job("encode questions")(runtime)
    assert queue.of(Job.ENCODE_QUESTIONS) == [()]
    questions.encode_questions(runtime)
    job("encode questions")(runtime)
    assert queue.of(Job.ENCODE_QUESTIONS) == [()]


def test_a_form_that_slack_has_not_drawn_yet_is_tried_again(
    runtime: Runtime, units: Units, views: Views, mia: Person
) -> None:
    draft = ask.posted(units, mia)
    views.upcoming = [NOT_OPEN, NOT_OPEN]
    paused: list[float] = []
    questions.show_draft(runtime, draft, paused.append)
    assert paused == list(questions.PAUSES[:2])
    (shown,) = views.drawn
    assert shown["external_id"] == shown["view"]["external_id"] == str(draft)
    assert "is posted" in str(shown["view"])


def test_a_closed_form_is_no_error_and_nobody_waits_long_for_it(
    runtime: Runtime, units: Units, views: Views, clock: Clock, mia: Person
) -> None:
    draft = ask.posted(units, mia)
    views.upcoming = [NOT_OPEN] * 10
    paused: list[float] = []
    questions.show_draft(runtime, draft, paused.append)
    assert paused == list(questions.PAUSES)
    clock.forward(minutes=1)
    questions.show_draft(runtime, draft, paused.append)
    assert paused == list(questions.PAUSES)
    assert views.drawn == []


@pytest.mark.parametrize("failure", [Failure(Meaning.WAIT, "ratelimited", 30), Failure(Meaning.UNKNOWN, "500")])
def test_a_form_that_slack_will_not_draw_is_left(
    runtime: Runtime, units: Units, views: Views, mia: Person, failure: Failure
) -> None:
    draft = ask.posted(units, mia)
    views.upcoming = [failure]
    questions.show_draft(runtime, draft)
    assert views.upcoming == []
    assert views.drawn == []
