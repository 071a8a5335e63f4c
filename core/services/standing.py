"""Where a request stands and what comes next, at any moment, for its student."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from core.models import Batch, Match, Offer, Request, User
from core.rules.errors import NotFound
from core.rules.matches import Origin
from core.rules.offers import BatchState, OfferState
from core.rules.requests import MAX_WAVES, OPEN, NextStep, RequestState, Wanted, wanted
from core.rules.waiting import UsualWait, usual_wait
from core.rules.wishes import Wish
from core.services.exchanges import Exchange, exchanges
from core.services.policies import policies_at
from core.uow import Reading

PAST_CASES = 200


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
    cannot: int  # said no, let the time pass, or cannot be asked any more
    next_step: NextStep
    next_step_at: datetime | None
    mentor_name: str | None
    match_id: UUID | None
    questions: tuple[Exchange, ...] = ()
    usual_wait: UsualWait | None = None
    wanted: Wanted | None = None
    wanted_name: str = ""  # the mentor whom the student asked for first
    most_waves: int = MAX_WAVES  # as counted when the request was made


def status(reading: Reading, request_id: UUID) -> RequestStatus:
    """Where a request stands. Of the mentors asked, only who said yes and whom the student wanted first are named."""
    row = reading.session.execute(
        select(Request, User.tz).join(User, User.id == Request.student_id).where(Request.id == request_id)
    ).one_or_none()
    if row is None:
        raise NotFound(request_id=request_id)
    request, tz = row
    asked, cannot = _asked(reading, request)
    wanted_name, how = _wanted(reading, request)
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
        cannot=cannot,
        next_step=request.next_step,
        next_step_at=request.next_step_at,
        mentor_name=match.name if match else None,
        match_id=match.id if match else None,
        questions=_questions(reading, request.id),
        usual_wait=_usual_wait(reading, request),
        wanted=how,
        wanted_name=wanted_name,
        most_waves=policies_at(reading, request.created_at).most_waves,
    )


def _wanted(reading: Reading, request: Request) -> tuple[str, Wanted | None]:
    """Whom the student asked for by name, and how it goes with them; a mentor who was erased is nobody."""
    if request.wanted_mentor_id is None:
        return "", None
    asked = select(Offer.state).where(Offer.request_id == request.id, Offer.mentor_id == request.wanted_mentor_id)
    with reading.as_system():
        name = reading.session.scalars(select(User.name).where(User.id == request.wanted_mentor_id)).one()
        offer = reading.session.scalar(asked.order_by(Offer.id.desc()).limit(1))
    return name, wanted(offer, request.waves_used)


def _asked(reading: Reading, request: Request) -> tuple[int, int]:
    """How many mentors this wave asked, and how many of them said no or cannot any more: students learn no names."""
    wave = select(Batch.id).where(
        Batch.request_id == request.id, Batch.wave == request.waves_used, Batch.state != BatchState.WITHDRAWN
    )
    with reading.as_system():
        asked, still_open = reading.session.execute(
            select(func.count(), func.count().filter(Offer.state == OfferState.OPEN)).where(Offer.batch_id.in_(wave))
        ).one()
    return asked, asked - still_open


def _questions(reading: Reading, request_id: UUID) -> tuple[Exchange, ...]:
    """What mentors who still decide have asked."""
    with reading.as_system():
        offers = reading.session.scalars(
            select(Offer.id).where(Offer.request_id == request_id, Offer.state == OfferState.OPEN).order_by(Offer.id)
        ).all()
        return tuple(exchange for offer_id in offers for exchange in exchanges(reading, offer_id))


def _usual_wait(reading: Reading, request: Request) -> UsualWait | None:
    """How long others waited for a match, from the newest cases."""
    if request.state not in OPEN:
        return None
    with reading.as_system():
        past = reading.session.execute(
            select(Match.started_at, Request.created_at)
            .join(Request, Request.id == Match.request_id)
            .where(Match.origin == Origin.BATCH)
            .order_by(Match.id.desc())
            .limit(PAST_CASES)
        ).all()
    return usual_wait([matched - asked for matched, asked in past], reading.now - request.created_at)
