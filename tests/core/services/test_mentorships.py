"""The life of a match: each move once, whoever presses at the same moment, and nobody learns who ended it or why."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select, text, update

from core.models import Ask, Batch, Feedback, Match, Meeting, Notification, NotificationState, Profile, Request
from core.notifications import Kind
from core.queue import Job
from core.rules.agreements import Agreement, NothingProposed, ProposalChanged
from core.rules.checkins import AskKind, AskState, FeedbackKind
from core.rules.errors import DomainError, InvalidFields, NotFound
from core.rules.matches import LIVE, EndReason, MatchOver, MatchState
from core.rules.meetings import MeetingState
from core.rules.requests import RequestAlreadyOpen, RequestState
from core.rules.roles import Meet
from core.services import mentorships as life
from core.services.candidates import request_facts
from core.services.home import home
from core.services.keepsakes import keepsake
from core.services.matches import agreement_of
from core.services.offers import accept_offer
from core.services.overviews import mentorship
from core.services.people import Person
from core.services.scheduling import Proposal, pick_time, propose_meeting
from core.uow import SYSTEM, Units, Work, member
from tests.conftest import NOON, later
from tests.core.services.test_offers import offer_of
from tests.support import factories as make
from tests.support.queues import Recorded

Deed = Callable[[Work, UUID], object]
UNTIL = NOON + timedelta(weeks=2)
CLICKS = 50


class Couple:
    """A student and a mentor who were matched by an offer."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.student, self.mentor = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder", max_mentees=1)
        self.request_id = make.request(units, self.student)
        make.wave(units, self.request_id, self.mentor)
        with units.work(member(self.mentor.id)) as work:
            self.match_id = accept_offer(work, offer_of(units, self.mentor))

    def do(self, who: Person, deed: Callable[..., object], *args: object, **more: object) -> object:
        with self.units.work(member(who.id)) as work:
            return deed(work, self.match_id, *args, **more)

    def row(self) -> Match:
        with self.units.read(SYSTEM) as reading:
            return reading.session.get_one(Match, self.match_id)

    def agreement(self) -> Agreement:
        return agreement_of(self.row())

    def posted(self, kind: Kind) -> list[Notification]:
        with self.units.read(SYSTEM) as reading:
            posted = select(Notification).where(Notification.kind == kind, Notification.updates_id.is_(None))
            return list(reading.session.scalars(posted.order_by(Notification.id)))


@pytest.fixture
def couple(units: Units) -> Couple:
    return Couple(units)


def pause(work: Work, match_id: UUID) -> None:
    life.pause_match(work, match_id, UNTIL)


def end(work: Work, match_id: UUID) -> None:
    life.end_match(work, match_id, EndReason.NO_FIT, "We did not get on.")


def find(work: Work, match_id: UUID) -> None:
    life.find_another_mentor(work, match_id, EndReason.NO_ANSWER)


def propose(work: Work, match_id: UUID) -> None:
    life.propose_goals(work, match_id, "A first job.", 14)


DEEDS: tuple[Deed, ...] = (
    pause,
    life.resume_match,
    end,
    life.complete_match,
    propose,
    life.agree_to_goals,
    find,
)


def at_once(couple: Couple, people: Sequence[Person], deed: Deed) -> Counter[str]:
    """What becomes of so many clicks at the same moment, by turns of these people."""

    def press(number: int) -> str:
        try:
            couple.do(people[number % len(people)], deed)
        except DomainError as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(CLICKS) as pool:
        return Counter(pool.map(press, range(CLICKS)))


def test_a_match_begins_with_an_introduction_and_the_question_for_goals(couple: Couple) -> None:
    (introduction,), (kick_off,) = couple.posted(Kind.INTRODUCTION), couple.posted(Kind.KICK_OFF)
    assert introduction.match_id == kick_off.match_id == couple.match_id
    assert kick_off.not_before > introduction.not_before
    assert couple.row().state is MatchState.ACTIVE


@pytest.mark.parametrize(
    ("first", "deed", "state", "kind", "told"),
    [
        (None, pause, MatchState.PAUSED, Kind.MATCH_CHANGED, 1),
        (pause, life.resume_match, MatchState.ACTIVE, Kind.MATCH_CHANGED, 2),
        (None, life.complete_match, MatchState.COMPLETED, Kind.KEEPSAKE, 2),
        (pause, life.complete_match, MatchState.COMPLETED, Kind.KEEPSAKE, 2),
        (None, end, MatchState.ENDED, Kind.MATCH_CHANGED, 1),
        (pause, end, MatchState.ENDED, Kind.MATCH_CHANGED, 2),
    ],
)
def test_of_many_clicks_at_once_one_moves_the_match(
    couple: Couple, first: Deed | None, deed: Deed, state: MatchState, kind: Kind, told: int
) -> None:
    if first:
        couple.do(couple.mentor, first)
    refused = "no_such_move" if state in LIVE else "match_over"
    assert at_once(couple, (couple.student, couple.mentor), deed) == {"done": 1, refused: CLICKS - 1}
    assert couple.row().state is state
    assert len(couple.posted(kind)) == told


