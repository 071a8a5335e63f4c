"""Check-ins, surveys, feedback and private help from a mail: one press answers, and opening changes nothing."""

from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from core.links import Purpose
from core.models import Ask, Block, Feedback, Match, Notification, new_id
from core.notifications import Kind
from core.rules.checkins import AskKind, AskState, CheckInAnswer, FeedbackKind
from core.rules.matches import MatchState
from core.services.asks import answer_check_in
from core.services.people import Person
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.snapshots import snapshot
from tests.web.actions.conftest import Open

PRESSES = [
    (Purpose.CHECK_IN_WELL, "Going well"),
    (Purpose.CHECK_IN_BETTER, "Could be better"),
    (Purpose.CHECK_IN_NOT_MET, "We haven't met"),
]


@pytest.fixture
def mia(units: Units) -> Person:
    return make.student(units, "Mia Tan")


@pytest.fixture
def match_id(units: Units, mia: Person) -> UUID:
    return make.match(units, mia, make.mentor(units, "Kim Alder"))


def said(units: Units) -> list[Feedback]:
    with units.read(SYSTEM) as reading:
        return list(reading.session.scalars(select(Feedback).order_by(Feedback.id)))


@pytest.mark.parametrize(("purpose", "answer"), PRESSES)
def test_each_link_offers_its_answer_first_and_one_press_gives_it(
    purpose: Purpose, answer: str, go: Open, units: Units, mia: Person, match_id: UUID, owner: Engine
) -> None:
    ask_id = make.ask(units, match_id, mia)
    before = snapshot(owner)
    page = go(purpose, mia.id, ask_id)
    assert snapshot(owner) == before
    assert page.heading == "You and Kim Alder were introduced a week ago. Have you met, and how is it going?"
    assert page.buttons[0] == answer
    assert set(page.buttons) == {*(one for _, one in PRESSES), "Send to staff"}
    after = page.press(answer)
    assert (after.status, after.heading) == (200, "Your answer is noted")
    assert f"About Kim Alder you said “{answer}”." in after.text
    assert [one.answer for one in said(units)] == [answer]


def test_a_second_press_changes_nothing_and_shows_how_it_stands(
    go: Open, units: Units, mia: Person, match_id: UUID
) -> None:
    ask_id = make.ask(units, match_id, mia)
    page = go(Purpose.CHECK_IN_WELL, mia.id, ask_id)
    with units.work(member(mia.id)) as work:
        answer_check_in(work, ask_id, CheckInAnswer.NOT_MET)
    late = page.press("Going well")
    assert "“We haven't met”" in late.text
    assert "Write to Kim Alder" in late.text
    assert len(said(units)) == 1


def test_all_that_was_asked_in_one_message_is_on_one_page(go: Open, units: Units, mia: Person, match_id: UUID) -> None:
    second = make.match(units, mia, make.mentor(units, "Noor Bakker"))
    sheet_id = new_id()
    first_id = make.ask(units, match_id, mia, sheet_id=sheet_id)
    make.ask(units, second, mia, sheet_id=sheet_id, kind=AskKind.SURVEY, slot="day 30")
    page = go(Purpose.CHECK_IN_WELL, mia.id, first_id)
    assert "You and Noor Bakker have worked together for a month." in page.text
    after = page.press("Rate", {"Rating": "4", "Comment": "Fine."}).press("Going well")
    assert {(one.rating, one.answer) for one in said(units)} == {(4, ""), (None, "Going well")}
    assert after.heading == "Your answer is noted"
    assert "Rate" not in after.buttons


