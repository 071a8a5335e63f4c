"""The programme in figures and lists, for staff. The same wherever they are read."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from core.models import Batch, Match, Offer, Profile, Request, User
from core.rules.matches import LIVE
from core.rules.offers import BatchState, OfferState
from core.rules.requests import OPEN, RequestState
from core.rules.roles import PersonState, Role
from core.rules.scores import CriterionScore
from core.uow import Reading


@dataclass(frozen=True)
class Stats:
    """How the programme stands. People who have left are not counted."""

    students: int
    mentors: int
    free_places: int  # at mentors who are not paused
    open_requests: int
    waiting: int
    with_staff: int
    live_matches: int
    hours_to_match: float | None  # median from request to match; None before the first match


@dataclass(frozen=True)
class AskedMentor:
    """A mentor who was asked about a request, with the score that put them there."""

    name: str
    state: OfferState
    score: float
    criteria: tuple[CriterionScore, ...]


@dataclass(frozen=True)
class OpenRequest:
    """A request that has no mentor yet, for staff: who asked, how it stands, and whom the present wave asked."""

    student_name: str
    state: RequestState
    wave: int
    next_step_at: datetime | None
    asked: tuple[AskedMentor, ...]


MOST_LISTED = 10


def open_requests(reading: Reading, most: int = MOST_LISTED) -> tuple[OpenRequest, ...]:
    """Open requests, the next to need something first."""
    rows = reading.session.execute(
        select(Request, User.name)
        .join(User, User.id == Request.student_id)
        .where(Request.state.in_(OPEN))
        .order_by(Request.next_step_at)
        .limit(most)
    ).all()
    asked = _asked(reading, [request.id for request, _ in rows])
    return tuple(
        OpenRequest(name, request.state, request.waves_used, request.next_step_at, tuple(asked[request.id]))
        for request, name in rows
    )


def _asked(reading: Reading, request_ids: list[UUID]) -> dict[UUID, list[AskedMentor]]:
    """The mentors of each request's present wave, best first."""
    rows = reading.session.execute(
        select(Offer, User.name)
        .join(Batch, Batch.id == Offer.batch_id)
        .join(Request, Request.id == Offer.request_id)
        .join(User, User.id == Offer.mentor_id)
        .where(
            Offer.request_id.in_(request_ids),
            Batch.wave == Request.waves_used,
            Batch.state != BatchState.WITHDRAWN,
        )
        .order_by(Offer.rank)
    )
    found: dict[UUID, list[AskedMentor]] = defaultdict(list)
    for offer, name in rows:
        criteria = tuple(CriterionScore.from_json(part) for part in offer.criteria)
        found[offer.request_id].append(AskedMentor(name, offer.state, offer.score, criteria))
    return found


def stats(reading: Reading) -> Stats:
    """The figures at this moment. For staff: others would count only what they may see."""
    open_requests, waiting, with_staff = reading.session.execute(
        select(
            func.count().filter(Request.state.in_(OPEN)),
            func.count().filter(Request.state == RequestState.WAITING),
            func.count().filter(Request.state == RequestState.STAFF),
        )
    ).one()
    return Stats(
        students=_people(reading, Role.STUDENT),
        mentors=_people(reading, Role.MENTOR),
        free_places=_free_places(reading),
        open_requests=open_requests,
        waiting=waiting,
        with_staff=with_staff,
        live_matches=reading.session.scalars(_counting(Match).where(Match.state.in_(LIVE))).one(),
        hours_to_match=_hours_to_match(reading),
    )


def _people(reading: Reading, role: Role) -> int:
    people = _counting(Profile).join(User, User.id == Profile.user_id)
    return reading.session.scalars(people.where(Profile.role == role, User.state == PersonState.ACTIVE)).one()


def _counting(table: type[Match | Profile]) -> Select[int]:
    return select(func.count()).select_from(table)


def _free_places(reading: Reading) -> int:
    free = func.greatest(Profile.max_mentees - Profile.current_mentees, 0)
    paused = func.coalesce(Profile.paused_until > reading.now, False)
    places = reading.session.scalar(
        select(func.sum(free))
        .join(User, User.id == Profile.user_id)
        .where(Profile.role == Role.MENTOR, User.state == PersonState.ACTIVE, ~paused)
    )
    return int(places or 0)


def _hours_to_match(reading: Reading) -> float | None:
    hours = func.extract("epoch", Match.started_at - Request.created_at) / 3600.0
    median = reading.session.scalar(
        select(func.percentile_cont(0.5).within_group(hours)).join(Request, Request.id == Match.request_id)
    )
    return None if median is None else float(median)