@pytest.mark.parametrize("deed", [end, life.complete_match])
def test_who_ends_at_once_is_not_asked_for_goals_afterwards(couple: Couple, deed: Deed) -> None:
    couple.do(couple.student, deed)
    assert [one.state for one in couple.posted(Kind.KICK_OFF)] == [NotificationState.CANCELLED]
    assert [one.state for one in couple.posted(Kind.INTRODUCTION)] == [NotificationState.PENDING]


def test_of_many_ways_at_once_the_match_takes_one_after_the_other(couple: Couple) -> None:
    """Everything at the same moment: it is over once, and then stays as it is."""
    deeds = (pause, life.resume_match, end, life.complete_match, propose, life.agree_to_goals)

    def press(number: int) -> str:
        try:
            couple.do((couple.student, couple.mentor)[number % 2], deeds[number % len(deeds)])
        except DomainError as refused:
            return refused.code
        return f"done {deeds[number % len(deeds)].__name__}"

    with ThreadPoolExecutor(CLICKS) as pool:
        done = Counter(pool.map(press, range(CLICKS)))
    assert done["done end"] + done["done complete_match"] == 1
    assert couple.row().state in {MatchState.ENDED, MatchState.COMPLETED}
    assert len(couple.posted(Kind.KEEPSAKE)) == 2 * done["done complete_match"]


def test_many_proposals_and_agreements_at_once_leave_one_agreement(couple: Couple) -> None:
    people = (couple.student, couple.mentor)
    assert at_once(couple, people, propose) == {"done": CLICKS}
    assert couple.agreement().agreed_at == NOON
    assert len(couple.posted(Kind.GOALS_PROPOSED)) == 1
    couple.do(couple.student, life.propose_goals, "Another job.", 30)
    assert couple.agreement() == Agreement("Another job.", 30, (couple.student.id,))
    assert at_once(couple, (couple.mentor,), life.agree_to_goals) == {"done": CLICKS}
    assert couple.agreement() == Agreement("Another job.", 30, (couple.student.id, couple.mentor.id), NOON)
    assert [one.recipient_id for one in couple.posted(Kind.GOALS_PROPOSED)][-1] == couple.mentor.id


def test_nobody_agrees_to_a_proposal_that_they_have_not_read(couple: Couple) -> None:
    with pytest.raises(NothingProposed):
        couple.do(couple.student, life.agree_to_goals)
    couple.do(couple.student, propose)
    read = couple.agreement().version
    couple.do(couple.student, life.propose_goals, "Another job.", 30)
    with pytest.raises(ProposalChanged):
        couple.do(couple.mentor, life.agree_to_goals, read)
    assert couple.agreement().is_open


def test_goals_that_will_not_do_change_nothing(couple: Couple, queue: Recorded) -> None:
    queue.jobs.clear()
    with pytest.raises(InvalidFields):
        couple.do(couple.student, life.propose_goals, " ", 14)
    assert (couple.agreement(), queue.jobs) == (Agreement(), [])


@pytest.mark.parametrize("deed", [pause, end, life.complete_match, propose])
def test_both_home_tabs_are_drawn_again(couple: Couple, queue: Recorded, deed: Deed) -> None:
    queue.jobs.clear()
    couple.do(couple.mentor, deed)
    assert {(str(couple.student.id),), (str(couple.mentor.id),)} <= set(queue.of(Job.REFRESH_HOME))


@pytest.mark.parametrize(
    "deed", [pause, life.resume_match, end, life.complete_match, propose, life.agree_to_goals, find]
)
def test_it_is_nobody_elses_business(couple: Couple, deed: Deed) -> None:
    stranger = make.student(couple.units)
    for actor in (stranger, make.mentor(couple.units)):
        with pytest.raises(NotFound):
            couple.do(actor, deed)
    assert couple.row().state is MatchState.ACTIVE


@pytest.mark.parametrize("over", [end, life.complete_match])
@pytest.mark.parametrize(
    "deed", [pause, life.resume_match, end, life.complete_match, propose, life.agree_to_goals, find]
)
def test_what_is_over_stays_over(couple: Couple, over: Deed, deed: Deed) -> None:
    couple.do(couple.mentor, over)
    with pytest.raises(MatchOver):
        couple.do(couple.student, deed)


