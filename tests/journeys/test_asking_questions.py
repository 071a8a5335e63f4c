"""A quick question by label: similar answers, then the channel; closed forms, no worker, stale cards, Slack's retry."""

from typing import Any

import pytest
from sqlalchemy import func, select

from bot.handlers.questions import ask
from bot.payloads import Account, Submission
from core.models import Question
from core.services.people import by_slack
from core.uow import SYSTEM
from tests.support import quick_questions as known
from tests.support.people import Person, mark
from tests.support.service import Service
from tests.support.story import mentors, student
from tests.support.surfaces import Message, Modal

pytestmark = pytest.mark.journey
TITLE = "Ask a quick question"
GAP = "How do I explain a gap year in an interview?"
SUMMARY = "Say what you learnt there."
FORM: dict[str, Any] = {"Question": GAP, "Details": "I worked on a farm.", "Topics": ["Interviewing"]}


@pytest.fixture
def mia(service: Service) -> Person:
    return service.person("Mia Tan", email="mia@example.org")


def answered(service: Service) -> None:
    """Noor has asked this before, and Kim has answered; both allow others to read it."""
    noor, (kim,) = student(service, "Noor Haddad"), mentors(service, "Kim Alder")
    team = service.runtime.bot.identity.team_id
    with service.units.read(SYSTEM) as reading:
        people = [by_slack(reading, team, one.id) for one in (noor, kim)]
    assert people[0]
    assert people[1]
    known.answered(service.units, people[0], people[1], GAP, summary=SUMMARY)
    service.sweep()


def form(person: Person, typed: str = "") -> Modal:
    person.command("/ask", typed)
    return person.wait_modal(TITLE)


def shows(service: Service, modal: Modal, words: str) -> Modal:
    service.sandbox.wait(lambda: words in modal.text_all(), f"the modal to say {words!r}", None, modal.text_all)
    return modal


def channel(service: Service, person: Person) -> list[str]:
    """What stands in the questions' channel."""
    service.jobs.settle()
    return [one["text"] for one in person.messages(person.channel("quick-questions"))]


def card(person: Person, words: str, button: str | None = "Withdraw") -> Message:
    return person.wait_for(words, button=button)


def test_a_similar_answer_helps_and_nothing_is_posted(service: Service, mia: Person) -> None:
    answered(service)
    asked = form(mia, "How do I explain a gap year in an interview?")
    assert asked.labels() == ["Question", "Details", "Topics"]
    assert "#quick-questions" in asked.text_all()
    assert asked.fill({"Question": GAP, "Topics": ["Interviewing"]}).submit() == {}
    shows(service, asked, SUMMARY)
    assert asked.buttons() == ["This helped", "Post my question"]
    status = card(mia, "Somebody may have asked this before")
    assert status.buttons() == ["This helped", "Post my question", "Withdraw"]
    assert "Kim Alder answered" in status.text_all()
    asked.press("This helped")
    shows(service, asked, "what Kim Alder once answered helped")
    status.wait_gone("This helped")
    status.press_raw("Post my question")
    mia.wait_for("Your question is closed")
    assert channel(service, mia) == []


def test_none_of_them_helps_and_it_is_posted_once(service: Service, mia: Person) -> None:
    answered(service)
    asked = form(mia)
    assert asked.fill(FORM).submit() == {}
    shows(service, asked, SUMMARY)
    status = card(mia, "Somebody may have asked this before")
    asked.press("Post my question")
    shows(service, asked, "open to all mentors")
    status.wait_gone("Post my question")
    status.press_raw("Post my question")
    mia.wait_for("Your question is posted already, and open to all mentors")
    status.press_raw("This helped")
    (posted,) = channel(service, mia)
    assert "Mia Tan" in posted
    assert GAP in posted


