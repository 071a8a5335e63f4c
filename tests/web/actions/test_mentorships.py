"""A mentorship looked after from a mail's page, by people without Slack: several deeds, each when it applies."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from core.config import Settings
from core.links import Links, Purpose
from core.models import Feedback, Match, Request
from core.rules.checkins import FeedbackKind
from core.rules.matches import MatchState
from core.rules.requests import RequestState
from core.services.meetings import HeldMeeting, log_meeting
from core.services.offers import accept_offer
from core.services.people import Person
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.pages import Page, visit
from tests.web.actions.conftest import LATER, Asked, Open, browser

GOALS = {"Goals": "A first job in drug discovery.", "Meet every": "2 weeks"}


class Couple:
    """The two of a match, each with the link that their letters carry."""

    def __init__(self, asked: Asked, units: Units, go: Open) -> None:
        self.units, self.go, self.student, self.mentor = units, go, asked.student, asked.mentor
        with units.work(member(asked.mentor.id)) as work:
            self.match_id = accept_offer(work, asked.offer())

    def page(self, who: Person, purpose: Purpose = Purpose.MATCH) -> Page:
        return self.go(purpose, who.id, self.match_id)

    def row(self) -> Match:
        with self.units.read(SYSTEM) as reading:
            return reading.session.get_one(Match, self.match_id)


@pytest.fixture
def couple(asked: Asked, units: Units, go: Open) -> Couple:
    return Couple(asked, units, go)


def test_it_shows_how_it_stands_and_what_can_be_done(couple: Couple) -> None:
    page = couple.page(couple.student)
    assert page.heading == "You and Kim Alder"
    assert "Kim Alder has been your mentor since 1 March." in page.text
    assert "You have not met yet." in page.text
    assert page.buttons == [
        *("Propose", "Pause this mentorship", "Complete this mentorship", "End this mentorship", "Find another"),
    ]
    assert couple.page(couple.mentor).buttons[-1] == "End this mentorship"
    assert page.control("Goals").value.strip() == make.WISH.wish
    assert page.control("Meet every").options == ["Choose one", "week", "2 weeks", "3 weeks", "month", "2 months"]


def test_goals_are_proposed_by_one_and_agreed_to_by_the_other(couple: Couple) -> None:
    asked = couple.page(couple.student).press("Propose", GOALS)
    assert "You proposed to meet every 2 weeks. Kim Alder is asked to agree." in asked.text
    assert "Agree" not in asked.buttons
    page = couple.page(couple.mentor)
    assert "Mia Tan proposes to meet every 2 weeks, with these goals." in page.text
    agreed = page.press("Agree")
    assert "You agreed to meet every 2 weeks." in agreed.text
    assert couple.row().agreed_at == NOON


def test_goals_changed_meanwhile_are_read_before_they_are_agreed_to(couple: Couple) -> None:
    couple.page(couple.student).press("Propose", GOALS)
    read = couple.page(couple.mentor)
    couple.page(couple.student).press("Propose", GOALS | {"Meet every": "month"})
    refused = read.press("Agree")
    assert refused.status == 409
    assert refused.alerts == ["These goals have just been changed. Please read how they stand now."]
    assert "Mia Tan proposes to meet every month" in refused.text
    assert couple.row().agreed_at is None


def test_goals_can_be_changed_again_and_again_by_one_link(couple: Couple) -> None:
    page = couple.page(couple.student)
    for every in ("week", "month", "2 months"):
        page = page.press("Propose", GOALS | {"Meet every": every})
        assert f"You proposed to meet every {every}." in page.text
    assert couple.row().cadence_days == 60


def test_what_was_typed_wrongly_stays_to_be_mended(couple: Couple) -> None:
    again = couple.page(couple.student).press("Propose", {"Goals": "  ", "Meet every": "week"})
    assert (again.status, again.problem("Goals")) == (422, "Please write a few words here.")
    assert again.control("Meet every").value == "week"
    assert again.opened == ["Set goals"]
    again = couple.page(couple.student).press("Propose", GOALS | {"Meet every": "day"})
    assert again.problem("Meet every") == "Please choose one of these."
    assert couple.row().goals == ""


def test_one_link_pauses_and_resumes_as_often_as_one_likes(couple: Couple) -> None:
    """Each deed once a link is for forms sent twice: a page that is drawn anew offers a deed again."""
    page = couple.page(couple.mentor)
    for _ in range(3):
        page = page.press("Pause this mentorship", {"Pause for": "1 month"})
        assert "Paused until Sunday 31 March. It goes on by itself." in page.text
        assert couple.row().paused_until == NOON + timedelta(days=30)
        page = page.press("Resume")
        assert couple.row().state is MatchState.ACTIVE
    assert "Pause this mentorship" in couple.page(couple.mentor).buttons


def test_a_form_sent_twice_acts_once(couple: Couple) -> None:
    page = couple.page(couple.mentor)
    page.press("Pause this mentorship").press("Resume")
    assert "Pause this mentorship" in page.press("Pause this mentorship").buttons
    assert couple.row().state is MatchState.ACTIVE


def test_completing_leads_to_a_keepsake_to_print(
    couple: Couple, client: TestClient, links: Links, units: Units
) -> None:
    with units.work(member(couple.mentor.id)) as work:
        log_meeting(work, HeldMeeting(couple.match_id, NOON.date(), 45, "Video", "We read <my> plan."))
        log_meeting(work, HeldMeeting(couple.match_id, NOON.date(), 60, "Phone"))
    couple.page(couple.student).press("Propose", GOALS)
    couple.page(couple.mentor).press("Agree")
    assert couple.page(couple.student, Purpose.KEEPSAKE).status == 404
    over = couple.page(couple.mentor).press("Complete this mentorship")
    assert "Your mentorship was completed on Friday 1 March. Well done, both of you." in over.text
    assert over.buttons == []
    kept = couple.page(couple.student, Purpose.KEEPSAKE)
    assert kept.heading == "Mia Tan and Kim Alder"
    for told in ("1 March 2030", "Two meetings, 1 hour 45 minutes together", GOALS["Goals"], "We read <my> plan."):
        assert told in kept.text
    assert "every 2 weeks" in kept.text
    assert "@media print" in client.get("/assets/pages.css").text
    stranger = make.student(units)
    assert visit(client, links.url(Purpose.KEEPSAKE, stranger.id, couple.match_id, LATER)).status == 404


def test_an_end_gives_its_reason_to_staff_alone(couple: Couple) -> None:
    over = couple.page(couple.student).press(
        "End this mentorship", {"Reason": "Not the right fit", "Note": "We did not get on."}
    )
    assert "Your mentorship came to an end on Friday 1 March." in over.text
    with couple.units.read(SYSTEM) as reading:
        (said,) = reading.session.scalars(select(Feedback))
    assert (said.kind, said.author_id, said.answer, said.comment) == (
        *(FeedbackKind.ENDING, couple.student.id),
        *("Not the right fit", "We did not get on."),
    )
    theirs = couple.page(couple.mentor)
    assert theirs.text.replace("Mia Tan", "Kim Alder") == over.text
    assert theirs.buttons == []


def test_an_end_needs_its_reason_and_says_so_in_its_own_form(couple: Couple) -> None:
    again = couple.page(couple.student).press("Find another", {"Note": "Kept."})
    assert again.status == 422
    assert again.opened == ["Find another mentor"]
    ours, other = (
        {one.name: one for one in again.form(button).controls} for button in ("Find another", "End this mentorship")
    )
    assert (ours["reason"].invalid, ours["note"].value.strip()) == (True, "Kept.")
    assert (other["reason"].invalid, other["note"].value.strip()) == (False, "")
    assert couple.row().state is MatchState.ACTIVE


def test_a_student_finds_another_mentor_in_one_step(couple: Couple) -> None:
    over = couple.page(couple.student).press("Find another", {"Reason": "Too little time"})
    assert "came to an end" in over.text
    with couple.units.read(SYSTEM) as reading:
        newest = reading.session.scalars(select(Request).order_by(Request.id.desc())).first()
        assert newest is not None
        assert (newest.state, newest.wish) == (RequestState.SEARCHING, make.WISH.wish)


def test_with_a_request_open_already_the_mentorship_goes_on(couple: Couple) -> None:
    make.request(couple.units, couple.student)
    refused = couple.page(couple.student).press("Find another", {"Reason": "Other"})
    assert refused.status == 409
    assert refused.alerts == ["You have an open request for a mentor already, so nothing was changed."]
    assert couple.row().state is MatchState.ACTIVE


def test_a_mentor_cannot_send_the_students_form(couple: Couple, client: TestClient) -> None:
    page = couple.page(couple.mentor)
    form = page.data("End this mentorship", {"Reason": "Other"}) | {"deed": "another"}
    answer = client.post(str(page.response.url), data=form)
    assert "Only the student of a mentorship looks for another mentor." in answer.text
    assert couple.row().state is MatchState.ACTIVE


def test_somebody_elses_link_opens_nothing(couple: Couple, go: Open, units: Units) -> None:
    for stranger in (make.student(units), make.mentor(units)):
        assert go(Purpose.MATCH, stranger.id, couple.match_id).status == 404
        assert go(Purpose.MATCH, stranger.id, UUID(int=1)).status == 404


def test_what_the_other_did_meanwhile_is_shown_instead(couple: Couple) -> None:
    page = couple.page(couple.student)
    couple.page(couple.mentor).press("End this mentorship", {"Reason": "Other"})
    refused = page.press("Pause this mentorship")
    assert refused.status == 409
    assert "came to an end" in refused.text
    assert refused.alerts == ["This mentorship is over, so nothing was changed."]


def test_the_page_leads_to_meetings_and_feedback(
    couple: Couple, settings: Settings, units: Units, links: Links
) -> None:
    tomorrow = browser(settings, later(units, NOON + timedelta(days=1)))
    page = visit(tomorrow, links.url(Purpose.MATCH, couple.mentor.id, couple.match_id, LATER))
    tokens = re.findall(r'<li><a href="([^"]+)"', page.response.text)
    headings = [visit(tomorrow, str(page.response.url.join(token))).heading for token in tokens]
    assert headings == [
        "Schedule a meeting with Mia Tan",
        "Log a meeting with Mia Tan",
        "How is it going with Mia Tan?",
    ]