@pytest.mark.parametrize("deed", [end, life.complete_match])
def test_a_pause_keeps_the_place_and_an_end_frees_it(couple: Couple, queue: Recorded, deed: Deed) -> None:
    couple.do(couple.student, pause)
    with couple.units.read(SYSTEM) as reading:
        assert make.profile_row(reading, couple.mentor).current_mentees == 1
    queue.jobs.clear()
    couple.do(couple.student, deed)
    with couple.units.read(SYSTEM) as reading:
        assert make.profile_row(reading, couple.mentor).current_mentees == 0
    assert queue.of(Job.FILL_PLACES) == [(str(couple.mentor.id),)]
    assert (couple.row().ended_at, couple.row().paused_until) == (NOON, None)


@pytest.mark.parametrize("deed", [end, find, life.complete_match])
def test_at_the_end_both_are_asked_how_it_was_and_nothing_else_is_asked_any_more(couple: Couple, deed: Deed) -> None:
    make.ask(couple.units, couple.match_id, couple.mentor)
    couple.do(couple.student, deed)
    with couple.units.read(SYSTEM) as reading:
        asks = reading.session.execute(select(Ask.person_id, Ask.slot, Ask.state)).all()
    assert {(person_id, slot): state for person_id, slot, state in asks} == {
        (couple.mentor.id, "day 7"): AskState.LAPSED,
        (couple.student.id, "end"): AskState.ASKED,
        (couple.mentor.id, "end"): AskState.ASKED,
    }
    assert {row.recipient_id for row in couple.posted(Kind.SURVEY)} == {couple.student.id, couple.mentor.id}


@pytest.mark.parametrize("deed", [end, life.complete_match])
def test_an_end_calls_off_what_was_planned(couple: Couple, deed: Deed) -> None:
    times = tuple(NOON + timedelta(days=number) for number in (1, 2, 3))
    with couple.units.work(member(couple.mentor.id)) as work:
        planned = propose_meeting(work, Proposal(couple.match_id, times, 45, Meet.VIDEO))
    with couple.units.work(member(couple.student.id)) as work:
        pick_time(work, planned, 0)
    couple.do(couple.student, deed)
    with couple.units.read(SYSTEM) as reading:
        assert reading.session.get_one(Meeting, planned).state is MeetingState.CANCELLED


def test_completing_asks_both_how_it_was(couple: Couple) -> None:
    couple.do(couple.student, life.complete_match)
    with couple.units.read(SYSTEM) as reading:
        asked = reading.session.execute(select(Ask.person_id, Ask.kind)).all()
    assert {tuple(one) for one in asked} == {(one.id, AskKind.CLOSING) for one in (couple.student, couple.mentor)}


def test_a_pause_ends_by_itself_and_each_is_told_once(couple: Couple) -> None:
    couple.do(couple.mentor, pause)
    before, after = later(couple.units, UNTIL - timedelta(seconds=1)), later(couple.units, UNTIL)
    for units, due in ((before, []), (after, [couple.match_id])):
        with units.read(SYSTEM) as reading:
            assert life.match_pauses_over(reading) == due

    def sweep(_: int) -> None:
        with after.work(SYSTEM) as work:
            life.end_match_pause(work, couple.match_id)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(sweep, range(8)))
    assert (couple.row().state, couple.row().paused_until) == (MatchState.ACTIVE, None)
    told = [one.recipient_id for one in couple.posted(Kind.MATCH_PAUSE_OVER)]
    assert sorted(map(str, told)) == sorted(map(str, (couple.student.id, couple.mentor.id)))


def test_a_second_pause_that_ends_is_told_again(couple: Couple) -> None:
    for number in (1, 2):
        couple.do(couple.mentor, life.pause_match, NOON + timedelta(days=number))
        with later(couple.units, NOON + timedelta(days=number)).work(SYSTEM) as work:
            life.end_match_pause(work, couple.match_id)
    assert len(couple.posted(Kind.MATCH_PAUSE_OVER)) == 4


def test_another_mentor_is_found_in_one_step_and_never_the_former(couple: Couple) -> None:
    with couple.units.work(member(couple.student.id)) as work:
        request_id = life.find_another_mentor(work, couple.match_id, EndReason.NO_FIT, "Other fields.")
    with couple.units.read(SYSTEM) as reading:
        request = reading.session.get_one(Request, request_id)
        assert (request.state, request.wish) == (RequestState.SEARCHING, make.WISH.wish)
        assert request_facts(reading, request_id).excluded >= {couple.mentor.id}
    assert couple.row().state is MatchState.ENDED


def test_of_many_clicks_one_finds_another_mentor(couple: Couple) -> None:
    done = at_once(couple, (couple.student,), find)
    assert done["done"] == 1
    assert set(done) <= {"done", "match_over", "request_already_open"}
    with couple.units.read(SYSTEM) as reading:
        assert reading.session.scalar(select(func.count()).select_from(Request)) == 2


