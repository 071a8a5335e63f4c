"""People who leave Slack, come back, or go by another name."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from core.models import Batch, Notification, Offer, Question, Request, User
from core.notifications import Kind
from core.queue import Job
from core.rules.offers import BatchState, OfferState
from core.rules.questions import QuestionState
from core.rules.requests import RequestState
from core.rules.roles import PersonState
from core.services import offer_locks
from core.services.accounts import departure, follow_account
from core.services.offer_locks import lock_mentors
from core.services.offers import accept_offer
from core.services.people import Person, SlackIdentity, by_slack
from core.services.profiles import save_profile
from core.uow import SYSTEM, Units, Work, member
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.lock_watch import watched
from tests.support.queues import Recorded


def identity(person: Person, **changed: object) -> SlackIdentity:
    known = SlackIdentity(make.TEAM, person.slack_user_id or "", person.name, person.email, person.tz)
    return replace(known, **changed)  # type: ignore[arg-type]


def follow(units: Units, seen: SlackIdentity) -> None:
    with units.work(SYSTEM) as work:
        follow_account(work, seen)


def leave(units: Units, person: Person) -> None:
    follow(units, identity(person, active=False, tz="UTC", email=None))


def one(units: Units, person: Person) -> User:
    with units.read(SYSTEM) as reading:
        return reading.session.get_one(User, person.id)


def told(units: Units) -> list[UUID | None]:
    with units.read(SYSTEM) as reading:
        cards = select(Notification.subject_id).where(Notification.kind == Kind.PERSON_LEFT)
        return list(reading.session.scalars(cards.where(Notification.updates_id.is_(None))))


def test_offers_of_a_mentor_who_left_go_on_at_once(units: Units, queue: Recorded) -> None:
    mentor, other = make.mentor(units), make.mentor(units)
    alone, with_another = (make.request(units, make.student(units)) for _ in range(2))
    make.wave(units, alone, mentor)
    make.wave(units, with_another, mentor, other)
    queue.jobs.clear()
    leave(units, mentor)
    with units.read(SYSTEM) as reading:
        requests = [reading.session.get_one(Request, each) for each in (alone, with_another)]
        states = {offer.mentor_id: offer.state for offer in reading.session.scalars(select(Offer))}
    assert [each.state for each in requests] == [RequestState.SEARCHING, RequestState.OFFERED]
    assert states == {mentor.id: OfferState.WITHDRAWN, other.id: OfferState.OPEN}
    assert queue.of(Job.MATCH_REQUEST) == [(str(alone),)]
    assert told(units) == [mentor.id]


def test_the_request_of_a_student_who_left_is_cancelled(units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units)
    request_id = make.request(units, student)
    make.wave(units, request_id, mentor)
    leave(units, student)
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Request, request_id).state is RequestState.CANCELLED
        assert reading.session.scalars(select(Offer.state)).one() is OfferState.WITHDRAWN
        assert reading.session.scalars(select(Batch.state)).one() is BatchState.WITHDRAWN


def test_a_request_made_at_the_moment_of_leaving_is_cancelled_too(
    units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    student = make.student(units)

    def while_locks_are_taken(work: Work, mentor_ids: Collection[UUID]) -> object:
        monkeypatch.undo()
        make.request(units, student)
        return lock_mentors(work, mentor_ids)

    monkeypatch.setattr(offer_locks, "lock_mentors", while_locks_are_taken)
    leave(units, student)
    with units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Request.state)).one() is RequestState.CANCELLED


def test_staff_see_whom_a_leaving_partner_was_matched_with(units: Units) -> None:
    student, mentor = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder")
    make.wave(units, make.request(units, student), mentor)
    with units.work(member(mentor.id)) as work:
        accept_offer(work, work.session.scalars(select(Offer.id)).one())
    leave(units, mentor)
    with units.read(SYSTEM) as reading:
        found = departure(reading, mentor.id)
    assert (found.name, found.is_back) == ("Kim Alder", False)
    assert [(match.partner_name, match.i_am_student) for match in found.matches] == [("Mia Tan", False)]


def test_what_slack_no_longer_tells_of_who_left_is_kept(units: Units) -> None:
    mentor = make.mentor(units, "Kim Alder")
    leave(units, mentor)
    kept = one(units, mentor)
    assert (kept.state, kept.tz, kept.email, kept.name) == (PersonState.LEFT, mentor.tz, mentor.email, "Kim Alder")


def test_who_returns_is_asked_again_and_staff_see_it(units: Units, queue: Recorded) -> None:
    mentor = make.mentor(units)
    leave(units, mentor)
    queue.jobs.clear()
    follow(units, identity(mentor))
    assert one(units, mentor).state is PersonState.ACTIVE
    assert queue.of(Job.FILL_PLACES) == [(str(mentor.id),)]
    with units.read(SYSTEM) as reading:
        assert departure(reading, mentor.id).is_back
        changes = select(Notification.id).where(Notification.updates_id.is_not(None))
        assert len(reading.session.scalars(changes.where(Notification.kind == Kind.PERSON_LEFT)).all()) == 1
    leave(later(units, NOON + timedelta(days=1)), mentor)
    assert told(units) == [mentor.id, mentor.id]  # each time is told


def test_a_new_name_is_taken_over(units: Units) -> None:
    mentor = make.mentor(units, "Kim Alder")
    follow(units, identity(mentor, name="Kim Birch", tz="Asia/Tokyo"))
    assert (one(units, mentor).name, one(units, mentor).tz) == ("Kim Birch", "Asia/Tokyo")


def test_what_is_no_news_to_us_changes_and_wakes_nothing(units: Units, queue: Recorded) -> None:
    mentor = make.mentor(units, "Kim Alder")
    before = one(units, mentor)
    queue.jobs.clear()
    follow(units, identity(mentor, locale="nl-NL", email="another@example.org"))
    assert queue.jobs == []
    assert one(units, mentor).updated_at == before.updated_at


def test_of_strangers_nothing_is_kept(units: Units) -> None:
    follow(units, SlackIdentity(make.TEAM, "U0STRANGER", "Stranger", "stranger@example.org"))
    with units.read(SYSTEM) as reading:
        assert by_slack(reading, make.TEAM, "U0STRANGER") is None


def test_who_was_known_by_mail_is_known_by_their_account_once_they_join(units: Units) -> None:
    with units.work(SYSTEM) as work:
        imported = User(name="Noor Cedar", email="Noor@example.org", roles=["mentor"])
        work.session.add(imported)
    follow(units, SlackIdentity(make.TEAM, "U0NOOR", "Noor Cedar", "noor@example.org"))
    with units.read(SYSTEM) as reading:
        found = by_slack(reading, make.TEAM, "U0NOOR")
    assert found is not None
    assert found.id == imported.id


def test_who_was_erased_stays_erased(units: Units) -> None:
    mentor = make.mentor(units)
    with units.work(SYSTEM) as work:
        work.session.get_one(User, mentor.id).state = PersonState.ERASED
    follow(units, identity(mentor))
    assert one(units, mentor).state is PersonState.ERASED


@pytest.mark.parametrize("times", [8])
def test_leaving_heard_many_times_at_once_is_told_once(units: Units, times: int) -> None:
    mentor, student = make.mentor(units), make.student(units)
    make.wave(units, make.request(units, student), mentor)
    with ThreadPoolExecutor(times) as pool:
        list(pool.map(lambda _: leave(units, mentor), range(times)))
    assert told(units) == [mentor.id]


def test_who_leaves_locks_their_questions_by_id_whether_asked_or_claimed(units: Units, engine: Engine) -> None:
    kim, ben = (make.mentor(units, name) for name in ("Kim Alder", "Ben Ash"))
    for person in (kim, ben):
        with units.work(SYSTEM) as work:
            save_profile(work, person.id, make.STUDENT)
    own = make.question(units, kim)
    make.claim(units, make.question(units, ben), kim)
    with watched(engine) as order:
        leave(units, kim)
    assert order.unordered == {}
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Question, own).state is QuestionState.CLOSED
