"""Old things forgotten, a bounded number at a time. What is kept how long stands in `core.rules.retention`."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, delete, exists, or_, select, update
from sqlalchemy.orm import aliased

from core.models import (
    Batch,
    Channel,
    Feedback,
    Match,
    MatchingRun,
    Meeting,
    Notification,
    NotificationState,
    Offer,
    OfferQuestion,
    Question,
    Request,
    Trouble,
)
from core.rules import retention as rules
from core.rules.checkins import FeedbackKind
from core.rules.matches import MatchState
from core.rules.offers import OfferState
from core.rules.questions import QuestionState
from core.rules.requests import OPEN
from core.rules.retention import Retained
from core.rules.runs import RunState
from core.services.erased_texts import OF_THE_STUDENT
from core.uow import Work

Forget = Callable[[Work], int]
Ids = Select[UUID]
OVER = (MatchState.COMPLETED, MatchState.ENDED)
UNSEEN = {"synchronize_session": False}


def forget_waves(work: Work) -> int:
    """What closed waves were computed from: scores and who was asked stay."""
    old = select(Batch.id).where(
        Batch.created_at < rules.WISHES.forgotten_before(work.now),
        or_(*(Batch.inputs.has_key(name) for name in OF_THE_STUDENT)),
        ~exists().where(Request.id == Batch.request_id, Request.state.in_(OPEN)),
    )
    waves = work.session.scalars(_locked(select(Batch).where(Batch.id.in_(old)), Batch)).all()
    for wave in waves:
        wave.inputs = {name: value for name, value in wave.inputs.items() if name not in OF_THE_STUDENT}
    return len(waves)


def forget_wishes(work: Work) -> int:
    """What closed requests said."""
    old = select(Request.id).where(
        Request.closed_at < rules.WISHES.forgotten_before(work.now),
        or_(Request.wish != "", Request.anything_else != ""),
        ~exists().where(Match.request_id == Request.id, Match.state.not_in(OVER)),
    )
    return _set(work, Request, old, wish="", anything_else="")


def forget_notes_to_offers(work: Work) -> int:
    """Notes of mentors who declined, and what was asked before deciding."""
    before = rules.DECLINES.forgotten_before(work.now)
    notes = select(Offer.id).where(Offer.answered_at < before, Offer.decline_note != "")
    over = exists().where(
        Offer.id == OfferQuestion.offer_id, Offer.state != OfferState.OPEN, Offer.answered_at < before
    )
    asked = select(OfferQuestion.id).where(OfferQuestion.question != "", over)
    answer = case((OfferQuestion.answer.is_(None), None), else_="")
    return _set(work, Offer, notes, decline_note="") + _set(work, OfferQuestion, asked, question="", answer=answer)


def forget_notes_of_meetings(work: Work) -> int:
    """Notes and agendas; that there was a meeting stays."""
    told = Meeting.accounts.path_exists('$.*.notes ? (@ != "")')
    old = select(Meeting).where(
        or_(Meeting.notes != "", Meeting.agenda != "", told),
        _over(Meeting, rules.MEETINGS, work),
    )
    meetings = work.session.scalars(_locked(old, Meeting)).all()
    for meeting in meetings:
        meeting.notes = meeting.agenda = ""
        meeting.accounts = {who: said | {"notes": ""} for who, said in meeting.accounts.items()}
    return len(meetings)


def forget_comments(work: Work) -> int:
    """Comments; what was said in asking for help is kept for longer."""
    said, help_kind = Feedback.comment != "", Feedback.kind == FeedbackKind.HELP
    comments = select(Feedback.id).where(said, ~help_kind, _over(Feedback, rules.COMMENTS, work))
    reports = select(Feedback.id).where(said, help_kind, _over(Feedback, rules.HELP, work))
    return _set(work, Feedback, comments, comment="") + _set(work, Feedback, reports, comment="")


def forget_drafts(work: Work) -> int:
    """Questions that nobody but who asked ever read."""
    return _drop(
        work,
        Question,
        select(Question.id).where(
            Question.state == QuestionState.CLOSED,
            Question.posted_at.is_(None),
            Question.closed_at < rules.DRAFTS.forgotten_before(work.now),
        ),
    )


def forget_used_runs(work: Work) -> int:
    """What came of them is kept where it belongs."""
    before = rules.RUNS.forgotten_before(work.now)
    used = select(MatchingRun.id).where(MatchingRun.state == RunState.USED, MatchingRun.used_at < before)
    return _drop(work, MatchingRun, used)


def forget_changes(work: Work) -> int:
    """Changes to messages in Slack that are done: the message itself says how things stood last."""
    card = aliased(Notification)
    return _drop(
        work,
        Notification,
        select(Notification.id)
        .join(card, card.id == Notification.updates_id)
        .where(
            Notification.created_at < rules.CHANGES.forgotten_before(work.now),
            Notification.state.in_((NotificationState.SENT, NotificationState.CANCELLED)),
            card.channel == Channel.SLACK,
        ),
    )


def forget_troubles(work: Work) -> int:
    """What is mended since long."""
    return _drop(work, Trouble, select(Trouble.id).where(Trouble.ended_at < rules.TROUBLES.forgotten_before(work.now)))


FORGETTING: tuple[Forget, ...] = (
    forget_waves,
    forget_wishes,
    forget_notes_to_offers,
    forget_notes_of_meetings,
    forget_comments,
    forget_drafts,
    forget_used_runs,
    forget_changes,
    forget_troubles,
)


def _over(table: type[Meeting | Feedback], rule: Retained, work: Work) -> ColumnElement[bool]:
    before = rule.forgotten_before(work.now)
    return exists().where(Match.id == table.match_id, Match.state.in_(OVER), Match.ended_at < before)


def _locked(rows: Any, table: Any) -> Any:
    return rows.order_by(table.id).limit(rules.AT_ONCE).with_for_update(skip_locked=True)


def _some(rows: Ids, table: Any) -> Any:
    return _locked(rows, table).with_for_update(of=table, skip_locked=True)


def _set(work: Work, table: Any, rows: Ids, **values: Any) -> int:
    ids = work.session.scalars(_some(rows, table)).all()
    if ids:
        work.session.execute(update(table).where(table.id.in_(ids)).values(**values), execution_options=UNSEEN)
    return len(ids)


def _drop(work: Work, table: Any, rows: Ids) -> int:
    ids = work.session.scalars(_some(rows, table)).all()
    if ids:
        work.session.execute(delete(table).where(table.id.in_(ids)), execution_options=UNSEEN)
    return len(ids)
