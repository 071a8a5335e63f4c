"""Open questions on a page, for mentors without Slack."""

from uuid import UUID

from fastapi.testclient import TestClient

from core.links import Links, Purpose
from core.models import Question
from core.rules.questions import QuestionState
from core.services.people import Person
from core.services.question_claims import claim_question
from core.uow import SYSTEM, Units, member
from tests.support import factories as make
from tests.web.actions.conftest import LATER, Open


def state(units: Units, question_id: UUID) -> tuple[QuestionState, UUID | None]:
    with units.read(SYSTEM) as reading:
        question = reading.session.get_one(Question, question_id)
        return question.state, question.claimer_id


def people(units: Units) -> tuple[Person, Person]:
    return make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder", skills=("Kubernetes",))


def test_the_page_lists_what_is_open_and_the_button_claims(units: Units, go: Open) -> None:
    mia, kim = people(units)
    other = make.question(units, mia, question="Which law applies?", topics=["Law"])
    fits = make.question(units, mia, question="How do I upgrade a cluster?", topics=["k8s"], details="Since May.")
    page = go(Purpose.OPEN_QUESTIONS, kim.id, kim.id)
    assert page.heading == "Open questions"
    assert page.text.index("How do I upgrade a cluster?") < page.text.index("Which law applies?")
    assert "Those on your topics stand first." in page.text
    assert "Since May." in page.text
    assert "asked by Mia Tan, Friday 1 March, 13:00 (Amsterdam time)" in page.text
    assert state(units, fits)[0] is QuestionState.OPEN
    after = page.press("Claim")
    assert (after.status, after.heading) == (200, "Your questions")
    assert state(units, fits) == (QuestionState.CLAIMED, kim.id)
    again = after.press("Claim")
    assert "No question is open to you at the moment." in again.text
    assert state(units, other) == (QuestionState.CLAIMED, kim.id)


def test_one_that_was_claimed_meanwhile_says_so_and_is_gone(units: Units, go: Open) -> None:
    mia, kim = people(units)
    bo = make.mentor(units, "Bo Winter")
    question_id = make.question(units, mia)
    page = go(Purpose.OPEN_QUESTIONS, kim.id, kim.id)
    with units.work(member(bo.id)) as work:
        claim_question(work, question_id)
    after = page.press("Claim")
    assert after.status == 409
    assert "No question is open to you at the moment." in after.text
    assert state(units, question_id) == (QuestionState.CLAIMED, bo.id)


def test_the_page_is_for_its_mentor_alone(units: Units, go: Open, client: TestClient, links: Links) -> None:
    mia, kim = people(units)
    question_id = make.question(units, mia)
    assert go(Purpose.OPEN_QUESTIONS, kim.id, mia.id).status == 404
    url = links.url(Purpose.OPEN_QUESTIONS, mia.id, mia.id, LATER)
    sent = {"token": url.rpartition("/")[2], "deed": "claim", "question": str(question_id)}
    assert client.get(url).status_code in (403, 409)
    assert client.post(url, data=sent, follow_redirects=False).status_code != 303
    assert state(units, question_id)[0] is QuestionState.OPEN


def test_a_form_about_nothing_is_refused(units: Units, client: TestClient, links: Links) -> None:
    _, kim = people(units)
    url = links.url(Purpose.OPEN_QUESTIONS, kim.id, kim.id, LATER)
    sent = {"token": url.rpartition("/")[2], "deed": "claim", "question": "nothing"}
    assert client.post(url, data=sent, follow_redirects=False).status_code == 403
