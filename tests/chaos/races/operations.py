"""What people, staff, workers and the clock do, each with how often. What is refused is part of the game."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement

from core.models import Base, Match, Offer, Question, Request
from core.queue import Job
from core.rules.matches import LIVE, EndReason, MatchState, Origin
from core.rules.offers import DeclineReason, OfferState
from core.rules.questions import QuestionState
from core.rules.requests import OPEN
from core.services import (
    accounts,
    manual_matches,
    mentoring,
    mentorships,
    offers,
    question_answers,
    question_claims,
    requests,
)
from core.services import question_drafts as drafts
from core.services.manual_matches import ByHand
from core.services.meetings import HeldMeeting, log_meeting
from core.services.people import Person, SlackIdentity
from core.services.staff_matches import end_as_staff
from core.uow import SYSTEM, Work, admin, member
from tasks.delivery import deliver
from tasks.matching import fill_places, match_request
from tasks.periodic import PERIODIC
from tests.chaos.races.programme import Programme
from tests.support import factories as make
from tests.support.by_hand import ready_run
from tests.support.quick_questions import ASKED

T = TypeVar("T", bound=Base)
Operation = Callable[[Programme], None]
WHY = "They asked for it."
STALE = 0.15
"""How often a click comes from a card that is out of date."""


def request(programme: Programme) -> None:
    student = programme.student()
    with programme.units.work(member(student.id)) as work:
        requests.request_mentor(work, student.id, make.WISH)


def job(programme: Programme) -> None:
    """A worker does what was asked for."""
    if programme.jobs.empty():
        return
    name, args = programme.jobs.get()
    match name:
        case Job.MATCH_REQUEST:
            match_request(programme.runtime, UUID(args[0]))
        case Job.FILL_PLACES:
            fill_places(programme.runtime, UUID(args[0]))
        case Job.CHECK_QUESTION:
            with programme.units.work(SYSTEM) as work:
                drafts.settle_draft(work, UUID(args[0]), ())
        case _:
            pass


def cancel(programme: Programme) -> None:
    if found := _row(programme, Request, Request.state.in_(OPEN)):
        with programme.units.work(member(found.student_id)) as work:
            requests.cancel_request(work, found.id)


def edit(programme: Programme) -> None:
    if found := _row(programme, Request, Request.state.in_(OPEN)):
        with programme.units.work(member(found.student_id)) as work:
            requests.edit_request(work, found.id, replace(make.WISH, wish="Practice for interviews."))


def accept(programme: Programme) -> None:
    if found := _row(programme, Offer, Offer.state == OfferState.OPEN):
        with programme.units.work(member(found.mentor_id)) as work:
            offers.accept_offer(work, found.id)


def decline(programme: Programme) -> None:
    if found := _row(programme, Offer, Offer.state == OfferState.OPEN):
        pause = timedelta(days=14) if programme.random.random() < 0.2 else None
        with programme.units.work(member(found.mentor_id)) as work:
            offers.decline_offer(work, found.id, DeclineReason.NO_TIME, pause=pause)


def pause_mentoring(programme: Programme) -> None:
    mentor = programme.mentor()
    with programme.units.work(member(mentor.id)) as work:
        mentoring.pause_mentoring(work, mentor.id)


def resume_mentoring(programme: Programme) -> None:
    mentor = programme.mentor()
    with programme.units.work(member(mentor.id)) as work:
        mentoring.resume_mentoring(work, mentor.id)


def pause_match(programme: Programme) -> None:
    _in_match(programme, lambda work, match: mentorships.pause_match(work, match.id, work.now + timedelta(days=14)))


def resume_match(programme: Programme) -> None:
    if found := _row(programme, Match, Match.state == MatchState.PAUSED):
        with programme.units.work(member(found.student_id)) as work:
            mentorships.resume_match(work, found.id)


def complete(programme: Programme) -> None:
    _in_match(programme, lambda work, match: mentorships.complete_match(work, match.id))


def end(programme: Programme) -> None:
    _in_match(programme, lambda work, match: mentorships.end_match(work, match.id, EndReason.NO_TIME))


def find_another(programme: Programme) -> None:
    if found := _row(programme, Match, Match.state.in_(LIVE)):
        with programme.units.work(member(found.student_id)) as work:
            mentorships.find_another_mentor(work, found.id, EndReason.NO_FIT)


def log_a_meeting(programme: Programme) -> None:
    def log(work: Work, match: Match) -> None:
        log_meeting(work, HeldMeeting(match.id, work.now.date() - timedelta(days=1), 30, "Video"))

    _in_match(programme, log)


def ask(programme: Programme) -> None:
    with programme.units.work(member(programme.student().id)) as work:
        drafts.ask_question(work, ASKED)


def withdraw(programme: Programme) -> None:
    if found := _row(programme, Question, Question.state.in_([QuestionState.OPEN, QuestionState.CLAIMED])):
        with programme.units.work(member(found.student_id)) as work:
            drafts.withdraw_question(work, found.id)


def claim(programme: Programme) -> None:
    if found := _row(programme, Question, Question.state == QuestionState.OPEN):
        with programme.units.work(member(programme.mentor().id)) as work:
            question_claims.claim_question(work, found.id)


def release(programme: Programme) -> None:
    found = _row(programme, Question, Question.state == QuestionState.CLAIMED)
    if found and found.claimer_id:
        with programme.units.work(member(found.claimer_id)) as work:
            question_claims.release_question(work, found.id)


def answer(programme: Programme) -> None:
    found = _row(programme, Question, Question.state == QuestionState.CLAIMED)
    if found and found.claimer_id:
        with programme.units.work(member(found.claimer_id)) as work:
            question_answers.mark_answered(work, found.id, "Say what you learnt there.", may_be_read=True)


def by_hand(programme: Programme) -> None:
    with programme.units.work(admin(programme.staff.id)) as work:
        manual_matches.match_by_hand(work, ByHand(programme.student().id, programme.mentor().id, WHY))


def reassign(programme: Programme) -> None:
    if found := _row(programme, Match, Match.state.in_(LIVE)):
        wanted = ByHand(found.student_id, programme.mentor().id, WHY, instead_of=found.id)
        with programme.units.work(admin(programme.staff.id)) as work:
            manual_matches.match_by_hand(work, wanted)


def confirm(programme: Programme) -> None:
    student, mentor = programme.student(), programme.mentor()
    if student == mentor:
        return
    run_id = ready_run(programme.units, programme.staff, student, mentor)
    with programme.units.work(admin(programme.staff.id)) as work:
        manual_matches.confirm_pair(work, run_id, mentor.id, WHY)


def take_back(programme: Programme) -> None:
    if found := _row(programme, Match, Match.state.in_(LIVE), Match.origin == Origin.MANUAL):
        with programme.units.work(admin(programme.staff.id)) as work:
            manual_matches.take_back_match(work, found.id, WHY)


def end_by_staff(programme: Programme) -> None:
    if found := _row(programme, Match, Match.state.in_(LIVE)):
        with programme.units.work(admin(programme.staff.id)) as work:
            end_as_staff(work, found.id, WHY)


def leave(programme: Programme) -> None:
    _follow(programme, programme.mentor(), active=False)


def come_back(programme: Programme) -> None:
    for one in programme.mentors:
        _follow(programme, one, active=True)


def send(programme: Programme) -> None:
    deliver(programme.runtime)


def tick(programme: Programme) -> None:
    """One of the jobs of the sweep."""
    programme.random.choice(PERIODIC).run(programme.runtime)


def hours(programme: Programme) -> None:
    programme.pass_time(timedelta(hours=programme.random.randint(1, 12)))


OPERATIONS: Mapping[Operation, int] = {
    request: 14,
    job: 24,
    cancel: 3,
    edit: 3,
    accept: 12,
    decline: 5,
    pause_mentoring: 2,
    resume_mentoring: 4,
    pause_match: 3,
    resume_match: 3,
    complete: 3,
    end: 4,
    find_another: 3,
    log_a_meeting: 3,
    ask: 6,
    withdraw: 1,
    claim: 9,
    release: 4,
    answer: 4,
    by_hand: 4,
    reassign: 4,
    confirm: 2,
    take_back: 2,
    end_by_staff: 1,
    leave: 1,
    come_back: 1,
    send: 3,
    tick: 6,
    hours: 1,
}


def _row(programme: Programme, kind: type[T], *which: ColumnElement[bool]) -> T | None:
    """A row to act on; now and then one that is past acting on."""
    return programme.any(kind, *(() if programme.random.random() < STALE else which))


def _in_match(programme: Programme, act: Callable[[Work, Match], object]) -> None:
    """One of the two acts on a running match."""
    if found := _row(programme, Match, Match.state.in_(LIVE)):
        person_id = programme.random.choice((found.student_id, found.mentor_id))
        with programme.units.work(member(person_id)) as work:
            act(work, found)


def _follow(programme: Programme, person: Person, *, active: bool) -> None:
    identity = SlackIdentity(make.TEAM, person.slack_user_id or "", person.name, person.email, person.tz, active=active)
    with programme.units.work(SYSTEM) as work:
        accounts.follow_account(work, identity)
