"""Settings made by staff: they count for what begins afterwards, and what is under way keeps its dates."""

import threading
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.views.matches import introduction_message
from core.links import Links
from core.models import AuditEntry, Notification, Offer, Profile, QuestionClaim, Request, User
from core.notifications import Kind, notify, to_person
from core.rules.attention import QuietHours
from core.rules.errors import InvalidFields, NotFound
from core.rules.offers import OfferState
from core.rules.policies import USUAL
from core.rules.requests import RequestState
from core.services.asking import ask_due
from core.services.attention import Attention
from core.services.due import expire_offers, reminders
from core.services.invariants import broken
from core.services.matches import match_view
from core.services.offer_questions import ask_before_deciding
from core.services.offers import accept_offer
from core.services.people import Person
from core.services.policies import current_policies, policies_at, policies_versions, restore_policies, set_policies
from core.services.policy_previews import preview_policies
from core.services.preferences import preferences_of
from core.services.question_claims import claim_question
from core.services.question_referrals import questions_for_staff, questions_to_refer
from core.services.questions import question_view
from core.services.settings import SettingChanged
from core.services.standing import status
from core.services.waves import OutOfDate, open_wave
from core.uow import SYSTEM, Units, Work, admin, member
from mail.composing import compose
from tests.conftest import NOON, later
from tests.support import factories as make

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHANGE = NOON + HOUR
WHY = "Mentors are on holiday."


@pytest.fixture
def ada(units: Units) -> Person:
    return make.person(units, "Ada Staff", is_admin=True)


def typed(**other: Any) -> dict[str, str]:
    return {name: str(value) for name, value in (USUAL.as_json() | other).items()}


def save(units: Units, ada: Person, seen: int = 0, why: str = WHY, **other: Any) -> int:
    """Staff save these settings an hour after noon."""
    with later(units, CHANGE).work(admin(ada.id)) as work:
        return set_policies(work, typed(**other), seen, why)


def offered(units: Units) -> tuple[Person, UUID]:
    mentor = make.mentor(units)
    request_id = make.request(units, make.student(units))
    make.wave(units, request_id, mentor)
    return mentor, request_id


def deadlines(units: Units, request_id: UUID) -> tuple[object, object]:
    with units.read(SYSTEM) as reading:
        offer = reading.session.scalars(select(Offer).where(Offer.request_id == request_id)).one()
        return offer.deadline, reading.session.get_one(Request, request_id).next_step_at


def test_an_offer_made_after_a_change_has_the_new_deadline_and_an_older_one_its_own(units: Units, ada: Person) -> None:
    _, before = offered(units)
    save(units, ada, offer_hours=24, reminder_hours=6)
    _, after = offered(later(units, NOON + 2 * HOUR))
    assert deadlines(units, before) == (NOON + 72 * HOUR, NOON + 72 * HOUR)
    assert deadlines(units, after) == (NOON + 26 * HOUR, NOON + 26 * HOUR)

    def due(hours: float) -> list[UUID]:
        with later(units, NOON + hours * HOUR).read(SYSTEM) as reading:
            found = reminders(reading)
            offers = reading.session.execute(select(Offer.request_id).where(Offer.id.in_(found)))
            return [request_id for (request_id,) in offers]

    assert [due(hours) for hours in (19.9, 20, 47.9, 48)] == [[], [after], [], [before]]


def test_rules_of_asking_never_touch_what_is_out(units: Units, ada: Person) -> None:
    """Made stricter: offers out stay, a request keeps its waves, and silence counts as it did when they were asked."""
    mentor = make.mentor(units, max_mentees=2)
    requests = [make.request(units, make.student(units)) for _ in range(5)]
    for request_id in requests[:4]:
        make.wave(units, request_id, mentor)
    save(units, ada, offers_per_place=1, most_waves=1, silent_offers=2)

    with later(units, CHANGE + HOUR).work(SYSTEM) as work, pytest.raises(OutOfDate):
        open_wave(work, requests[4], [make.proposal(mentor.id)], make.PROVENANCE)
    with later(units, CHANGE + HOUR).work(member(mentor.id)) as work:
        accept_offer(work, open_offers(work, mentor)[0])
        assert len(open_offers(work, mentor)) == 2  # for one free place, as when they were asked
    assert waves_of(units, requests[1]) == 3
    with units.read(SYSTEM) as reading:
        assert broken(reading) == ()

    for request_id in requests[1:3]:
        with later(units, NOON + 73 * HOUR).work(SYSTEM) as work:
            expire_offers(work, request_id)
    with later(units, NOON + 73 * HOUR).read(SYSTEM) as work:
        assert work.session.get_one(Request, requests[1]).state is RequestState.SEARCHING
        profile = work.session.scalars(select(Profile).where(Profile.user_id == mentor.id)).one()
        assert (profile.ignored_offers, profile.paused_until) == (2, None)

    other = make.mentor(units)
    late = later(units, NOON + 80 * HOUR)
    new = make.request(late, make.student(units))
    make.wave(late, new, other)
    assert waves_of(late, new) == 1
    with later(units, NOON + 160 * HOUR).work(SYSTEM) as work:
        expire_offers(work, new)
        assert work.session.get_one(Request, new).state is RequestState.STAFF


