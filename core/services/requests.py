"""A student's request for a mentor: asked, edited, cancelled, and where it stands at any moment."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from core.models import Batch, Cohort, Request
from core.notifications import Kind, notify, redraw, to_person
from core.queue import Job
from core.rules import requests as rules
from core.rules.cohorts import Intake, joins
from core.rules.errors import NotAllowed, NotFound
from core.rules.offers import BatchState
from core.rules.requests import NextStep, RequestAlreadyOpen, RequestState
from core.rules.roles import Role
from core.rules.wishes import Wish, checked
from core.services.closing import withdraw_wave
from core.services.people import has_profile, lock_user
from core.services.policies import current_policies
from core.uow import Reading, Work


class NoProfile(NotAllowed):
    """A student tells of themselves before they ask for a mentor."""

    code = "no_profile"


def request_mentor(work: Work, student_id: UUID, wish: Wish, wanted_mentor_id: UUID | None = None) -> UUID:
    """Ask for a mentor. One request is open at a time: a second one is refused with the first one's id. It joins the
    cohort whose days these are.

    A mentor who is wanted is asked first and alone, if the hard rules let them be asked.
    """
    wish = checked(wish)
    _one_at_a_time(work, student_id)
    first = rules.position(RequestState.SEARCHING, work.now)
    request = Request(
        student_id=student_id,
        wish=wish.wish,
        anything_else=wish.anything_else,
        must_share=[rule.value for rule in wish.must_share],
        wanted_mentor_id=wanted_mentor_id,
        cohort_id=_cohort_now(work),
        state=first.state,
        next_step=first.next_step,
        next_step_at=first.next_step_at,
        created_at=work.now,
    )
    work.session.add(request)
    work.session.flush()
    notify(work, to_person(student_id), Kind.REQUEST_STATUS, request.id)
    work.queue(Job.MATCH_REQUEST, request.id)
    work.queue(Job.REFRESH_HOME, student_id)
    return request.id


def _cohort_now(work: Work) -> UUID | None:
    """The intake that a request made now belongs to. Students do not see cohorts."""
    with work.as_system():
        rows = work.session.execute(select(Cohort.id, Cohort.starts_on, Cohort.ends_on))
        return joins((Intake(*row) for row in rows), work.now)


def _one_at_a_time(work: Work, student_id: UUID) -> None:
    """Two requests of one student at the same moment wait for each other here; the second sees the first."""
    lock_user(work, student_id)
    require_may_ask(work, student_id)


def require_may_ask(reading: Reading, student_id: UUID) -> None:
    """Refuse early what `request_mentor` would refuse, before a form is opened for it.

    Raises `NoProfile` or `RequestAlreadyOpen`.
    """
    if not has_profile(reading, student_id, Role.STUDENT):
        raise NoProfile
    if open_id := open_request(reading, student_id):
        raise RequestAlreadyOpen(request_id=open_id)


def edit_request(work: Work, request_id: UUID, wish: Wish) -> None:
    """Change what is asked for: offers already out are withdrawn at once, and the search begins anew.

    Twice within 24 hours at most where mentors have been asked (`EditedOften`). After the last wave the request
    stays with staff, who read the new wish.
    """
    wish = checked(wish)
    own = _own(work, request_id)
    with work.as_system():
        request = lock_request(work, own.id)
        if request.state is RequestState.OFFERED:
            rules.may_edit(_waves_taken_back(work, request.id), work.now)
        request.wish, request.anything_else = wish.wish, wish.anything_else
        request.must_share = [rule.value for rule in wish.must_share]
        if request.state in (RequestState.SEARCHING, RequestState.STAFF):
            _show(work, request)
        else:
            withdraw_wave(work, request)
            enter(work, request, RequestState.SEARCHING)
        if request.state is RequestState.SEARCHING:
            work.queue(Job.MATCH_REQUEST, request.id)


def _waves_taken_back(work: Work, request_id: UUID) -> list[datetime]:
    ended = select(Batch.ended_at).where(Batch.request_id == request_id, Batch.state == BatchState.WITHDRAWN)
    return [moment for moment in work.session.scalars(ended) if moment]


def cancel_request(work: Work, request_id: UUID) -> None:
    """Take a request back: offers already out are withdrawn at once."""
    own = _own(work, request_id)
    with work.as_system():
        request = lock_request(work, own.id)
        end_request(work, request)


def end_request(work: Work, request: Request) -> None:
    """Cancel a locked request, and withdraw what is out for it."""
    enter(work, request, RequestState.CANCELLED)
    withdraw_wave(work, request)


def _own(work: Work, request_id: UUID) -> Request:
    request = work.session.get(Request, request_id)
    if request is None or request.student_id != work.actor.user_id:
        raise NotFound(request_id=request_id)
    return request


def lock_request(work: Work, request_id: UUID) -> Request:
    """The request as it is now, locked: before its offers and their mentors. Raises `NotFound`."""
    found = work.session.scalar(
        select(Request).where(Request.id == request_id).with_for_update().execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(request_id=request_id)
    return found


def enter(work: Work, request: Request, state: RequestState) -> None:
    """Move a locked request to another state, and show it to the student and, if they have it, to staff."""
    new = rules.move(request.state, state, work.now, current_policies(work).offer_time)
    request.state, request.next_step, request.next_step_at = new.state, new.next_step, new.next_step_at
    if new.next_step is NextStep.NONE:
        request.closed_at = work.now
    _show(work, request)


def renew(work: Work, request: Request) -> None:
    """Give a locked request the next date of its state, once the one before has passed."""
    request.next_step_at = rules.renewed(request.state, work.now).next_step_at
    _show(work, request)


def _show(work: Work, request: Request) -> None:
    """Draw anew what shows a request: the student's card and Home tab, and what staff have of it."""
    redraw(work, Kind.REQUEST_STATUS, request.id)
    redraw(work, Kind.STAFF_REQUEST, request.id)
    work.queue(Job.REFRESH_HOME, request.student_id)


def open_request(reading: Reading, student_id: UUID) -> UUID | None:
    """The student's open request, if there is one."""
    return reading.session.scalar(
        select(Request.id).where(Request.student_id == student_id, Request.state.in_(rules.OPEN))
    )


def latest_request(reading: Reading, student_id: UUID) -> UUID | None:
    """The student's newest request, open or not."""
    return reading.session.scalar(
        select(Request.id).where(Request.student_id == student_id).order_by(Request.id.desc()).limit(1)
    )
