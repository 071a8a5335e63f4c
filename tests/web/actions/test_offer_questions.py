"""A question before deciding, asked and answered by mail alone."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.config import Settings
from core.links import Links, Purpose
from core.models import OfferQuestion
from core.rules.offers import OFFER_TIME
from core.services.offer_questions import answer_question, ask_before_deciding
from core.services.offers import accept_offer
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support.pages import Page, visit
from tests.web.actions.conftest import LATER, Asked, Open, browser

QUESTION = "Have you worked with real data before?"


@pytest.fixture
def question_id(asked: Asked, units: Units) -> UUID:
    with units.work(member(asked.mentor.id)) as work:
        return ask_before_deciding(work, asked.offer(), QUESTION)


def questions(units: Units) -> list[OfferQuestion]:
    with units.read(SYSTEM) as reading:
        return list(reading.session.scalars(select(OfferQuestion)))


@pytest.fixture
def ask(asked: Asked, go: Open) -> Page:
    return go(Purpose.OFFER_ASK, asked.mentor.id, asked.offer())


def test_a_mentor_asks_and_the_page_says_what_comes_next(ask: Page, units: Units) -> None:
    assert ask.opened == ["Ask a question"]
    after = ask.press("Send", {"Your question": QUESTION})
    assert (after.status, after.opened) == (200, [])
    assert f"You asked {QUESTION} We have passed your question on" in after.text
    assert "Please answer by Tuesday 5 March, 13:00" in after.text
    assert set(after.buttons) == {"Accept", "Decline this student"}
    assert [one.question for one in questions(units)] == [QUESTION]


def test_the_same_press_again_asks_nothing(ask: Page, asked: Asked, units: Units) -> None:
    ask.press("Send", {"Your question": QUESTION})
    (first,) = questions(units)
    with units.work(member(asked.student.id)) as work:
        answer_question(work, first.id, "A little.")
    ask.press("Send", {"Your question": QUESTION})
    assert len(questions(units)) == 1


def test_a_second_question_can_be_asked_from_the_same_mail(ask: Page, asked: Asked, go: Open, units: Units) -> None:
    ask.press("Send", {"Your question": QUESTION})
    (first,) = questions(units)
    with units.work(member(asked.student.id)) as work:
        answer_question(work, first.id, "A little.")
    page = go(Purpose.OFFER_ASK, asked.mentor.id, asked.offer())
    assert "Mia Tan answered A little." in page.text
    after = page.press("Send", {"Your question": "Which?"})
    assert [one.question for one in questions(units)] == [QUESTION, "Which?"]
    assert "Send" not in after.buttons


def test_after_asking_the_mentor_still_accepts_from_the_same_mail(asked: Asked, ask: Page) -> None:
    after = ask.press("Send", {"Your question": QUESTION}).press("Accept")
    assert (after.heading, asked.state()) == ("You are Mia Tan's mentor now", "accepted")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "Please write a few words here."),
        (" \r\n\0 ", "Please write a few words here."),
        ("x" * 10_000, "Please keep this under 1,500 characters. It has 10,000 now."),
    ],
)
def test_a_question_that_cannot_be_passed_on_stays_in_its_field(
    ask: Page, typed: str, problem: str, units: Units
) -> None:
    again = ask.press("Send", {"Your question": typed})
    assert (again.status, again.problem("Your question"), again.opened) == (422, problem, ["Ask a question"])
    assert again.control("Your question").value.strip() == typed.strip(" \r\n\0")
    assert questions(units) == []


def test_a_student_answers_and_is_not_told_whose_question_it_is(
    asked: Asked, question_id: UUID, go: Open, units: Units
) -> None:
    page = go(Purpose.OFFER_QUESTION_ANSWER, asked.student.id, question_id)
    assert page.heading == "A mentor has a question before they decide"
    assert QUESTION in page.text
    assert "Best answered by Saturday 2 March, 13:00 (Amsterdam time)." in page.text
    after = page.press("Send", {"Your answer": "Yes, for a year."})
    assert (after.heading, after.buttons) == ("The mentor has your answer", [])
    assert "You answered Yes, for a year." in after.text
    for seen in (page, after):
        assert "Kim" not in seen.response.text
    again = page.press("Send", {"Your answer": "No."})
    assert again.heading == "The mentor has your answer"
    assert [one.answer for one in questions(units)] == ["Yes, for a year."]


def test_an_answer_that_was_given_in_slack_stands(asked: Asked, question_id: UUID, go: Open, units: Units) -> None:
    page = go(Purpose.OFFER_QUESTION_ANSWER, asked.student.id, question_id)
    with units.work(member(asked.student.id)) as work:
        answer_question(work, question_id, "Said in Slack.")
    late = page.press("Send", {"Your answer": "Said by mail."})
    assert (late.status, late.heading) == (409, "The mentor has your answer")
    assert "Said in Slack." in late.text


def test_a_question_whose_offer_is_over_needs_no_answer(
    asked: Asked, question_id: UUID, go: Open, units: Units
) -> None:
    page = go(Purpose.OFFER_QUESTION_ANSWER, asked.student.id, question_id)
    with units.work(member(asked.other.id)) as work:
        accept_offer(work, asked.offer(asked.other))
    late = page.press("Send", {"Your answer": "Yes."})
    assert (late.status, late.heading, late.buttons) == (409, "This question needs no answer any more", [])


def test_past_the_offers_deadline_too(
    asked: Asked, question_id: UUID, units: Units, settings: Settings, links: Links
) -> None:
    over = later(units, NOON + OFFER_TIME + timedelta(days=3))
    url = links.url(Purpose.OFFER_QUESTION_ANSWER, asked.student.id, question_id, LATER)
    assert visit(browser(settings, over), url).heading == "This question needs no answer any more"


def test_nobody_else_answers(asked: Asked, question_id: UUID, go: Open) -> None:
    assert go(Purpose.OFFER_QUESTION_ANSWER, asked.other.id, question_id).status == 404
    page = go(Purpose.OFFER_QUESTION_ANSWER, asked.mentor.id, question_id)
    assert (page.status, page.buttons) == (404, [])
