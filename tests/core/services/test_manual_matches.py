"""Staff match by hand: once, by the hard rules, and whoever else acts at the same moment."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from core.models import Ask, AuditEntry, Block, Match, MatchingRun, Notification, Offer, Profile, ProposedPair, Request
from core.notifications import Kind, notify, to_person
from core.rules.eligibility import Refusal
from core.rules.errors import DomainError, InvalidFields, NotFound
from core.rules.manual_matches import MayNotMatch, NeedsOverruling, Past, TooLate
from core.rules.matches import EndReason, MatchOver, MatchState, Origin
from core.rules.offers import DeclineReason, OfferState
from core.rules.requests import RequestState
from core.rules.runs import RunMoved, RunState
from core.services.invariants import broken
from core.services.manual_matches import ByHand, confirm_pair, match_by_hand, take_back_match
from core.services.manual_runs import NotAMentor, NotAStudent, ask_mentors, manual_run
from core.services.mentorships import end_match
from core.services.offers import accept_offer, decline_offer
from core.services.people import Person
from core.uow import SYSTEM, Units, admin, member
from tests.conftest import NOON, later
from tests.core.services.test_offers import offer_of
from tests.support import factories as make
from tests.support.by_hand import ready_run

WHY = "They met at the open day and asked for it."
CLICKS = 50


@pytest.fixture
def ada(units: Units) -> Person:
    return make.person(units, "Ada Staff", is_admin=True)


@pytest.fixture
def mia(units: Units) -> Person:
    return make.student(units, "Mia Tan")


@pytest.fixture
def kim(units: Units) -> Person:
    return make.mentor(units, "Kim Alder", max_mentees=1)


def confirm(
    units: Units, ada: Person, run_id: UUID, mentor: Person, why: str = WHY, *, overruled: bool = False
) -> UUID:
    with units.work(admin(ada.id)) as work:
        return confirm_pair(work, run_id, mentor.id, why, overruled=overruled)


def pair_up(units: Units, ada: Person, student: Person, mentor: Person, **more: object) -> UUID:
    with units.work(admin(ada.id)) as work:
        return match_by_hand(work, ByHand(student.id, mentor.id, WHY, **more))  # type: ignore[arg-type]


def at_rest(units: Units) -> None:
    with units.read(SYSTEM) as reading:
        assert broken(reading) == ()


def at_once(act: Callable[[], object], times: int = CLICKS) -> Counter[str]:
    def once(_: int) -> str:
        try:
            act()
        except DomainError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(times) as pool:
        return Counter(pool.map(once, range(times)))


def test_a_confirmed_pair_is_introduced_with_its_score_and_the_request_is_matched(
    units: Units, ada: Person, mia: Person, kim: Person
) -> None:
    noor, request_id = make.mentor(units, "Noor Bakker"), make.request(units, mia)
    make.wave(units, request_id, noor)
    run_id = ready_run(units, ada, mia, kim)
    match_id = confirm(units, ada, run_id, kim)
    with units.read(SYSTEM) as reading:
        match = reading.session.get_one(Match, match_id)
        assert (match.origin, match.state, match.request_id) == (Origin.MANUAL, MatchState.ACTIVE, request_id)
        assert match.score == 80
        assert len(match.criteria) == 6
        assert reading.session.get_one(Request, request_id).state is RequestState.MATCHED
        assert reading.session.scalars(select(Offer.state)).all() == [OfferState.WITHDRAWN]
        told = set(reading.session.scalars(select(Notification.kind).where(Notification.match_id == match_id)))
        assert told == {Kind.INTRODUCTION, Kind.KICK_OFF}
        run = reading.session.get_one(MatchingRun, run_id)
        assert (run.state, run.used_at) == (RunState.USED, NOON)
        chosen = reading.session.scalars(select(ProposedPair).where(ProposedPair.chosen)).one()
        assert (chosen.mentor_id, chosen.match_id) == (kim.id, match_id)
        line = reading.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == match_id)).one()
        assert (line.actor_id, line.action, line.reason) == (ada.id, "match_made", WHY)
        assert line.before == {"mentees": 0, "places": 1, "request": "offered"}
    at_rest(units)


def test_fifty_confirms_at_once_make_one_match(units: Units, ada: Person, mia: Person, kim: Person) -> None:
    make.request(units, mia)
    run_id = ready_run(units, ada, mia, kim, make.mentor(units))
    assert at_once(lambda: confirm(units, ada, run_id, kim)) == {"done": 1, "run_moved": CLICKS - 1}
    with units.read(SYSTEM) as reading:
        assert len(reading.session.scalars(select(Match.id)).all()) == 1
        assert len(reading.session.scalars(select(AuditEntry.id)).all()) == 1
    at_rest(units)


def test_several_matches_at_once_without_a_run_make_one(units: Units, ada: Person, mia: Person, kim: Person) -> None:
    assert at_once(lambda: pair_up(units, ada, mia, kim), times=6) == {"done": 1, "may_not_match": 5}
    at_rest(units)


def test_a_mentor_who_says_yes_at_the_same_moment_is_matched_once(
    units: Units, ada: Person, mia: Person, kim: Person
) -> None:
    make.wave(units, make.request(units, mia), kim)
    offer_id = offer_of(units, kim)

    def yes() -> None:
        with units.work(member(kim.id)) as work:
            accept_offer(work, offer_id)

    deeds = [yes, lambda: pair_up(units, ada, mia, kim)] * 4
    with ThreadPoolExecutor(len(deeds)) as pool:
        futures = [pool.submit(deed) for deed in deeds]
    assert sum(future.exception() is None for future in futures) == 1
    at_rest(units)


def test_who_is_full_or_paused_is_matched_only_if_staff_mean_it(
    units: Units, ada: Person, mia: Person, kim: Person
) -> None:
    make.match(units, make.student(units), kim)
    with units.work(SYSTEM) as work:
        work.session.execute(
            update(Profile).where(Profile.user_id == kim.id).values(paused_until=NOON + timedelta(days=3))
        )
    with pytest.raises(NeedsOverruling) as refused:
        pair_up(units, ada, mia, kim)
    assert refused.value.facts["objections"] == (Refusal.NO_ROOM, Refusal.PAUSED)
    match_id = pair_up(units, ada, mia, kim, overruled=True)
    with units.read(SYSTEM) as reading:
        assert make.profile_row(reading, kim).current_mentees == 2
        line = reading.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == match_id)).one()
        assert line.after["overruled"] == ["no room", "paused"]


def test_what_two_people_said_holds_for_staff(units: Units, ada: Person, mia: Person, kim: Person) -> None:
    make.wave(units, make.request(units, mia), kim)
    with units.work(member(kim.id)) as work:
        decline_offer(work, offer_of(units, kim), DeclineReason.NOT_MY_FIELD)
    with units.work(SYSTEM) as work:
        work.session.add(Block(user_id=kim.id, other_id=mia.id))
    with pytest.raises(MayNotMatch) as refused:
        pair_up(units, ada, mia, kim, overruled=True)
    assert refused.value.facts["objections"] == (Past.APART, Past.SAID_NO)


def test_who_had_no_time_or_gave_no_answer_may_be_matched(units: Units, ada: Person, mia: Person, kim: Person) -> None:
    make.wave(units, make.request(units, mia), kim)
    with units.work(member(kim.id)) as work:
        decline_offer(work, offer_of(units, kim), DeclineReason.NO_TIME)
    pair_up(units, ada, mia, kim)
    at_rest(units)


def test_another_mentor_follows_in_one_step(units: Units, ada: Person, mia: Person, kim: Person) -> None:
    noor = make.mentor(units, "Noor Bakker")
    old = make.match(units, mia, kim)
    new = confirm(units, ada, ready_run(units, ada, mia, noor, match_id=old), noor)
    with units.read(SYSTEM) as reading:
        states = {match.id: match.state for match in reading.session.scalars(select(Match))}
        assert states == {old: MatchState.ENDED, new: MatchState.ACTIVE}
        lines = {line.subject_id: line for line in reading.session.scalars(select(AuditEntry))}
        assert (lines[old].action, lines[old].before, lines[old].after) == (
            "match_reassigned",
            {"state": "active"},
            {"state": "ended", "followed_by": str(new)},
        )
        assert (lines[new].action, lines[new].after["follows"]) == ("match_made", str(old))
        assert {line.reason for line in lines.values()} == {WHY}
        told = reading.session.scalars(select(Notification).where(Notification.match_id == old)).all()
        assert [row.kind for row in told] == [Kind.MATCH_CHANGED]
        assert WHY not in str([row.params for row in told])


def test_a_reassignment_that_is_refused_ends_nothing(units: Units, ada: Person, mia: Person, kim: Person) -> None:
    full = make.mentor(units, max_mentees=1)
    make.match(units, make.student(units), full)
    old = make.match(units, mia, kim)
    with pytest.raises(NeedsOverruling):
        pair_up(units, ada, mia, full, instead_of=old)
    with pytest.raises(MayNotMatch):
        pair_up(units, ada, mia, kim, instead_of=old)
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Match, old).state is MatchState.ACTIVE
        assert reading.session.scalar(select(AuditEntry.id)) is None


def test_two_reassignments_crosswise_and_two_ends_at_once_never_lock_each_other(
    units: Units, ada: Person, mia: Person, kim: Person
) -> None:
    zoe, noor = make.student(units, "Zoe Lind"), make.mentor(units, "Noor Bakker")
    first, second = make.match(units, mia, kim), make.match(units, zoe, noor)

    def end(person: Person, match_id: UUID) -> None:
        with units.work(member(person.id)) as work:
            end_match(work, match_id, EndReason.NO_TIME)

    deeds: list[Callable[[], object]] = [
        lambda: pair_up(units, ada, mia, noor, instead_of=first, overruled=True),
        lambda: pair_up(units, ada, zoe, kim, instead_of=second, overruled=True),
        lambda: end(mia, first),
        lambda: end(zoe, second),
    ]
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(deed) for deed in deeds * 2]
    failures = [future.exception() for future in futures if future.exception()]
    assert all(isinstance(failure, DomainError) for failure in failures), failures
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Match, first).state is MatchState.ENDED
        assert reading.session.get_one(Match, second).state is MatchState.ENDED


def test_what_was_made_is_taken_back_and_the_student_asks_anew(
    units: Units, ada: Person, mia: Person, kim: Person
) -> None:
    make.request(units, mia)
    match_id = pair_up(units, ada, mia, kim)

    def back(units: Units) -> UUID | None:
        with units.work(admin(ada.id)) as work:
            return take_back_match(work, match_id, "Wrong Kim.")

    with pytest.raises(TooLate):
        back(later(units, NOON + timedelta(hours=2)))
    request_id = back(units)
    assert request_id
    with pytest.raises(TooLate):
        back(units)
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Match, match_id).state is MatchState.ENDED
        request = reading.session.get_one(Request, request_id)
        assert (request.state, request.wish) == (RequestState.SEARCHING, make.WISH.wish)
        assert reading.session.scalar(select(Ask.id)) is None  # of minutes nobody is asked how they were
        taken = select(AuditEntry).where(AuditEntry.action == "match_taken_back")
        assert reading.session.scalars(taken).one().after == {"state": "ended", "request": str(request_id)}
    at_rest(units)


@pytest.mark.parametrize("why", ["", "  ", "x" * 1001])
def test_without_a_reason_nothing_is_made(units: Units, ada: Person, mia: Person, kim: Person, why: str) -> None:
    run_id = ready_run(units, ada, mia, kim)
    with pytest.raises(InvalidFields):
        confirm(units, ada, run_id, kim, why)
    with units.read(SYSTEM) as reading:
        assert manual_run(reading, run_id).state is RunState.READY
        assert reading.session.scalar(select(Match.id)) is None


def test_who_was_not_scored_is_not_confirmed(units: Units, ada: Person, mia: Person, kim: Person) -> None:
    run_id = ready_run(units, ada, mia, kim)
    with pytest.raises(NotFound):
        confirm(units, ada, run_id, make.mentor(units))
    with pytest.raises(NotFound):
        confirm(units, ada, uuid4(), kim)


def test_students_and_mentors_are_what_it_takes(units: Units, ada: Person, mia: Person, kim: Person) -> None:
    nobody = make.person(units, "Nell Nobody")
    for student, mentor, refusal in ((nobody, kim, NotAStudent), (mia, nobody, NotAMentor)):
        with pytest.raises(refusal):
            pair_up(units, ada, student, mentor)
        with pytest.raises(refusal), units.work(admin(ada.id)) as work:
            ask_mentors(work, student.id, [mentor.id])


def test_no_mentor_is_sought_to_follow_a_match_that_is_over(
    units: Units, ada: Person, mia: Person, kim: Person
) -> None:
    over = make.match(units, mia, kim, state=MatchState.ENDED, ended_at=NOON)
    with pytest.raises(MatchOver), units.work(admin(ada.id)) as work:
        ask_mentors(work, mia.id, match_id=over)
    with pytest.raises(NotFound), units.work(admin(ada.id)) as work:
        ask_mentors(work, make.student(units).id, match_id=over)


def test_a_used_run_is_used(units: Units, ada: Person, mia: Person, kim: Person) -> None:
    run_id = ready_run(units, ada, mia, kim)
    confirm(units, ada, run_id, kim)
    with pytest.raises(RunMoved):
        confirm(units, ada, run_id, kim, overruled=True)


def test_a_match_by_hand_does_not_wait_for_who_writes_to_the_student(units: Units) -> None:
    staff, student, mentor = make.person(units, is_admin=True), make.student(units), make.mentor(units)
    with units.work(SYSTEM) as elsewhere:
        notify(elsewhere, to_person(student.id), Kind.PAUSE_OVER, mentor.id)
        elsewhere.session.flush()
        with units.work(admin(staff.id)) as work:
            match_by_hand(work, ByHand(student.id, mentor.id, "They know each other."))
    with units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Match.student_id)).all() == [student.id]
