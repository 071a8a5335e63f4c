"""Quick questions, played in the sandbox by label: claimed, talked over, answered, rated; released, or left silent."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from core.links import Links, Purpose
from core.models import QuestionClaim
from core.rules.questions import ClaimEnding
from core.services.people import Person as Known
from core.uow import SYSTEM
from tests.support.mailbox import Mailbox
from tests.support.pages import Page, visit
from tests.support.people import Person, mark
from tests.support.questions import by_mail, card, known, posted, profiled
from tests.support.sandbox_client import Json
from tests.support.service import Service
from tests.support.surfaces import Message

pytestmark = pytest.mark.journey

CROWD = 50
SUMMARY = "Read the notice period first, then the bonus."


@pytest.fixture
def mia(service: Service) -> Person:
    return profiled(service, "Mia Tan", is_mentor=False)


@pytest.fixture
def kim(service: Service) -> Person:
    return profiled(service, "Kim Alder", is_mentor=True)


@pytest.fixture
def lee(service: Service) -> Person:
    return profiled(service, "Lee Birch", is_mentor=True)


def calls(service: Service, method: str) -> list[Json]:
    made = service.sandbox.get("log", limit=5000)["entries"]
    return [one for one in made if one["direction"] == "from_app" and one["name"] == method]


def opened_for_two(service: Service) -> list[Json]:
    """The conversations of two that were opened."""
    return [one for one in calls(service, "conversations.open") if "," in one["request"]["users"]]


def mark_answered(message: Message, mentor: Person, *, shared: str = "Yes") -> None:
    message.press("Mark answered")
    form = mentor.wait_modal("Mark answered")
    assert form.fill({"Summary of the answer": SUMMARY, "May others see this later?": shared}).submit() == {}


def test_a_question_is_claimed_talked_over_answered_and_rated(service: Service, mia: Person, kim: Person) -> None:
    posted(service, mia)
    card(kim).press("Claim")
    mine = kim.wait_for(button="Mark answered")
    together = mia.wait_for("took on a question")
    assert together.channel == kim.wait_for("took on a question").channel
    assert "Claimed by Kim Alder" in card(mia).text_all()
    assert card(mia).buttons() == []
    mark_answered(mine, kim)
    mine.wait_gone("Mark answered")
    answered = mia.wait_for(button="Rate answer")
    assert SUMMARY in answered.text_all()
    service.jobs.settle()
    assert "Answered by Kim Alder" in card(kim).text_all()
    assert SUMMARY not in card(kim).text_all()
    answered.press("Yes, share it")
    answered.wait_gone("Yes, share it")
    service.jobs.settle()
    assert SUMMARY in card(kim).text_all()
    answered.press("Rate answer")
    assert mia.wait_modal("Rate answer").fill({"Rating": "4", "Thanks": "Just right."}).submit() == {}
    answered.wait_gone("Rate answer")
    service.pass_time(hours=11)  # thanks wait for the morning
    assert "Just right." in kim.wait_for("4 of 5").text_all()
    service.jobs.settle()
    assert "Just right." not in card(kim).text_all()
    answered.press_raw("Rate answer")
    mia.wait_for("rated this answer already")


def test_fifty_mentors_press_claim_at_once(service: Service, mia: Person) -> None:
    mentors = [profiled(service, f"Mentor {number:02}", is_mentor=True) for number in range(CROWD)]
    posted(service, mia)
    cards = [card(mentor) for mentor in mentors]
    with ThreadPoolExecutor(CROWD) as pool:
        outcomes = list(pool.map(lambda one: one.press_raw("Claim"), cards))
    assert all(outcome["ok"] for outcome in outcomes)

    def refused() -> list[Message]:
        return [message for one in mentors for message in one.inbox() if message.raw.get("is_ephemeral")]

    service.sandbox.wait(lambda: len(refused()) == CROWD - 1, "an answer to every other click")
    service.jobs.settle()
    (winner,) = [one for one in mentors if any("Mark answered" in message.buttons() for message in one.inbox())]
    assert {message.seen["text"] for message in refused()} == {
        f"{winner.name} claimed this a moment ago. Thank you for being willing to help."
    }
    assert all(message.person.id != winner.id for message in refused())
    assert [set(one["request"]["users"].split(",")) for one in opened_for_two(service)] == [{mia.id, winner.id}]
    assert f"Claimed by {winner.name}" in card(mia).text_all()
    with service.units.read(SYSTEM) as reading:
        assert len(reading.session.scalars(select(QuestionClaim)).all()) == 1


def test_who_may_not_claim_reads_why(service: Service, mia: Person, kim: Person, lee: Person) -> None:
    posted(service, mia)
    first, second = card(kim), card(lee)
    card(mia).press("Claim")
    mia.wait_for("your own question")
    noor = profiled(service, "Noor Cedar", is_mentor=False)
    card(noor).press("Claim")
    noor.wait_for("Only mentors claim questions")
    first.press("Claim")
    mine = kim.wait_for(button="Mark answered")
    second.press_raw("Claim")
    lee.wait_for("Kim Alder claimed this a moment ago")
    first.press_raw("Claim")
    kim.wait_for("You have claimed this question already")
    mark_answered(mine, kim)
    mine.wait_gone("Mark answered")
    second.press_raw("Claim")
    lee.wait_for("Kim Alder has answered this question already")
    mine.press_raw("Release")
    kim.wait_for("You have answered this question already")


def test_released_it_is_open_to_all_again_and_claimed_by_another(
    service: Service, mia: Person, kim: Person, lee: Person
) -> None:
    posted(service, mia)
    card(kim).press("Claim")
    kim.wait_for(button="Release").press("Release").wait_gone("Release")
    told = mia.wait_for("open to all mentors again")
    assert "Kim Alder could not go on with your question" in told.text_all()
    service.jobs.settle()
    assert card(lee).buttons() == ["Claim"]
    begun = mark()
    card(lee).press("Claim")
    lee.wait_for(button="Mark answered")
    assert "Lee Birch" in mia.wait_for("took on a question", since=begun).text_all() + card(mia).text_all()
    service.jobs.settle()
    assert "Claimed by Lee Birch" in card(kim).text_all()


def test_silence_is_reminded_of_and_then_opens_it_again(service: Service, mia: Person, kim: Person) -> None:
    posted(service, mia)
    card(kim).press("Claim")
    mine = kim.wait_for(button="Release")
    service.pass_time(hours=49)
    service.pass_time(hours=11)  # a reminder waits for the morning
    reminder = kim.wait_for("Is Mia Tan's question answered?", button="I need more time")
    reminder.press("I need more time").wait_gone("I need more time")
    service.pass_time(hours=36)
    assert card(mia).buttons() == []
    begun = mark()
    service.pass_time(hours=13)
    service.pass_time(hours=11)
    assert "I need more time" in mine.buttons()
    service.pass_time(hours=25)
    mia.wait_for("open to all mentors again", since=begun)
    mine.wait_gone("Release")
    assert "We did not hear from you" in mine.text_all()
    assert card(mia).buttons() == ["Claim"]
    with service.units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(QuestionClaim.ending)).all() == [ClaimEnding.SILENT]


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=30, trust_env=False) as client:
        yield client


def page_of(service: Service, browser: httpx.Client, person: Known, question_id: UUID) -> Page:
    """The page of a question, as a letter leads there."""
    links = Links.of(service.runtime.bot.settings)
    return visit(browser, links.url(Purpose.QUESTION, person.id, question_id, service.clock() + timedelta(days=30)))


def test_a_mentor_without_slack_claims_and_answers_by_mail(
    service: Service, mia: Person, browser: httpx.Client
) -> None:
    ben = by_mail(service, "Ben Ash", "ben@example.org")
    mailbox = Mailbox(service.sandbox, "ben@example.org")
    question_id = posted(service, mia)
    page_of(service, browser, ben, question_id).press("Claim")
    service.jobs.settle()
    (letter,) = mailbox.mails()
    assert letter.subject == "Mia Tan's question is yours now"
    assert str(known(service, mia).email) in letter.text
    told = mia.wait_for("Ben Ash is not in Slack. Please write to ben@example.org.")
    assert told.channel.startswith("D")
    assert opened_for_two(service) == []
    assert "Claimed by Ben Ash" in card(mia).text_all()
    page = visit(browser, letter.links()["Mark answered or release"])
    answers = {"Summary of the answer": SUMMARY, "May others see this later?": "Yes"}
    assert page.press("Mark answered", answers).heading == "You answered this question"
    mia.wait_for(button="Rate answer").press("Rate answer")
    assert mia.wait_modal("Rate answer").fill({"Rating": "5", "Thanks": "Just right."}).submit() == {}
    service.pass_time(hours=11)
    assert [mail.subject for mail in mailbox.mails()[:1]] == ["Mia Tan gave your answer 5 of 5"]


def test_a_mentor_without_slack_is_reminded_and_told_that_it_is_open_again(
    service: Service, mia: Person, browser: httpx.Client
) -> None:
    ben = by_mail(service, "Ben Ash", "ben@example.org")
    mailbox = Mailbox(service.sandbox, "ben@example.org")
    page_of(service, browser, ben, posted(service, mia)).press("Claim")
    service.pass_time(hours=49)
    service.pass_time(hours=11)
    reminder = next(mail for mail in mailbox.mails() if "Is Mia Tan's question answered?" in mail.subject)
    page = visit(browser, reminder.links()["Answered, release or more time"])
    assert "I need more time" in page.buttons
    assert "I need more time" not in page.press("I need more time").buttons
    service.pass_time(hours=49)
    service.pass_time(hours=25)
    subjects = Counter(mail.subject for mail in mailbox.mails())
    assert subjects["No answer needed for Mia Tan's question any more"] == 1
    assert card(mia).buttons() == ["Claim"]
    assert visit(browser, reminder.links()["Answered, release or more time"]).heading == "Mia Tan asks"