def open_offers(work: Work, mentor: Person) -> list[UUID]:
    mine = select(Offer.id).where(Offer.mentor_id == mentor.id, Offer.state == OfferState.OPEN)
    return list(work.session.scalars(mine.order_by(Offer.id)))


def waves_of(units: Units, request_id: UUID) -> int:
    with units.read(SYSTEM) as reading:
        return status(reading, request_id).most_waves


def test_a_preview_counts_what_keeps_the_old_value_and_whom_the_new_one_reaches(units: Units, ada: Person) -> None:
    offered(units)
    make.mentor(units)
    with units.read(admin(ada.id)) as reading:
        found = preview_policies(reading, typed(offers_per_place=1, most_waves=2), 0)
        assert [field.name for field, _, _ in found.changes] == ["offers_per_place", "most_waves"]
        told = found.under_way
        assert (told.open_offers, told.to_be_reminded, told.open_requests, told.in_last_wave) == (1, 1, 1, 0)
        assert (told.asked_about_more, told.asked_about_fewer) == (0, 2)
        assert preview_policies(reading, typed(offers_per_place=3), 0).under_way.asked_about_more == 2
        with pytest.raises(InvalidFields):
            preview_policies(reading, typed(), 0)
        with pytest.raises(SettingChanged):
            preview_policies(reading, typed(offers_per_place=1), 1)


def test_a_question_to_the_student_waits_by_the_deadline_of_its_offer(units: Units, ada: Person) -> None:
    mentor, request_id = offered(units)
    save(units, ada, offer_hours=240)
    with later(units, NOON + 2 * HOUR).work(member(mentor.id)) as work:
        offer_id = work.session.scalars(select(Offer.id)).one()
        ask_before_deciding(work, offer_id, "Which laboratory?")
    assert deadlines(units, request_id)[0] == NOON + 96 * HOUR


def test_a_question_is_taken_on_by_the_hours_of_its_day(units: Units, ada: Person) -> None:
    student, kim = make.student(units), make.mentor(units)
    before = make.question(units, student)
    save(units, ada, refer_hours=1, staff_hours=2, silent_hours=12)
    after = make.question(later(units, NOON + 2 * HOUR), student)

    def due(hours: float) -> tuple[list[UUID], list[UUID]]:
        with later(units, NOON + hours * HOUR).read(SYSTEM) as reading:
            return questions_to_refer(reading), questions_for_staff(reading)

    assert [due(hours) for hours in (2.9, 3, 4, 6, 20)] == [
        ([], []),
        ([after], []),
        ([after], [after]),
        ([before, after], [after]),
        ([before, after], [before, after]),
    ]
    with units.read(SYSTEM) as reading:
        assert question_view(reading, before).next_step_at == NOON + 6 * HOUR
        assert question_view(reading, after).next_step_at == NOON + 3 * HOUR
    with later(units, NOON + 3 * HOUR).work(member(kim.id)) as work:
        claim_id = claim_question(work, after)
        assert work.session.get_one(QuestionClaim, claim_id).remind_at == NOON + 15 * HOUR


def test_check_ins_of_a_match_keep_the_days_it_began_with(units: Units, ada: Person) -> None:
    old = make.student(units), make.mentor(units)
    make.match(units, *old)
    save(units, ada, first_check_in=3)
    new = make.student(units), make.mentor(units)
    make.match(later(units, NOON + 2 * HOUR), *new)

    def due(days: float) -> set[UUID]:
        with later(units, NOON + days * DAY).read(SYSTEM) as reading:
            return set(ask_due(reading))

    assert due(2) == set()
    assert due(3) == {person.id for person in new}
    assert due(7) == {person.id for person in (*old, *new)}