def test_with_a_request_open_already_the_match_goes_on(couple: Couple) -> None:
    make.request(couple.units, couple.student)
    with pytest.raises(RequestAlreadyOpen):
        couple.do(couple.student, find)
    assert couple.row().state is MatchState.ACTIVE
    assert not couple.posted(Kind.MATCH_CHANGED)


def test_a_mentor_does_not_look_for_another_mentor(couple: Couple) -> None:
    with pytest.raises(life.StudentsOnly):
        couple.do(couple.mentor, find)
    assert couple.row().state is MatchState.ACTIVE


def test_two_mentors_left_at_once_leave_one_request(couple: Couple) -> None:
    second = make.match(couple.units, couple.student, make.mentor(couple.units))

    def leave(match_id: UUID) -> str:
        try:
            with couple.units.work(member(couple.student.id)) as work:
                find(work, match_id)
        except DomainError as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        done = sorted(pool.map(leave, (couple.match_id, second)))
    assert done == ["done", "request_already_open"]


def test_a_match_without_a_request_is_left_with_what_the_two_wanted(units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units)
    match_id = make.match(units, student, mentor, goals="A first job.")
    with units.work(member(student.id)) as work:
        request_id = life.find_another_mentor(work, match_id, EndReason.OTHER)
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(Request, request_id).wish == "A first job."


def test_a_note_that_is_too_long_ends_nothing(couple: Couple) -> None:
    with pytest.raises(InvalidFields):
        couple.do(couple.student, life.end_match, EndReason.OTHER, "x" * 2_000)
    assert couple.row().state is MatchState.ACTIVE


def test_a_keepsake_is_there_once_it_is_completed(couple: Couple) -> None:
    with couple.units.read(SYSTEM) as reading, pytest.raises(NotFound):
        keepsake(reading, couple.match_id)
    couple.do(couple.student, propose)
    couple.do(couple.mentor, life.agree_to_goals)
    couple.do(couple.mentor, life.complete_match)
    with couple.units.read(member(couple.student.id)) as reading:
        kept = keepsake(reading, couple.match_id)
    assert (kept.goals, kept.every, kept.meetings, kept.minutes) == ("A first job.", "2 weeks", (), 0)
    assert sorted(map(str, (one.recipient_id for one in couple.posted(Kind.KEEPSAKE)))) == sorted(
        map(str, (couple.student.id, couple.mentor.id))
    )


@pytest.mark.parametrize("deed", [end, find])
def test_why_it_ended_is_for_staff_alone(couple: Couple, deed: Deed, engine: Engine) -> None:
    """The partner sees neither reason, note nor author: by the service, or straight in SQL."""
    couple.do(couple.student, life.propose_goals, "A first job.", 14)
    couple.do(couple.student, deed)
    with couple.units.read(SYSTEM) as reading:
        (kept,) = reading.session.scalars(select(Feedback))
        assert (kept.kind, kept.author_id) == (FeedbackKind.ENDING, couple.student.id)
        secrets = [kept.answer, kept.comment or kept.answer]
    with couple.units.read(member(couple.mentor.id)) as reading:
        assert reading.session.scalars(select(Feedback)).all() == []
        assert not [secret for secret in secrets if secret in repr(home(reading, couple.mentor.id))]
        assert not [secret for secret in secrets if secret in repr(mentorship(reading, couple.match_id))]
    with couple.units.work(member(couple.mentor.id)) as work:
        share = update(Feedback).values(shared=True).returning(Feedback.id)
        assert work.session.scalars(share).all() == []
    with engine.connect() as sql:
        sql.execute(
            text("SELECT set_config('app.user_id', :u, true), set_config('app.role', 'member', true)"),
            {"u": str(couple.mentor.id)},
        )
        told = []
        for table in sorted(Match.metadata.tables):
            told += [str(row) for row in sql.execute(text(f"SELECT to_jsonb(t) FROM {table} t"))]
    assert not [row for row in told for secret in secrets if secret in row]


def test_both_are_told_the_same_of_an_end(couple: Couple) -> None:
    couple.do(couple.mentor, end)
    (told,) = couple.posted(Kind.MATCH_CHANGED)
    assert (told.match_id, told.recipient_id, told.params) == (couple.match_id, None, {"subject": str(couple.match_id)})


def test_a_former_mentor_sees_nothing_of_the_next_search(couple: Couple) -> None:
    other = make.mentor(couple.units)
    with couple.units.work(member(couple.student.id)) as work:
        request_id = life.find_another_mentor(work, couple.match_id, EndReason.NO_FIT)
    make.wave(couple.units, request_id, other)
    with couple.units.read(member(couple.mentor.id)) as reading:
        assert reading.session.get(Request, request_id) is None
        assert reading.session.scalars(select(Batch)).all() == []
        assert {one.user_id for one in reading.session.scalars(select(Profile))} == {
            couple.mentor.id,
            couple.student.id,
        }