def test_a_survey_needs_a_number_and_keeps_what_was_typed(go: Open, units: Units, mia: Person, match_id: UUID) -> None:
    ask_id = make.ask(units, match_id, mia, kind=AskKind.SURVEY, slot="day 90")
    page = go(Purpose.ASK_RATE, mia.id, ask_id)
    again = page.press("Rate", {"Rating": "", "Comment": "Kept."})
    assert (again.status, again.problem("Rating")) == (422, "Please choose one of these.")
    assert again.control("Comment").value.strip() == "Kept."
    done = again.press("Rate", {"Rating": "5", "Comment": "Kept.", "Share with my partner": "Yes"})
    assert "You gave your mentorship with Kim Alder 5 of 5, which Kim Alder can read." in done.text
    (one,) = said(units)
    assert (one.rating, one.comment, one.shared, one.kind) == (5, "Kept.", True, FeedbackKind.SURVEY)


def test_who_says_it_could_be_better_can_say_more_at_once(go: Open, units: Units, mia: Person, match_id: UUID) -> None:
    page = go(Purpose.CHECK_IN_BETTER, mia.id, make.ask(units, match_id, mia)).press("Could be better")
    done = page.press("Send", {"Rating": "2", "Comment": "We never find a time."})
    assert "Thank you for telling us more." in done.text
    assert [(one.answer, one.rating) for one in said(units)] == [("Could be better", None), ("", 2)]


def test_help_reaches_staff_from_the_letters_link_and_from_the_check_ins_page(
    go: Open, units: Units, mia: Person, match_id: UUID
) -> None:
    page = go(Purpose.HELP, mia.id, match_id)
    assert "Kim Alder is not told, and sees it nowhere." in page.text
    assert page.press("Send to staff").problem("What happened?") == "Please write a few words here."
    done = page.press("Send to staff", {"What happened?": "At night.", "Never match us again": "Yes"})
    assert done.heading == "Staff have your message"
    check_in = go(Purpose.CHECK_IN_WELL, mia.id, make.ask(units, match_id, mia))
    assert "Staff have your message" in check_in.press("Send to staff", {"What happened?": "Again."}).text
    with units.read(SYSTEM) as reading:
        reports = reading.session.scalars(select(Notification).where(Notification.kind == Kind.HELP_REPORT)).all()
        assert len(reading.session.scalars(select(Block)).all()) == 1
    assert [one.channel_name for one in reports] == ["admins", "admins"]
    assert [one.comment for one in said(units)] == ["At night.", "Again."]


def test_feedback_at_any_time_while_the_match_runs(go: Open, units: Units, mia: Person, match_id: UUID) -> None:
    page = go(Purpose.FEEDBACK, mia.id, match_id)
    assert page.press("Send", {"Rating": "3"}).heading == "Thank you"
    assert [one.rating for one in said(units)] == [3]
    with units.work(SYSTEM) as work:
        match = work.session.get_one(Match, match_id)
        match.state, match.ended_at = MatchState.ENDED, NOON
    assert go(Purpose.FEEDBACK, mia.id, match_id).buttons == []
    late = go(Purpose.HELP, mia.id, match_id)
    assert "Send to staff" in late.buttons


def test_what_lapsed_says_so(go: Open, units: Units, mia: Person, match_id: UUID) -> None:
    ask_id = make.ask(units, match_id, mia)
    page = go(Purpose.CHECK_IN_WELL, mia.id, ask_id)
    with units.work(SYSTEM) as work:
        work.session.get_one(Ask, ask_id).state = AskState.LAPSED
    late = page.press("Going well")
    assert late.heading == "This question has had its time"
    assert said(units) == []


def test_the_partner_and_strangers_open_none_of_it(go: Open, units: Units, mia: Person, match_id: UUID) -> None:
    ask_id = make.ask(units, match_id, mia)
    with units.read(SYSTEM) as reading:
        partner = reading.session.get_one(Match, match_id).mentor_id
    stranger = make.student(units)
    assert go(Purpose.CHECK_IN_WELL, partner, ask_id).status == 404
    for purpose, subject in ((Purpose.ASK_RATE, ask_id), (Purpose.HELP, match_id), (Purpose.FEEDBACK, match_id)):
        assert go(purpose, stranger.id, subject).status == 404