def test_nothing_is_similar_and_it_is_in_the_channel_at_once(service: Service, mia: Person) -> None:
    asked = form(mia, "Which microscope for living cells?")
    answers = {"Question": "Which microscope for living cells?", "Topics": ["Python", "Left-handed knitting"]}
    assert asked.fill(answers).submit() == {}
    shows(service, asked, "open to all mentors")
    status = card(mia, "Your question is posted")
    (posted,) = channel(service, mia)
    assert "Left-handed knitting" in posted
    status.press("Withdraw").wait_gone("Withdraw")
    assert "You took this question back" in status.text_all()
    status.press_raw("Withdraw")
    mia.wait_for("Your question is closed")


def test_what_is_wrong_stands_at_its_field_and_a_fourth_question_waits(service: Service, mia: Person) -> None:
    asked = form(mia)
    assert set(asked.fill({"Question": "\t", "Topics": ["Python"]}).submit()) == {"Question"}
    asked.close()
    for number in range(2):
        asked = form(mia)
        assert asked.fill(FORM | {"Question": f"Question {number}?"}).submit() == {}
        service.jobs.settle()
        asked.close()
    late = form(mia).fill(FORM | {"Question": "Question 3?"})
    person = service.runtime.bot.meet(Account(service.runtime.bot.identity.team_id, mia.id))
    known.asked(service.units, person, "Question 2?")
    problems = late.submit()
    assert set(problems) == {"Question"}
    assert "Three of your questions wait already" in problems["Question"]
    begun = mark()
    mia.command("/ask")
    mia.wait_for("Three of your questions wait already", since=begun)


def test_a_closed_form_is_no_matter(service: Service, mia: Person) -> None:
    asked = form(mia)
    assert asked.fill(FORM).submit() == {}
    asked.close()
    card(mia, "Your question is posted")
    assert len(channel(service, mia)) == 1


def test_without_a_worker_it_is_posted_all_the_same(
    service: Service, mia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.questions.settle_draft", lambda *_: None)
    asked = form(mia)
    assert asked.fill(FORM).submit() == {}
    shows(service, asked, "Looking for answers to similar questions")
    status = card(mia, "Looking for answers")
    service.pass_time(minutes=1)
    assert channel(service, mia) == []
    service.pass_time(minutes=1, seconds=1)
    assert len(channel(service, mia)) == 1
    service.sandbox.wait(lambda: "Your question is posted" in status.text_all(), "the card to say so")
    shows(service, asked, "open to all mentors")


def test_who_says_nothing_to_similar_answers_is_posted_after_an_hour(service: Service, mia: Person) -> None:
    answered(service)
    asked = form(mia)
    assert asked.fill(FORM).submit() == {}
    shows(service, asked, SUMMARY)
    service.jobs.settle()
    service.pass_time(minutes=59)
    assert channel(service, mia) == []
    service.pass_time(minutes=2)
    assert len(channel(service, mia)) == 1


def test_a_form_that_slack_sends_twice_asks_once(service: Service, mia: Person) -> None:
    asked = form(mia).fill(FORM)
    first = asked.raw
    account = Account(service.runtime.bot.identity.team_id, mia.id)
    person = service.runtime.bot.meet(account)
    sent = Submission(account, first["callback_id"], first["private_metadata"], asked.state())
    assert asked.submit() == {}
    shows(service, asked, "open to all mentors")
    again = ask(service.runtime.bot, person, sent)
    assert again["external_id"] == first["private_metadata"]
    assert len(channel(service, mia)) == 1
    assert len(mia.inbox()) == 2  # the channel's card, and where it stands


def test_words_after_the_command(service: Service, mia: Person) -> None:
    for typed in ("help", "opne"):
        begun = mark()
        mia.command("/ask", typed)
        told = mia.wait_for("/ask help", since=begun)
        assert ("too short for a question" in told.text) == (typed == "opne")
    first = form(mia, "How does <b> & </b> work?")
    assert "How does <b> & </b> work?" in str(first.raw)
    first.close()
    assert "'help?'" in str(form(mia, "help?").raw)
    with service.units.read(SYSTEM) as reading:
        assert reading.session.scalar(select(func.count(Question.id))) == 0
