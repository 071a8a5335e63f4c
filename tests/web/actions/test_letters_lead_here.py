"""Every link in every letter opens a page that shows, and changes nothing by being opened."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from core.links import Links, Purpose
from core.models import Feedback, OfferQuestion, Profile, User, new_id
from core.notifications import Kind
from core.rules.checkins import AskKind, Rating
from core.rules.questions import REFER_AFTER
from core.rules.referrals import Fit
from core.services.asks import rate
from core.services.meetings import HeldMeeting, log_meeting
from core.services.mentorships import complete_match, pause_match, propose_goals
from core.services.offer_questions import answer_question, ask_before_deciding
from core.services.offers import accept_offer
from core.services.people import Person
from core.services.question_answers import mark_answered, rate_answer
from core.services.question_referrals import refer_question
from core.services.scheduling import pick_time
from core.uow import SYSTEM, Units, member
from mail.composing import compose
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.pages import visit
from tests.support.snapshots import snapshot
from tests.web.actions.conftest import Asked, held, proposed, suggested

LINK = re.compile(r"http://[^\s\"'<>]+/a/[^\s\"'<>]+")
Letter = tuple[Kind, UUID, Person]


class Post:
    """What the letters of a story hold."""

    def __init__(self, units: Units, links: Links) -> None:
        self.units, self.links = units, links

    def urls(self, kind: Kind, subject: UUID, reader: Person) -> set[str]:
        """The links of one letter: the same in HTML and as text, and where to unsubscribe."""
        with self.units.read(SYSTEM) as reading:
            letter = compose(reading, kind, subject, reader.id, self.links)
        in_text, in_html = set(LINK.findall(letter.text)), set(LINK.findall(letter.html))
        assert in_text == in_html
        return in_text | ({letter.unsubscribe_url} - {""})


@pytest.fixture
def post(units: Units, links: Links) -> Post:
    return Post(units, links)


def story(units: Units, asked: Asked) -> Iterator[Letter]:
    """What happens, and each letter as it is sent."""
    yield Kind.OFFER, asked.offer(), asked.mentor
    yield Kind.OFFER_REMINDER, asked.offer(), asked.mentor
    yield Kind.REQUEST_STATUS, asked.request_id, asked.student
    with units.work(member(asked.mentor.id)) as work:
        question_id = ask_before_deciding(work, asked.offer(), "Which data?")
    yield Kind.OFFER_QUESTION, question_id, asked.student
    with units.work(member(asked.student.id)) as work:
        answer_question(work, question_id, "Sequences.")
    yield Kind.OFFER_ANSWER, question_id, asked.mentor
    with units.work(member(asked.mentor.id)) as work:
        match_id = accept_offer(work, asked.offer())
    yield Kind.INTRODUCTION, match_id, asked.mentor
    yield Kind.INTRODUCTION, match_id, asked.student
    yield Kind.KICK_OFF, match_id, asked.student
    with units.work(member(asked.student.id)) as work:
        propose_goals(work, match_id, "A first job.", 14)
    yield Kind.GOALS_PROPOSED, match_id, asked.mentor
    with units.work(member(asked.mentor.id)) as work:
        meeting_id = log_meeting(work, HeldMeeting(match_id, NOON.date(), 30, "Video"))
    yield Kind.MEETING_LOGGED, meeting_id, asked.student
    yield from asks(units, match_id, asked.student, asked.mentor)
    planned = proposed(units, asked.mentor, match_id)
    yield Kind.MEETING_PROPOSED, planned, asked.student
    with units.work(member(asked.student.id)) as work:
        pick_time(work, planned, 0)
    for kind in (Kind.MEETING_PLANNED, Kind.MEETING_INVITATION, Kind.MEETING_REMINDER, Kind.MEETING_OVER):
        yield kind, planned, asked.mentor
    _, item_id = held(units, asked.student, match_id)
    yield Kind.ITEM_REMINDER, item_id, asked.student
    with units.work(member(asked.student.id)) as work:
        pause_match(work, match_id, NOON + timedelta(days=14))
    yield Kind.MATCH_CHANGED, match_id, asked.mentor
    with units.work(member(asked.mentor.id)) as work:
        complete_match(work, match_id)
    yield Kind.KEEPSAKE, match_id, asked.student
    yield from quick_questions(units, asked)
    yield Kind.MENTORSHIP_SUGGESTED, suggested(units, asked.student, asked.other), asked.student
    with units.work(SYSTEM) as work:
        profile = work.session.scalars(
            select(Profile).where(Profile.user_id == asked.other.id, Profile.role == "mentor")
        ).one()
        profile.paused_until = NOON + timedelta(days=30)
    yield Kind.MENTOR_PAUSED, profile.id, asked.other
    yield Kind.OFFERS_MOVED_ON, profile.id, asked.other
    with units.work(SYSTEM) as work:
        work.session.get_one(Profile, profile.id).paused_until = None
    yield Kind.PAUSE_OVER, profile.id, asked.other
    yield Kind.QUESTION_REFERRED, referred(units, asked.student, asked.other), asked.other
    with units.work(SYSTEM) as work:
        work.session.get_one(
            User, asked.other.id
        ).slack_user_id = None  # who is not in Slack has the way in each letter
    yield Kind.OWN_DATA, asked.other.id, asked.other


def referred(units: Units, student: Person, mentor: Person) -> UUID:
    """A question that nobody claimed for six hours, about which this mentor is asked."""
    question_id = make.question(units, student, opened_at=NOON - REFER_AFTER)
    with units.work(SYSTEM) as work:
        (referral_id,) = refer_question(work, question_id, [Fit(mentor.id, 0.5)])
    return referral_id


def quick_questions(units: Units, asked: Asked) -> Iterator[Letter]:
    """A question claimed, reminded of, answered and rated."""
    question_id = make.question(units, asked.student)
    claim_id = make.claim(units, question_id, asked.mentor)
    yield Kind.QUESTION_CLAIMED, claim_id, asked.mentor
    yield Kind.QUESTION_CLAIMED, claim_id, asked.student
    yield Kind.QUESTION_YOURS, claim_id, asked.mentor
    yield Kind.QUESTION_REMINDER, claim_id, asked.mentor
    with units.work(member(asked.mentor.id)) as work:
        mark_answered(work, question_id, "Read it twice.", may_be_read=True)
    yield Kind.QUESTION_ANSWERED, question_id, asked.student
    with units.work(member(asked.student.id)) as work:
        rate_answer(work, question_id, 5, "Thank you.")
    yield Kind.QUESTION_RATED, question_id, asked.mentor


def asks(units: Units, match_id: UUID, student: Person, mentor: Person) -> Iterator[Letter]:
    """A check-in, a survey, and what is shared of it."""
    for kind, name in ((Kind.CHECK_IN, AskKind.CHECK_IN), (Kind.SURVEY, AskKind.SURVEY)):
        sheet_id = new_id()
        ask_id = make.ask(units, match_id, student, kind=name, sheet_id=sheet_id)
        yield kind, sheet_id, student
    with units.work(member(student.id)) as work:
        rate(work, ask_id, Rating(4, "Well.", shared=True))
    with units.read(SYSTEM) as reading:
        said = reading.session.scalars(select(Feedback.id)).one()
    yield Kind.FEEDBACK_SHARED, said, mentor


def test_every_link_opens_a_page_and_changes_nothing(
    post: Post, units: Units, asked: Asked, client: TestClient, links: Links, owner: Engine
) -> None:
    opened: set[Purpose] = set()
    every: list[str] = []
    for letter in story(units, asked):
        urls = post.urls(*letter)
        before = snapshot(owner)
        for url in urls:
            assert visit(client, url).status == 200, letter[0]
            assert client.head(url).status_code == 200, letter[0]
            opened.add(links.read(url.rpartition("/")[2], NOON).purpose)
        assert snapshot(owner) == before, letter[0]
        every += urls
    statuses = {client.get(url).status_code for url in every}
    assert statuses == {200}, "links of older letters show how things stand"
    assert opened == set(Purpose) - {Purpose.OWN_DATA_FILE}, "which the page of one's data leads to"


def test_a_mentor_decides_by_mail_alone(post: Post, units: Units, asked: Asked, client: TestClient) -> None:
    def letter(kind: Kind, subject: UUID, reader: Person, purpose: Purpose) -> str:
        tokens = {
            post.links.read(url.rpartition("/")[2], NOON).purpose: url for url in post.urls(kind, subject, reader)
        }
        return tokens[purpose]

    offer = letter(Kind.OFFER, asked.offer(), asked.mentor, Purpose.OFFER_ASK)
    visit(client, offer).press("Send", {"Your question": "Which data?"})
    with units.read(SYSTEM) as reading:
        question_id = reading.session.scalars(select(OfferQuestion.id)).one()
    question = letter(Kind.OFFER_QUESTION, question_id, asked.student, Purpose.OFFER_QUESTION_ANSWER)
    visit(client, question).press("Send", {"Your answer": "Sequences."})
    answer = letter(Kind.OFFER_ANSWER, question_id, asked.mentor, Purpose.OFFER_ACCEPT)
    page = visit(client, answer)
    assert "Sequences." in page.text
    assert page.press("Accept").heading == "You are Mia Tan's mentor now"
