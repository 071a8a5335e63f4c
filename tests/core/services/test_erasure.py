"""Erasing a person: at once, once, with everything that is under way, and with the figures as they were."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from app.environment import ROOT
from core.models import (
    ApiToken,
    AuditEntry,
    Base,
    Block,
    Match,
    Notification,
    NotificationState,
    Offer,
    Profile,
    ProfileVector,
    Question,
    Request,
    User,
)
from core.notifications import Kind, redraw
from core.queue import Job
from core.rules.erasure import GONE, LastAdmin
from core.rules.errors import DomainError, InvalidFields, NotFound
from core.rules.offers import OfferState
from core.rules.questions import QuestionState
from core.rules.requests import RequestState
from core.rules.roles import PersonState
from core.services.erased_texts import STEPS, clear_runs
from core.services.erasure import erase_as_staff, erase_self, erasures_unfinished
from core.services.invariants import broken
from core.services.offers import accept_offer
from core.services.people import Person, SlackIdentity, by_slack, remember
from core.services.question_claims import claim_question
from core.services.question_reports import question_stats
from core.services.requests import request_mentor
from core.services.trends import Span, trends
from core.uow import SYSTEM, Units, admin, member
from tests.conftest import NOON
from tests.support import factories as make
from tests.support import quick_questions as ask
from tests.support.by_hand import ready_run
from tests.support.queues import Recorded
from tests.support.statements import statements


def erase(units: Units, person: Person) -> None:
    with units.work(member(person.id)) as work:
        erase_self(work, "erase")


def clear(units: Units, person: Person) -> None:
    for step in STEPS:
        with units.work(SYSTEM) as work:
            step(work, person.id)


def user(units: Units, person: Person) -> User:
    with units.read(SYSTEM) as reading:
        return reading.session.get_one(User, person.id)


def rows(units: Units, table: type, *which: object) -> int:
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(select(func.count()).select_from(table).where(*which)).one()  # type: ignore[arg-type]


def test_what_runs_ends_at_once(units: Units, queue: Recorded) -> None:
    kim, lee, mia = make.mentor(units), make.mentor(units), make.student(units)
    request_id = make.request(units, mia)
    make.wave(units, request_id, kim)
    question_id = ask.posted(units, mia)
    with units.work(member(kim.id)) as work:
        claim_question(work, question_id)
    with units.work(SYSTEM) as work:
        work.session.add(Block(user_id=kim.id, other_id=lee.id))
    erase(units, kim)
    gone = user(units, kim)
    assert (gone.state, gone.name, gone.email, gone.slack_user_id, gone.roles) == (
        PersonState.ERASED,
        GONE,
        None,
        None,
        [],
    )
    with units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Offer.state)).all() == [OfferState.WITHDRAWN]
        assert reading.session.get_one(Request, request_id).state is RequestState.SEARCHING
        assert reading.session.get_one(Question, question_id).state is QuestionState.OPEN
        assert erasures_unfinished(reading) == [kim.id]
    assert not any(rows(units, table) for table in (ProfileVector, ApiToken, Block))
    assert rows(units, Profile, Profile.user_id == kim.id) == 0
    assert (Job.ERASE, (str(kim.id),)) in queue.jobs


def test_a_student_takes_request_and_questions_along(units: Units) -> None:
    mia = make.student(units)
    request_id, question_id = make.request(units, mia), ask.posted(units, mia)
    erase(units, mia)
    clear(units, mia)
    with units.read(SYSTEM) as reading:
        request, question = reading.session.get_one(Request, request_id), reading.session.get_one(Question, question_id)
    assert (request.state, request.wish) == (RequestState.CANCELLED, "")
    assert (question.state, question.question, question.topics) == (QuestionState.CLOSED, "", [])


def test_twice_is_once_and_the_log_keeps_ids_alone(units: Units) -> None:
    mia = make.student(units, "Mia Tan")
    erase(units, mia)
    erase(units, mia)
    with units.read(SYSTEM) as reading:
        (line,) = reading.session.scalars(select(AuditEntry)).all()
    assert (line.action, line.subject_id, line.after) == ("erased", mia.id, {"asked_by": "the person"})
    assert "Mia" not in str(vars(line))


def test_staff_erase_for_a_reason(units: Units) -> None:
    mia, ada = make.student(units), make.person(units, is_admin=True)
    with pytest.raises(InvalidFields), units.work(admin(ada.id)) as work:
        erase_as_staff(work, mia.id, " ")
    assert user(units, mia).state is PersonState.ACTIVE
    with units.work(admin(ada.id)) as work:
        erase_as_staff(work, mia.id, "Asked us by mail.")
    with units.read(SYSTEM) as reading:
        (line,) = reading.session.scalars(select(AuditEntry)).all()
    assert (line.actor_id, line.reason) == (ada.id, "Asked us by mail.")
    with pytest.raises(NotFound), units.work(admin(ada.id)) as work:
        erase_as_staff(work, UUID(int=1), "Nobody.")


def test_of_two_on_staff_at_the_same_moment_one_stays(units: Units) -> None:
    staff = [make.person(units, is_admin=True) for _ in range(2)]

    def go(person: Person) -> bool:
        try:
            erase(units, person)
        except LastAdmin:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(go, staff)) == [False, True]


def test_who_comes_back_starts_from_nothing(units: Units) -> None:
    kim = make.mentor(units, "Kim Alder")
    erase(units, kim)
    with units.read(SYSTEM) as reading:
        assert by_slack(reading, make.TEAM, str(kim.slack_user_id)) is None
    with units.work(SYSTEM) as work:
        again = remember(work, SlackIdentity(make.TEAM, str(kim.slack_user_id), "Kim Alder", kim.email))
    assert again.id != kim.id
    assert not again.roles


def test_what_is_to_be_taken_down_is_not_drawn_again(units: Units) -> None:
    mia, kim = make.student(units), make.mentor(units)
    make.wave(units, make.request(units, mia), kim)
    with units.work(SYSTEM) as work:
        work.session.execute(update(Notification).values(state=NotificationState.SENT))
        offer_id = work.session.scalars(select(Offer.id)).one()
    erase(units, mia)
    before = rows(units, Notification)
    with units.work(SYSTEM) as work:
        redraw(work, Kind.OFFER, offer_id)
    assert rows(units, Notification) == before


def test_the_past_counts_as_before(units: Units) -> None:
    mia, kim = make.student(units), make.mentor(units)
    make.wave(units, make.request(units, mia), kim)
    with units.work(member(kim.id)) as work:
        match_id = accept_offer(work, work.session.scalars(select(Offer.id)).one())
    ask.answered(units, mia, kim)
    with units.work(SYSTEM) as work:
        match = work.session.get_one(Match, match_id)
        match.state, match.ended_at = "ended", work.now  # type: ignore[assignment]
    span = Span(NOON.date(), NOON.date(), "UTC")

    def figures() -> object:
        with units.read(SYSTEM) as reading:
            return trends(reading, span), question_stats(reading), [tuple(reading.session.execute(select(Offer.score)))]

    before = figures()
    for person in (mia, kim):
        erase(units, person)
        clear(units, person)
    assert figures() == before
    with units.read(SYSTEM) as reading:
        assert "drug discovery" not in str(reading.session.scalars(select(Match)).one().criteria)
        assert broken(reading) == ()


def test_against_a_yes_a_claim_and_a_request_at_the_same_moment(units: Units) -> None:
    """Whoever is first, in the end nothing runs with who was erased."""
    kim, mia, zoe = make.mentor(units), make.student(units), make.student(units)
    make.wave(units, make.request(units, mia), kim)
    question_id = ask.posted(units, zoe)
    with units.read(SYSTEM) as reading:
        offer_id = reading.session.scalars(select(Offer.id)).one()

    def accept() -> None:
        with units.work(member(kim.id)) as work:
            accept_offer(work, offer_id)

    def claim() -> None:
        with units.work(member(kim.id)) as work:
            claim_question(work, question_id)

    def request() -> None:
        with units.work(member(mia.id)) as work:
            request_mentor(work, mia.id, make.WISH)

    def attempt(deed: Callable[[], None]) -> None:
        with suppress(DomainError):
            deed()

    deeds = [accept, claim, request, lambda: erase(units, kim), lambda: erase(units, mia), lambda: erase(units, kim)]
    with ThreadPoolExecutor(len(deeds)) as pool:
        list(pool.map(attempt, deeds))
    with units.read(SYSTEM) as reading:
        assert {user(units, one).state for one in (kim, mia)} == {PersonState.ERASED}
        live = reading.session.scalars(select(Match.state)).all()
    assert len(live) <= 1, "which the next step ends"


def test_runs_are_locked_before_their_pairs(units: Units) -> None:
    """As by whoever edits or publishes a plan."""
    staff, kim, mia = make.person(units, is_admin=True), make.mentor(units), make.student(units)
    ready_run(units, staff, mia, kim)
    with units.work(SYSTEM) as work, statements(units.engine) as said:
        clear_runs(work, kim.id)
        work.session.flush()
    locks = [one for one in said if "FOR UPDATE" in one or one.startswith("UPDATE")]
    assert "FROM matching_runs" in locks[0]


def test_the_document_says_of_each_table_what_goes() -> None:
    document = (ROOT / "docs" / "privacy.md").read_text().partition("## Erase me")[2]
    named = {
        name for row in re.findall(r"^\| (`.*?) \|", document, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }
    assert named == Base.metadata.tables.keys()
