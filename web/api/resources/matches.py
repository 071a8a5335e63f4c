"""Matches, with what both sides say of them and their meetings."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from sqlalchemy import select

from core.models import Feedback, Match, MatchHealth, Meeting
from core.rules.checkins import FeedbackKind, Rating
from core.rules.errors import NotFound
from core.rules.health import HealthState
from core.rules.matches import MatchState, Origin
from core.rules.meetings import MeetingState
from core.rules.scopes import Scope
from core.services import manual_matches
from core.services.feedback import give_feedback
from core.services.manual_matches import ByHand
from core.services.meetings import HeldMeeting, log_meeting
from core.services.staff_matches import end_as_staff
from core.uow import Reading
from web.api.access import Access, requires
from web.api.acting import Id, as_staff, changing, on_behalf_of
from web.api.paging import After, Limit, Page, rows

routes = APIRouter(tags=["matches"])
Reader = Annotated[Access, Depends(requires(Scope.MATCHES_READ))]
Writer = Annotated[Access, Depends(requires(Scope.MATCHES_WRITE))]
FeedbackReader = Annotated[Access, Depends(requires(Scope.FEEDBACK_READ))]
FeedbackWriter = Annotated[Access, Depends(requires(Scope.FEEDBACK_WRITE))]
MeetingReader = Annotated[Access, Depends(requires(Scope.MEETINGS_READ))]
MeetingWriter = Annotated[Access, Depends(requires(Scope.MEETINGS_WRITE))]


class MatchOut(BaseModel):
    """A student and a mentor who work together, or did. `health` is for staff: never show it to the pair."""

    id: UUID
    student_id: UUID
    mentor_id: UUID
    request_id: UUID | None
    origin: Origin
    state: MatchState
    score: float | None
    goals: str
    cadence_days: int | None
    started_at: datetime
    paused_until: datetime | None
    ended_at: datetime | None
    health: HealthState | None
    health_causes: list[str]
    health_step: str


class Ending(BaseModel):
    """Why staff end a match. The pair is told that it ended, and never why."""

    why: str = Field(examples=["They asked us to, and could not say it themselves."])


class NewMatch(BaseModel):
    """Two people whom staff bring together. With `run_id` the score and reasons of that run are kept with the match."""

    student_id: UUID
    mentor_id: UUID
    why: str = Field(description="For the audit log.", examples=["They met at the open day and asked for it."])
    run_id: UUID | None = Field(None, description="A matching run for this student that scored this mentor.")
    instead_of: UUID | None = Field(None, description="A match of the student that ends at the same moment.")
    overruled: bool = Field(False, description="Also if the mentor is full, paused, or asked about many students.")


class FeedbackIn(BaseModel):
    """How it is going, said by one side; private unless shared with the partner."""

    author_id: UUID
    rating: int = Field(ge=1, le=5)
    comment: str = ""
    shared: bool = False


class FeedbackOut(BaseModel):
    """What one side said."""

    id: UUID
    match_id: UUID
    author_id: UUID
    kind: FeedbackKind
    rating: int | None
    answer: str
    comment: str
    shared: bool
    said_at: datetime


class MeetingIn(BaseModel):
    """A meeting as one side tells of it."""

    author_id: UUID
    held_on: date
    minutes: int = Field(ge=1, le=24 * 60, examples=[45])
    kind: str = Field(examples=["Video"])
    notes: str = ""
    action_items: list[str] = []


class MeetingOut(BaseModel):
    """A meeting, proposed, planned, held or not."""

    id: UUID
    match_id: UUID
    state: MeetingState
    starts_at: datetime | None
    minutes: int | None
    kind: str | None


@routes.get("/matches")
def list_matches(
    access: Reader,
    state: Annotated[list[MatchState] | None, Query(description="Only in these states.")] = None,
    health: Annotated[HealthState | None, Query(description="Only matches of which this is the health.")] = None,
    student_id: UUID | None = None,
    mentor_id: UUID | None = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[MatchOut]:
    """Matches, the newest first. Those at risk: `health=at risk`."""
    query = select(Match)
    if state:
        query = query.where(Match.state.in_(state))
    if health:
        query = query.where(Match.id.in_(select(MatchHealth.match_id).where(MatchHealth.state == health)))
    if student_id:
        query = query.where(Match.student_id == student_id)
    if mentor_id:
        query = query.where(Match.mentor_id == mentor_id)
    with as_staff(access) as reading:
        found, cursor = rows(reading, query, Match, after, limit)
        judged = _health(reading, [match.id for match in found])
        return Page(items=[_shown(match, judged.get(match.id)) for match in found], next=cursor)


@routes.get("/matches/{match_id}")
def read_match(access: Reader, match_id: Id) -> MatchOut:
    """One match."""
    with as_staff(access) as reading:
        return _shown(_match(reading, match_id), _health(reading, [match_id]).get(match_id))


@routes.post("/matches", status_code=201)
def match_by_hand(access: Writer, body: NewMatch) -> MatchOut:
    """Match two people as staff; both are introduced at once, and the student's open request is matched by it.

    The hard rules hold: 409 `may_not_match` is final, `needs_overruling` asks for `overruled`. A score needs a run:
    ask for one first (`POST /matching-runs`) and name it here.
    """
    wanted = ByHand(body.student_id, body.mentor_id, body.why, body.overruled, body.instead_of)
    with changing(access) as work:
        match_id = manual_matches.match_by_hand(work, wanted, body.run_id)
        return _shown(_match(work, match_id), None)


@routes.post("/matches/{match_id}/end")
def end_match(access: Writer, match_id: Id, body: Ending) -> MatchOut:
    """End a running match as staff."""
    with changing(access) as work:
        end_as_staff(work, match_id, body.why)
        return _shown(_match(work, match_id), _health(work, [match_id]).get(match_id))


@routes.get("/matches/{match_id}/feedback")
def list_feedback(access: FeedbackReader, match_id: Id, after: After = None, limit: Limit = 50) -> Page[FeedbackOut]:
    """What both sides said, the newest first; also what they told staff alone."""
    with as_staff(access) as reading:
        _match(reading, match_id)
        found, cursor = rows(reading, select(Feedback).where(Feedback.match_id == match_id), Feedback, after, limit)
        return Page(items=[_feedback(said) for said in found], next=cursor)


@routes.post("/matches/{match_id}/feedback", status_code=204)
def submit_feedback(access: FeedbackWriter, match_id: Id, body: FeedbackIn) -> None:
    """Say in the name of one side how it is going. The same sent twice is said once."""
    with on_behalf_of(access, body.author_id) as work:
        give_feedback(work, match_id, Rating(body.rating, body.comment, body.shared))


@routes.get("/matches/{match_id}/meetings")
def list_meetings(access: MeetingReader, match_id: Id, after: After = None, limit: Limit = 50) -> Page[MeetingOut]:
    """Meetings, the last noted first. Notes stay with the pair."""
    with as_staff(access) as reading:
        _match(reading, match_id)
        found, cursor = rows(reading, select(Meeting).where(Meeting.match_id == match_id), Meeting, after, limit)
        return Page(items=[_meeting(meeting) for meeting in found], next=cursor)


@routes.post("/matches/{match_id}/meetings", status_code=201)
def note_meeting(access: MeetingWriter, match_id: Id, body: MeetingIn) -> MeetingOut:
    """Log a meeting in the name of one side; the other confirms or corrects it. The same sent twice is noted once."""
    held = HeldMeeting(match_id, body.held_on, body.minutes, body.kind, body.notes, tuple(body.action_items))
    with on_behalf_of(access, body.author_id) as work:
        return _meeting(work.session.get_one(Meeting, log_meeting(work, held)))


def _match(reading: Reading, match_id: UUID) -> Match:
    found = reading.session.get(Match, match_id)
    if found is None:
        raise NotFound(match_id=match_id)
    return found


def _health(reading: Reading, match_ids: list[UUID]) -> dict[UUID, MatchHealth]:
    judged = reading.session.scalars(select(MatchHealth).where(MatchHealth.match_id.in_(match_ids)))
    return {row.match_id: row for row in judged}


def _shown(match: Match, health: MatchHealth | None) -> MatchOut:
    return MatchOut(
        id=match.id,
        student_id=match.student_id,
        mentor_id=match.mentor_id,
        request_id=match.request_id,
        origin=match.origin,
        state=match.state,
        score=match.score,
        goals=match.goals,
        cadence_days=match.cadence_days,
        started_at=match.started_at,
        paused_until=match.paused_until,
        ended_at=match.ended_at,
        health=health.state if health else None,
        health_causes=list(health.causes) if health else [],
        health_step=health.step if health else "",
    )


def _feedback(said: Feedback) -> FeedbackOut:
    return FeedbackOut(
        id=said.id,
        match_id=said.match_id,
        author_id=said.author_id,
        kind=said.kind,
        rating=said.rating,
        answer=said.answer,
        comment=said.comment,
        shared=said.shared,
        said_at=said.said_at,
    )


def _meeting(meeting: Meeting) -> MeetingOut:
    return MeetingOut(
        id=meeting.id,
        match_id=meeting.match_id,
        state=meeting.state,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        kind=meeting.kind,
    )
