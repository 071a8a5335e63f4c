"""A quick question claimed, answered, kept, released and rated by mail alone."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from core.config import Settings
from core.links import Links, Purpose
from core.models import Block, Question
from core.rules.questions import REOPEN_AFTER, SILENT_AFTER, QuestionState
from core.services.people import Person
from core.services.question_claims import claim_question, release_question, remind_claimer
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.pages import Page, visit
from tests.support.snapshots import snapshot
from tests.web.actions.conftest import LATER, Asked, Open, browser

State = QuestionState


@pytest.fixture
def question_id(asked: Asked, units: Units) -> UUID:
    return make.question(
        units, asked.student, question="How do I read an offer letter?", details="It has eleven pages."
    )


def question(units: Units, question_id: UUID) -> Question:
    with units.read(SYSTEM) as reading:
        return reading.session.get_one(Question, question_id)


def claimed(units: Units, question_id: UUID, mentor: Person) -> UUID:
    with units.work(member(mentor.id)) as work:
        return claim_question(work, question_id)


@pytest.fixture
def page(asked: Asked, question_id: UUID, go: Open) -> Page:
    """As the mentor opens it from a letter."""
    return go(Purpose.QUESTION, asked.mentor.id, question_id)


def test_looking_changes_nothing_and_shows_the_question(
    page: Page, owner: Engine, go: Open, asked: Asked, question_id: UUID
) -> None:
    before = snapshot(owner)
    again = go(Purpose.QUESTION, asked.mentor.id, question_id)
    assert snapshot(owner) == before
    assert (page.heading, page.buttons) == ("Mia Tan asks", ["Claim"])
    assert "How do I read an offer letter?" in again.text
    assert "It has eleven pages." in again.text


def test_a_mentor_claims_and_marks_it_answered(page: Page, units: Units, asked: Asked, question_id: UUID) -> None:
    mine = page.press("Claim")
    assert mine.heading == "Mia Tan's question is yours"
    assert str(asked.student.email) in mine.text
    assert set(mine.buttons) == {"Mark answered", "Release this question"}
    answers = {"Summary of the answer": "Read it twice.", "May others see this later?": "Yes"}
    after = mine.press("Mark answered", answers)
    assert (after.heading, after.buttons) == ("You answered this question", [])
    found = question(units, question_id)
    assert (found.state, found.summary, found.mentor_consents) == (State.ANSWERED, "Read it twice.", True)


def test_without_a_summary_the_form_stays(page: Page, units: Units, question_id: UUID) -> None:
    again = page.press("Claim").press("Mark answered", {"Summary of the answer": ""})
    assert (again.status, again.opened) == (422, ["Mark answered"])
    assert again.problem("Summary of the answer") == "Please write a few words here."
    assert question(units, question_id).state is State.CLAIMED


def test_consent_is_never_taken_for_granted(page: Page, units: Units, question_id: UUID) -> None:
    page.press("Claim").press("Mark answered", {"Summary of the answer": "Read it twice."})
    assert question(units, question_id).mentor_consents is False


def test_who_comes_too_late_reads_who_has_it(page: Page, asked: Asked, units: Units, question_id: UUID) -> None:
    claimed(units, question_id, asked.other)
    late = page.press("Claim")
    assert (late.status, late.heading, late.buttons) == (409, "Noor Bakker has this question", [])
    assert str(asked.student.email) not in late.text


def test_what_was_released_can_be_claimed_again_from_the_same_letter(
    page: Page, units: Units, question_id: UUID
) -> None:
    released = page.press("Claim").press("Release this question")
    assert (released.heading, released.buttons) == ("Mia Tan asks", ["Claim"])
    assert question(units, question_id).state is State.OPEN
    assert released.press("Claim").heading == "Mia Tan's question is yours"


def test_more_time_is_there_once_they_were_reminded(
    asked: Asked, units: Units, question_id: UUID, settings: Settings, links: Links
) -> None:
    claim_id = claimed(units, question_id, asked.mentor)
    due = later(units, NOON + SILENT_AFTER)
    with due.work(SYSTEM) as work:
        remind_claimer(work, claim_id)
    url = links.url(Purpose.QUESTION, asked.mentor.id, question_id, LATER)
    page = visit(browser(settings, due), url)
    until = NOON + SILENT_AFTER + REOPEN_AFTER
    assert f"If we hear nothing from you by {until:%A} {until.day} {until:%B}, 13:00 (Amsterdam time)" in page.text
    after = page.press("I need more time")
    assert "I need more time" not in after.buttons
    assert "we remind you on Tuesday 5 March, 13:00 (Amsterdam time)" in after.text
    assert page.press("I need more time").status == 200  # the same press again changes nothing


def test_whose_turn_is_over_reads_so(asked: Asked, units: Units, question_id: UUID, go: Open) -> None:
    claimed(units, question_id, asked.mentor)
    mine = go(Purpose.QUESTION, asked.mentor.id, question_id)
    with units.work(member(asked.mentor.id)) as work:
        release_question(work, question_id)
    claimed(units, question_id, asked.other)
    late = mine.press("Mark answered", {"Summary of the answer": "Read it twice."})
    assert (late.status, late.heading) == (409, "Noor Bakker has this question")
    assert question(units, question_id).claimer_id == asked.other.id


def test_the_student_rates_once_and_decides_who_reads_the_summary(
    page: Page, asked: Asked, units: Units, question_id: UUID, go: Open
) -> None:
    answers = {"Summary of the answer": "Read it twice.", "May others see this later?": "Yes"}
    page.press("Claim").press("Mark answered", answers)
    mine = go(Purpose.QUESTION, asked.student.id, question_id)
    assert mine.heading == "Kim Alder answered this question"
    assert set(mine.buttons) == {"Rate answer", "Yes, share it", "Keep it between us"}
    rated = mine.press("Rate answer", {"Rating": "5", "Thanks": "Just what I needed."})
    assert "You gave it 5 of 5. Thank you." in rated.text
    shared = rated.press("Yes, share it")
    assert shared.buttons == ["Keep it between us"]
    assert shared.press("Keep it between us").buttons == ["Yes, share it"]
    found = question(units, question_id)
    assert (found.rating, found.thanks, found.student_consents) == (5, "Just what I needed.", False)
    mentors = go(Purpose.QUESTION, asked.mentor.id, question_id)
    assert "Just what I needed." in mentors.text


def test_others_read_neither_summary_nor_rating_nor_thanks(
    page: Page, asked: Asked, question_id: UUID, go: Open
) -> None:
    page.press("Claim").press("Mark answered", {"Summary of the answer": "Read it twice."})
    go(Purpose.QUESTION, asked.student.id, question_id).press("Rate answer", {"Rating": "1", "Thanks": "Hm."})
    theirs = go(Purpose.QUESTION, asked.other.id, question_id)
    assert (theirs.heading, theirs.buttons) == ("Kim Alder answered this question", [])
    for private in ("Read it twice.", "1 of 5", "Hm."):
        assert private not in theirs.text


def test_the_student_and_people_without_a_mentors_profile_cannot_claim(
    asked: Asked, units: Units, question_id: UUID, go: Open
) -> None:
    assert go(Purpose.QUESTION, asked.student.id, question_id).buttons == []
    assert go(Purpose.QUESTION, make.student(units).id, question_id).buttons == []


def test_who_is_kept_apart_is_not_told_why(asked: Asked, units: Units, question_id: UUID, page: Page, go: Open) -> None:
    with units.work(SYSTEM) as work:
        work.session.add(Block(user_id=asked.student.id, other_id=asked.mentor.id))
    refused = page.press("Claim")
    assert (refused.status, question(units, question_id).state) == (409, State.OPEN)
    for seen in (refused, go(Purpose.QUESTION, asked.mentor.id, question_id)):
        assert "This question is not open to you." in seen.text
        assert "Mia" not in seen.text


def test_a_draft_and_a_closed_question_need_nobody(asked: Asked, units: Units, go: Open) -> None:
    draft = make.question(units, asked.student, state=State.DRAFT, posted_at=None, opened_at=None)
    assert go(Purpose.QUESTION, asked.mentor.id, draft).status == 404
    closed = make.question(units, asked.student, state=State.CLOSED, closed_at=NOON + timedelta(hours=1))
    page = go(Purpose.QUESTION, asked.mentor.id, closed)
    assert (page.heading, page.buttons) == ("This question is closed", [])
