"""A student's request for a mentor: asked, edited, cancelled, and where it stands at any moment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from core.models import Batch, Match, Offer, Request, User
from core.notifications import Kind, notify, redraw, to_person
from core.queue import Job
from core.rules import requests as rules
from core.rules.errors import NotAllowed, NotFound
from core.rules.offers import BatchState, OfferState
from core.rules.requests import NextStep, RequestAlreadyOpen, RequestState
from core.rules.roles import Role
from core.rules.wishes import Wish, checked
from core.services.profiles import has_profile
from core.uow import Reading, Work


@dataclass(frozen=True)
class RequestStatus:
    """Where a request stands and what comes next, for the student's eyes."""

    request_id: UUID
    student_id: UUID
    tz: str
    state: RequestState
    wish: Wish
    wave: int
    asked: int
    declined: int
    next_step: NextStep
    next_step_at: datetime | None
    mentor_name: str | None
    match_id: UUID | None


class NoProfile(NotAllowed):
    """A student tells of themselves before they ask for a mentor."""

    code = "no_profile"


def request_mentor(work: Work, student_id: UUID, wish: Wish) -> UUID:
    """Ask for a mentor. One request is open at a time: a second one is refused with the first one's id."""
    wish = checked(wish)
    if not has_profile(work, student_id, Role.STUDENT):
        raise NoProfile
    _one_at_a_time(work, student_id)
    first = rules.position(RequestState.SEARCHING, work.now)
    request = Request(
        student_id=student_id,
        wish=wish.wish,
        anything_else=wish.anything_else,
        must_share=[rule.value for rule in wish.must_share],
        state=first.state,
        next_step=first.next_step,
        next_step_at=first.next_step_at,
    )
    work.session.add(request)
    work.session.flush()
    notify(work, to_person(student_id), Kind.REQUEST_STATUS, request.id)
    work.queue(Job.MATCH_REQUEST, request.id)
    work.queue(Job.REFRESH_HOME, student_id)
    return request.id


def _one_at_a_time(work: Work, student_id: UUID) -> None:
    """Two requests of one student at the same moment wait for each other here; the second sees the first."""
    work.session.execute(select(User.id).where(User.id == student_id).with_for_update())
    if open_id := open_request(work, student_id):
        raise RequestAlreadyOpen(request_id=open_id)


def edit_request(work: Work, request_id: UUID, wish: Wish) -> None:
    """Change what is asked for: offers already out are withdrawn at once, and the search begins anew."""
    wish = checked(wish)
    own = _own(work, request_id)
    with work.as_system():
        request = lock(work, own.id)
        request.wish, request.anything_else = wish.wish, wish.anything_else
        request.must_share = [rule.value for rule in wish.must_share]
        withdraw_offers(work, request)
        if request.state is not RequestState.SEARCHING:
            enter(work, request, RequestState.SEARCHING)
        work.queue(Job.MATCH_REQUEST, request.id)


def cancel_request(work: Work, request_id: UUID) -> None:
    """Take a request back: offers already out are withdrawn at once."""
    own = _own(work, request_id)
    with work.as_system():
        request = lock(work, own.id)
        enter(work, request, RequestState.CANCELLED)
        withdraw_offers(work, request)


def _own(work: Work, request_id: UUID) -> Request:
    request = work.session.get(Request, request_id)
    if request is None or request.student_id != work.actor.user_id:
        raise NotFound(request_id=request_id)
    return request


def lock(work: Work, request_id: UUID) -> Request:
    """The request as it is now, locked. Always the first lock taken: request, then offer, then mentor."""
    found = work.session.scalar(
        select(Request).where(Request.id == request_id).with_for_update().execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(request_id=request_id)
    return found


def enter(work: Work, request: Request, state: RequestState) -> None:
    """Move a locked request to another state, and show it to the student and, if they have it, to staff."""
    new = rules.move(request.state, state, work.now)
    request.state, request.next_step, request.next_step_at = new.state, new.next_step, new.next_step_at
    if new.next_step is NextStep.NONE:
        request.closed_at = work.now
    redraw(work, Kind.REQUEST_STATUS, request.id)
    redraw(work, Kind.STAFF_REQUEST, request.id)
    work.queue(Job.REFRESH_HOME, request.student_id)


def withdraw_offers(work: Work, request: Request) -> None:
    """End what is out for a locked request; each mentor's card says so. A withdrawn wave does not count."""
    close_offers(work, request.id, OfferState.WITHDRAWN)
    withdrawn = work.session.scalar(
        update(Batch)
        .where(Batch.request_id == request.id, Batch.state == BatchState.OPEN)
        .values(state=BatchState.WITHDRAWN)
        .returning(Batch.id)
    )
    if withdrawn:
        request.waves_used -= 1


def close_offers(work: Work, request_id: UUID, state: OfferState) -> None:
    """Move every open offer of a locked request to this final state and draw the mentors' cards again."""
    closed = work.session.execute(
        update(Offer)
        .where(Offer.request_id == request_id, Offer.state == OfferState.OPEN)
        .values(state=state, answered_at=work.now)
        .returning(Offer.id, Offer.mentor_id)
    )
    for offer_id, mentor_id in closed.all():
        redraw(work, Kind.OFFER, offer_id)
        work.queue(Job.REFRESH_HOME, mentor_id)


def open_request(reading: Reading, student_id: UUID) -> UUID | None:
    """The student's open request, if there is one."""
    return reading.session.scalar(
        select(Request.id).where(Request.student_id == student_id, Request.state.in_(rules.OPEN))
    )


def latest_request(reading: Reading, student_id: UUID) -> UUID | None:
    """The student's newest request, open or not."""
    return reading.session.scalar(
        select(Request.id).where(Request.student_id == student_id).order_by(Request.created_at.desc()).limit(1)
    )


def status(reading: Reading, request_id: UUID) -> RequestStatus:
    """Where a request stands. Of the mentors asked, only the one who said yes is named."""
    row = reading.session.execute(
        select(Request, User.tz).join(User, User.id == Request.student_id).where(Request.id == request_id)
    ).one_or_none()
    if row is None:
        raise NotFound(request_id=request_id)
    request, tz = row
    asked, declined = _answers(reading, request)
    match = reading.session.execute(
        select(Match.id, User.name).join(User, User.id == Match.mentor_id).where(Match.request_id == request_id)
    ).first()
    return RequestStatus(
        request_id=request.id,
        student_id=request.student_id,
        tz=tz,
        state=request.state,
        wish=Wish.stored(request.wish, request.anything_else, request.must_share),
        wave=request.waves_used,
        asked=asked,
        declined=declined,
        next_step=request.next_step,
        next_step_at=request.next_step_at,
        mentor_name=match.name if match else None,
        match_id=match.id if match else None,
    )


def _answers(reading: Reading, request: Request) -> tuple[int, int]:
    """How many mentors this wave asked, and how many said no: all a student may know of offers."""
    with reading.as_system():
        asked, declined = reading.session.execute(
            select(func.count(), func.count().filter(Offer.state == OfferState.DECLINED))
            .join(Batch, Batch.id == Offer.batch_id)
            .where(
                Batch.request_id == request.id,
                Batch.wave == request.waves_used,
                Batch.state != BatchState.WITHDRAWN,
            )
        ).one()
    return asked, declined
