"""The pages behind links in mails: every page in every state, on a database of its own at a time that stands still.

The docs show them on a phone; whoever names a folder gets them at a desk, too.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import select, update

from core.links import Purpose
from core.models import Offer, Profile, User, new_id
from core.rules.checkins import AskKind, CheckInAnswer
from core.rules.roles import PersonState
from core.services.asks import answer_check_in
from core.services.meetings import HeldMeeting, correct_meeting, log_meeting
from core.services.mentorships import complete_match
from core.services.offer_questions import answer_question, ask_before_deciding
from core.services.offers import accept_offer
from core.services.requests import cancel_request
from core.services.scheduling import Proposal, pick_time, propose_meeting
from core.uow import SYSTEM, member
from tests.gallery.stories.linked import NOW, TOLD, Studio, studio
from tests.support import factories as make


def play(folder: Path, *, whole: bool) -> None:
    """Take all of them."""
    takes = (
        *(offers, offer_questions, offers_over, meetings, scheduling, asks, mentoring, subscriptions, keepsake),
        *(privacy, troubles),
    )
    with studio(folder, whole=whole) as at:
        for take in takes:
            take(at)


def offers(at: Studio) -> None:
    _, mentor, _, offer_id = at.asked()
    decline = at.url(Purpose.OFFER_DECLINE, mentor, offer_id)
    at.shoot("offer", at.url(Purpose.OFFER_ACCEPT, mentor, offer_id))
    at.shoot("offer-profile", at.url(Purpose.PROFILE_VIEW, mentor, offer_id))
    at.shoot("offer-decline", decline)

    def too_long(page: Page) -> None:
        page.locator("textarea[name=note]").evaluate("field => field.removeAttribute('maxlength')")
        page.locator("select[name=reason]").evaluate("field => field.removeAttribute('required')")
        page.get_by_label("Note").fill("I would rather not. " * 100)
        page.get_by_role("button", name="Decline this student").click()

    at.shoot("offer-decline-errors", decline, too_long)


def offer_questions(at: Studio) -> None:
    student, mentor, _, offer_id = at.asked()
    ask = at.url(Purpose.OFFER_ASK, mentor, offer_id)
    at.shoot("offer-ask", ask)
    with at.units.work(member(mentor.id)) as work:
        question_id = ask_before_deciding(work, offer_id, "Have you worked with real data before?")
    at.shoot("offer-asked", ask)
    answer = at.url(Purpose.OFFER_QUESTION_ANSWER, student, question_id)
    at.shoot("question", answer)
    with at.units.work(member(student.id)) as work:
        answer_question(work, question_id, "Yes, with sequences from our own laboratory, for about a year.")
    at.shoot("question-answered", answer)
    at.shoot("offer-answered", at.url(Purpose.OFFER_ACCEPT, mentor, offer_id))
    student, mentor, request_id, offer_id = at.asked()
    with at.units.work(member(mentor.id)) as work:
        question_id = ask_before_deciding(work, offer_id, "Which data?")
    with at.units.work(member(student.id)) as work:
        cancel_request(work, request_id)
    at.shoot("question-over", at.url(Purpose.OFFER_QUESTION_ANSWER, student, question_id))


def offers_over(at: Studio) -> None:
    def press(button: str) -> Callable[[Page], object]:
        return lambda page: page.get_by_role("button", name=button).click()

    def declining(page: Page) -> None:
        if page.get_by_label("Reason").count():
            page.get_by_label("Reason").select_option("No time now")
            page.get_by_label("Pause new students").select_option("1 month")
            page.get_by_role("button", name="Decline this student").click()

    for name, purpose, act in (
        ("offer-accepted", Purpose.OFFER_ACCEPT, press("Accept")),
        ("offer-declined", Purpose.OFFER_DECLINE, declining),
    ):
        for width in at.widths:
            _, mentor, _, offer_id = at.asked()
            at.shoot(name, at.url(purpose, mentor, offer_id), act, width)
    student, mentor, request_id, offer_id = at.asked()
    other = make.mentor(at.units)
    with at.units.work(member(student.id)) as work:
        cancel_request(work, request_id)
    at.shoot("offer-withdrawn", at.url(Purpose.OFFER_ACCEPT, mentor, offer_id))
    request_id = make.request(at.units, student)
    make.wave(at.units, request_id, other, mentor)
    with at.units.read(SYSTEM) as reading:
        rows = reading.session.scalars(select(Offer).where(Offer.request_id == request_id, Offer.state == "open"))
        ids = {offer.mentor_id: offer.id for offer in rows}
    with at.units.work(member(other.id)) as work:
        accept_offer(work, ids[other.id])
    at.shoot("offer-taken", at.url(Purpose.OFFER_ACCEPT, mentor, ids[mentor.id]))
    _, full, _, offer_id = at.asked()
    with at.units.work(SYSTEM) as work:
        work.session.execute(update(Profile).where(Profile.user_id == full.id).values(max_mentees=0))
    at.shoot("offer-no-room", at.url(Purpose.OFFER_ACCEPT, full, offer_id), press("Accept"))


def meetings(at: Studio) -> None:
    _, mentor, _, offer_id = at.asked()
    with at.units.work(member(mentor.id)) as work:
        match_id = accept_offer(work, offer_id)
    url = at.url(Purpose.MATCH_LOG, mentor, match_id)
    at.shoot("meeting", url)

    def send(page: Page) -> None:
        if page.get_by_label("Kind").count():
            page.get_by_label("Kind").select_option("Video")
            page.get_by_label("Notes").fill("We looked at her first analysis.")
            page.get_by_role("button", name="Save").click()

    at.shoot("meeting-noted", url, send)


def scheduling(at: Studio) -> None:
    student, mentor = make.student(at.units, "Mia Tan"), make.mentor(at.units, "Kim Alder")
    match_id = make.match(at.units, student, mentor)
    at.shoot("schedule", at.url(Purpose.MEETING_SCHEDULE, mentor, match_id))
    times = tuple(NOW + timedelta(days=day) for day in (2, 3, 4))
    with at.units.work(member(mentor.id)) as work:
        meeting_id = propose_meeting(work, Proposal(match_id, times, 45, "Video", "Your plan for spring"))
    at.shoot("pick", at.url(Purpose.MEETING_PICK, student, meeting_id))
    with at.units.work(member(student.id)) as work:
        pick_time(work, meeting_id, 0)
    at.shoot("planned", at.url(Purpose.MEETING, student, meeting_id))
    told = HeldMeeting(match_id, NOW.date(), 45, "Video", "We made a plan.", ("Mia: read chapter 3 by 2030-03-08",))
    with at.units.work(member(mentor.id)) as work:
        held_id = log_meeting(work, told)
    with at.units.work(member(student.id)) as work:
        correct_meeting(work, held_id, replace(told, minutes=60, notes="", action_items=()))
    at.shoot("told-differently", at.url(Purpose.MEETING, mentor, held_id))


def asks(at: Studio) -> None:
    mia, sheet_id = make.student(at.units, "Mia Tan"), new_id()
    match_id = make.match(at.units, mia, make.mentor(at.units, "Kim Alder"))
    other = make.match(at.units, mia, make.mentor(at.units, "Noor Bakker"))
    ask_id = make.ask(at.units, match_id, mia)
    at.shoot("check-in", at.url(Purpose.CHECK_IN_WELL, mia, ask_id))
    with at.units.work(member(mia.id)) as work:
        answer_check_in(work, ask_id, CheckInAnswer.COULD_BE_BETTER)
    at.shoot("check-in-answered", at.url(Purpose.CHECK_IN_WELL, mia, ask_id))
    survey = make.ask(at.units, match_id, mia, kind=AskKind.SURVEY, slot="day 30", sheet_id=sheet_id)
    make.ask(at.units, other, mia, slot="day 14", sheet_id=sheet_id)
    at.shoot("survey", at.url(Purpose.ASK_RATE, mia, survey))
    at.shoot("feedback", at.url(Purpose.FEEDBACK, mia, match_id))
    at.shoot("help", at.url(Purpose.HELP, mia, match_id))

    def send(page: Page) -> None:
        if page.get_by_label("What happened?").count():
            page.get_by_label("What happened?").fill("They write to me at night.")
            page.get_by_role("button", name="Send to staff").click()

    at.shoot("help-sent", at.url(Purpose.HELP, mia, match_id), send)


def mentoring(at: Studio) -> None:
    mentor = make.mentor(at.units)
    with at.units.read(SYSTEM) as reading:
        profile_id = reading.session.scalars(select(Profile.id).where(Profile.user_id == mentor.id)).one()
    at.shoot("pause", at.url(Purpose.PAUSE, mentor, profile_id))

    def press(page: Page) -> None:
        button = page.get_by_role("button", name="Pause")
        if button.count():
            button.click()

    at.shoot("paused", at.url(Purpose.PAUSE, mentor, profile_id), press)


def subscriptions(at: Studio) -> None:
    person = make.student(at.units)
    url = at.url(Purpose.UNSUBSCRIBE, person, person.id)
    at.shoot("unsubscribe", url)

    def press(page: Page) -> None:
        if page.get_by_role("button").count():
            page.get_by_role("button", name="Unsubscribe").click()

    at.shoot("unsubscribed", url, press)


def keepsake(at: Studio) -> None:
    """What a completed mentorship leaves, to print."""
    student, mentor = make.student(at.units, "Mia Tan"), make.mentor(at.units, "Kim Alder")
    match_id = make.match(at.units, student, mentor)
    with at.units.work(member(mentor.id)) as work:
        log_meeting(work, HeldMeeting(match_id, NOW.date(), 45, "Video", "We made a plan.", ()))
        complete_match(work, match_id)
    at.shoot("keepsake", at.url(Purpose.KEEPSAKE, student, match_id))


def privacy(at: Studio) -> None:
    somebody = make.student(at.units, "Mia Tan", **TOLD)
    at.shoot("privacy", at.url(Purpose.PRIVACY, somebody, somebody.id))
    at.shoot("own-data", at.url(Purpose.OWN_DATA, somebody, somebody.id))

    def press(page: Page) -> None:
        if page.get_by_role("button", name="Erase me").count():
            page.get_by_label("Type erase to go on").fill("erase")
            page.get_by_role("button", name="Erase me").click()

    for width in at.widths:
        gone = make.mentor(at.units)
        at.shoot("erased", at.url(Purpose.PRIVACY, gone, gone.id), press, width)


def troubles(at: Studio) -> None:
    person = make.student(at.units)
    at.shoot("expired", at.url(Purpose.OFFER_ACCEPT, person, person.id, NOW - timedelta(days=1)))
    at.shoot("broken", at.url(Purpose.OFFER_ACCEPT, person, person.id)[:-4])
    at.shoot("not-here", at.url(Purpose.OFFER_ACCEPT, person, person.id))
    with at.units.work(SYSTEM) as work:
        work.session.get_one(User, person.id).state = PersonState.LEFT
    at.shoot("closed", at.url(Purpose.OFFER_ACCEPT, person, person.id))
