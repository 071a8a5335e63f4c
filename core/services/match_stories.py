"""The story of one match for staff: why these two, and what happened, from the request to today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from core.models import AuditEntry, Feedback, Match, Meeting, Offer, Request, User
from core.rules.checkins import FeedbackKind
from core.rules.errors import NotFound
from core.rules.matches import MatchState
from core.rules.meetings import MeetingState
from core.rules.offers import OfferState
from core.rules.scores import CriterionScore
from core.services.audit import Deed, Subject
from core.uow import Reading

MOST_EVENTS = 200
FOR_STAFF = frozenset({FeedbackKind.HELP, FeedbackKind.ENDING})
"""What is said to staff; of the rest they read what was shared, and the rating."""


class Happened(StrEnum):
    """What can happen in the story of a match."""

    ASKED_FOR = "asked for a mentor"
    OFFERED = "was asked"
    ANSWERED = "answered"
    MATCHED = "became student and mentor"
    AGREED = "agreed on goals"
    MEETING = "meeting"
    SAID = "said"
    STAFF = "staff"
    OVER = "over"


@dataclass(frozen=True)
class Event:
    """Something that happened, who did it or whom it is about, how it ended, and what there is to say of it."""

    at: datetime
    what: Happened
    who: str = ""
    how: OfferState | MeetingState | MatchState | Deed | None = None
    detail: str = ""


@dataclass(frozen=True)
class MatchStory:
    """A match: its people, why they fit, and its events, the newest first."""

    student_name: str
    mentor_name: str
    score: float | None
    criteria: tuple[CriterionScore, ...]
    events: tuple[Event, ...]


def match_story(reading: Reading, match_id: UUID) -> MatchStory:
    """The story of a match, as far as its last events. For staff: others see less of it. Raises `NotFound`."""
    match = reading.session.get(Match, match_id)
    if match is None:
        raise NotFound(match_id=match_id)
    found = (
        *_beginning(reading, match),
        *_meetings(reading, match),
        *_said(reading, match),
        *_by_staff(reading, match),
    )
    events = sorted(found, key=lambda event: event.at)[::-1]  # of one moment, what is told last comes first
    names = _names(reading, match.student_id, match.mentor_id)
    return MatchStory(
        student_name=names[match.student_id],
        mentor_name=names[match.mentor_id],
        score=match.score,
        criteria=tuple(CriterionScore.from_json(part) for part in match.criteria),
        events=tuple(events[:MOST_EVENTS]),
    )


def _beginning(reading: Reading, match: Match) -> Iterator[Event]:
    """From the request to the match, and its own dates."""
    if match.request_id:
        request = reading.session.get_one(Request, match.request_id)
        yield Event(request.created_at, Happened.ASKED_FOR, detail=request.wish)
        rows = reading.session.execute(
            select(Offer, User.name)
            .join(User, User.id == Offer.mentor_id)
            .where(Offer.request_id == match.request_id)
            .order_by(Offer.created_at, Offer.rank.desc())
        )
        for offer, name in rows:
            yield Event(offer.created_at, Happened.OFFERED, name, detail=f"{offer.score:.0f} of 100")
            if offer.answered_at and offer.state is not OfferState.OPEN:
                yield Event(offer.answered_at, Happened.ANSWERED, name, offer.state, offer.decline_reason or "")
    yield Event(match.started_at, Happened.MATCHED)
    if match.agreed_at:
        yield Event(match.agreed_at, Happened.AGREED, detail=match.goals)
    if match.ended_at:
        yield Event(match.ended_at, Happened.OVER, how=match.state)


def _meetings(reading: Reading, match: Match) -> Iterator[Event]:
    told = Meeting.state != MeetingState.PROPOSED
    rows = reading.session.scalars(
        select(Meeting)
        .where(Meeting.match_id == match.id, told, Meeting.starts_at.is_not(None))
        .order_by(Meeting.starts_at.desc())
        .limit(MOST_EVENTS)
    )
    for meeting in rows:
        if meeting.starts_at:
            detail = f"{meeting.kind}, {meeting.minutes} minutes"
            yield Event(meeting.starts_at, Happened.MEETING, how=meeting.state, detail=detail)


def _said(reading: Reading, match: Match) -> Iterator[Event]:
    rows = reading.session.execute(
        select(Feedback, User.name)
        .join(User, User.id == Feedback.author_id)
        .where(Feedback.match_id == match.id)
        .order_by(Feedback.said_at.desc())
        .limit(MOST_EVENTS)
    )
    for feedback, name in rows:
        rating = f"{feedback.rating} of 5" if feedback.rating else ""
        words = feedback.comment if feedback.shared or feedback.kind in FOR_STAFF else ""
        said = ". ".join(filter(None, (feedback.answer, rating, words)))
        yield Event(feedback.said_at, Happened.SAID, name, detail=said)


def _by_staff(reading: Reading, match: Match) -> Iterator[Event]:
    rows = reading.session.execute(
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.subject_kind == Subject.MATCH.value, AuditEntry.subject_id == match.id)
        .order_by(AuditEntry.created_at.desc())
        .limit(MOST_EVENTS)
    )
    for line, name in rows:
        yield Event(line.created_at, Happened.STAFF, name or "", Deed(line.action), line.reason)


def _names(reading: Reading, *ids: UUID) -> dict[UUID, str]:
    rows = reading.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {row.id: row.name for row in rows}