def test_quiet_hours_and_how_many_a_day_are_those_of_now(units: Units, ada: Person) -> None:
    mia = make.student(units)
    with units.work(SYSTEM) as work:
        for number in range(3):
            notify(work, to_person(mia.id), Kind.CHECK_IN, mia.id, str(number))
    save(units, ada, unasked_a_day=2, quiet_from=22, quiet_until=7)
    with units.read(SYSTEM) as reading:
        rows = reading.session.scalars(select(Notification)).all()
        attention, person = Attention(reading, rows), reading.session.get_one(User, mia.id)
        assert [attention.allows(person) for _ in rows] == ["now", "now", "digest"]
        quiet = preferences_of(reading, mia.id).quiet
    assert quiet == QuietHours(time(22), time(7))


def test_a_new_pair_reads_the_programmes_words_in_slack_and_by_letter(units: Units, ada: Person) -> None:
    old = make.match(units, make.student(units), make.mentor(units))
    glad = "We are glad to have you <both>."
    save(units, ada, welcome=glad, agenda="Agree on a place.", contact="Room 4 & hall")
    mia = make.student(units)
    new = make.match(later(units, NOON + 2 * HOUR), mia, make.mentor(units))
    with units.read(SYSTEM) as reading:
        said = str(introduction_message(match_view(reading, new)).payload())
        before = str(introduction_message(match_view(reading, old)).payload())
        letter = compose(reading, Kind.INTRODUCTION, new, mia.id, Links("a key", "https://ithaca.example.org"))
    assert glad in said  # as plain text: nothing in it is markup
    assert "3. Agree on a place." in said
    assert "glad" not in before
    for text in (glad, "3. Agree on a place.", "Room 4 & hall"):
        assert text in letter.text
    assert "Room 4 &amp; hall" in letter.html


def test_every_version_stays_with_what_it_changed_and_the_audit_log_says_why(units: Units, ada: Person) -> None:
    assert save(units, ada, offer_hours=48) == 1
    assert save(units, ada, seen=1, why="Back again.", offer_hours=48, contact="Room 4") == 2
    with later(units, CHANGE + HOUR).work(admin(ada.id)) as work:
        assert restore_policies(work, 0, 2, "As before.") == 3
    with units.read(admin(ada.id)) as reading:
        newest, second, _, first = policies_versions(reading)
        lines = reading.session.scalars(select(AuditEntry).order_by(AuditEntry.created_at, AuditEntry.id)).all()
        assert current_policies(reading) == USUAL
        assert policies_at(reading, NOON - HOUR) == USUAL
        assert policies_at(reading, CHANGE).contact == "Room 4"
    assert [(field.name, old, new) for field, old, new in second.changes] == [("contact", "", "Room 4")]
    assert (newest.author, second.reason, first.policies) == ("Ada Staff", "Back again.", USUAL)
    line = next(one for one in lines if one.reason == WHY)
    assert (line.before, line.after) == (
        {"setting": "policies", "version": 0, "offer_hours": 72},
        {"setting": "policies", "version": 1, "offer_hours": 48},
    )


def test_what_cannot_be_is_refused_all_at_once(units: Units, ada: Person) -> None:
    with pytest.raises(InvalidFields) as caught:
        save(units, ada, why=" ", offer_hours=1)
    assert set(caught.value.problems) == {"why", "offer_hours"}
    with pytest.raises(InvalidFields, match="invalid"):
        save(units, ada)
    with pytest.raises(NotFound), units.work(admin(ada.id)) as work:
        restore_policies(work, 7, 0, WHY)


def test_of_many_who_save_what_they_saw_one_does_and_the_others_are_told(units: Units, ada: Person) -> None:
    came: list[object] = []

    def change(hours: int) -> None:
        try:
            came.append(save(units, ada, offer_hours=hours))
        except SettingChanged as error:
            came.append(error.facts)

    threads = [threading.Thread(target=change, args=(hours,)) for hours in range(30, 36)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, came)) == ["1", *["{'version': 1}"] * 5]
