"""Messages to and about somebody who is erased: what waits is not sent, and what stands in Slack is taken down.

Each message to them goes, and each about what was theirs or between them and another. A message about what is somebody
else's, in which their name stood, is drawn anew. Letters cannot be called back.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, exists, literal, or_, select, type_coerce, union, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from core.models import (
    ActionItem,
    Ask,
    Channel,
    Feedback,
    Match,
    Meeting,
    MentorshipSuggestion,
    Notification,
    NotificationState,
    Offer,
    OfferQuestion,
    Question,
    QuestionClaim,
    QuestionReferral,
    Request,
    StaffMessage,
)
from core.notifications import TAKE_DOWN, Kind, change_card
from core.services.two_sides import either_side, matches_of
from core.uow import Reading, Work

State = NotificationState
UNSEEN = {"synchronize_session": False}
ON_ITS_WAY = (State.PENDING, State.SENDING, State.HELD)


def messages_of(reading: Reading, person_id: UUID) -> list[UUID]:
    """Every message to or about them up to now. What is said later, such as that something ended, is not meant."""
    return list(reading.session.scalars(select(Notification.id).where(_theirs(person_id))))


def mark_messages(work: Work, ids: Collection[UUID]) -> list[UUID]:
    """Let none of these go out any more, and mark those that are out.

    Returns those that somebody else has locked at this moment, who may want what the actor holds: they are left.
    """
    theirs = select(Notification.id).where(Notification.id.in_(ids)).order_by(Notification.id)
    free = work.session.scalars(theirs.with_for_update(key_share=True, skip_locked=True)).all()
    some = Notification.id.in_(free)
    work.session.execute(
        update(Notification)
        .where(some, Notification.state.in_((State.PENDING, State.HELD)))
        .values(state=State.CANCELLED, last_error="erased"),
        execution_options=UNSEEN,
    )
    work.session.execute(
        update(Notification)
        .where(some, Notification.updates_id.is_(None), Notification.state.in_((State.SENDING, State.SENT)))
        .values(params=Notification.params.op("||")(type_coerce({TAKE_DOWN: True}, JSONB))),
        execution_options=UNSEEN,
    )
    there = work.session.scalars(theirs).all()
    return sorted(set(there) - set(free))


def take_down(work: Work, person_id: UUID) -> None:
    """Ask for each marked message to be removed, once, where Slack has it; whatever would change it is dropped."""
    marked = Notification.params.has_key(TAKE_DOWN), _theirs(person_id), Notification.state == State.SENT
    cards = work.session.scalars(select(Notification).where(*marked).order_by(Notification.id)).all()
    for card in cards:
        if card.channel is Channel.SLACK and card.slack_ts:
            change_card(work, card, Kind.REMOVED, f"removed:{card.id}")
    ids = [card.id for card in cards]
    work.session.execute(
        update(Notification)
        .where(Notification.updates_id.in_(ids), Notification.state == State.PENDING, Notification.kind != Kind.REMOVED)
        .values(state=State.CANCELLED, last_error="erased"),
        execution_options=UNSEEN,
    )
    work.session.execute(
        update(Notification).where(Notification.id.in_(ids)).values(state=State.CANCELLED, last_error="erased"),
        execution_options=UNSEEN,
    )


def draw_others_anew(work: Work, person_id: UUID) -> None:
    """Draw once more what is somebody else's and named them, now that it names nobody."""
    cards = select(Notification).where(
        Notification.updates_id.is_(None),
        Notification.state == State.SENT,
        Notification.slack_ts.is_not(None),
        ~Notification.params.has_key(TAKE_DOWN),
        or_(
            Notification.subject_id.in_(_of_others(person_id)),
            Notification.id.in_(_digests(person_id)),
        ),
    )
    for card in work.session.scalars(cards.order_by(Notification.id)).all():
        change_card(work, card, Kind(card.kind), f"erased:{person_id}:{card.id}")


def forget_messages(work: Work, person_id: UUID) -> bool:
    """Forget the messages to them once nothing of it is on its way; whether that is so.

    Where those of others stood in Slack is forgotten too: there is nothing there any more.
    """
    theirs, removal = _theirs(person_id), aliased(Notification)
    moving = or_(
        Notification.state.in_(ON_ITS_WAY) & (Notification.recipient_id == person_id),
        (Notification.state.in_((State.SENDING, State.SENT))) & Notification.params.has_key(TAKE_DOWN),
        exists().where(
            removal.updates_id == Notification.id, removal.kind == Kind.REMOVED, removal.state.in_(ON_ITS_WAY)
        ),
    )
    if work.session.scalar(select(Notification.id).where(theirs, moving).limit(1)):
        return False
    done = or_(Notification.recipient_id == person_id, theirs & (Notification.kind == Kind.REMOVED))
    work.session.execute(delete(Notification).where(done), execution_options=UNSEEN)
    work.session.execute(
        update(Notification)
        .where(theirs, Notification.params.has_key(TAKE_DOWN))
        .values(params=Notification.params.op("-")(TAKE_DOWN), slack_channel=None, slack_ts=None),
        execution_options=UNSEEN,
    )
    return True


def _theirs(person_id: UUID) -> ColumnElement[bool]:
    return or_(
        Notification.recipient_id == person_id,
        Notification.match_id.in_(matches_of(person_id)),
        Notification.claim_id.in_(_claims(person_id)),
        Notification.subject_id.in_(_subjects(person_id)),
    )


def _subjects(person_id: UUID) -> Select[UUID]:
    """What is theirs, or between them and another. What a partner said in private is the partner's."""
    matches, claims = matches_of(person_id), _claims(person_id)
    offers = select(Offer.id).where(either_side(Offer, person_id))
    questions = select(Question.id).where(Question.student_id == person_id)
    parts: Iterable[Select[Any]] = (
        select(literal(person_id)),
        select(Request.id).where(Request.student_id == person_id),
        offers,
        select(OfferQuestion.id).where(OfferQuestion.offer_id.in_(offers)),
        matches,
        select(Meeting.id).where(Meeting.match_id.in_(matches)),
        select(StaffMessage.id).where(StaffMessage.match_id.in_(matches)),
        select(ActionItem.id).where(ActionItem.match_id.in_(matches)),
        select(Ask.sheet_id).where(Ask.person_id == person_id, Ask.sheet_id.is_not(None)),
        select(Feedback.id).where(Feedback.author_id == person_id),
        questions,
        claims,
        select(QuestionReferral.id).where(
            or_(QuestionReferral.mentor_id == person_id, QuestionReferral.question_id.in_(questions))
        ),
        select(MentorshipSuggestion.id).where(either_side(MentorshipSuggestion, person_id)),
    )
    return _all_of(parts)


def _of_others(person_id: UUID) -> Select[UUID]:
    """What is somebody else's, and names them: requests, sheets of questions to partners, questions they answered."""
    matches = matches_of(person_id)
    answered = select(Question.id).where(
        Question.id.in_(select(QuestionClaim.question_id).where(QuestionClaim.mentor_id == person_id))
    )
    resembling = aliased(Question)
    return _all_of(
        (
            select(Offer.request_id).where(Offer.mentor_id == person_id),
            select(Match.request_id).where(Match.mentor_id == person_id, Match.request_id.is_not(None)),
            select(Ask.sheet_id).where(Ask.match_id.in_(matches), Ask.person_id != person_id),
            select(Feedback.id).where(Feedback.match_id.in_(matches), Feedback.author_id != person_id),
            answered,
            select(Question.id).where(
                exists().where(
                    resembling.id == Question.similar_ids.any_(),
                    or_(resembling.student_id == person_id, resembling.claimer_id == person_id),
                )
            ),
        )
    )


def _digests(person_id: UUID) -> Select[UUID | None]:
    """Digests to others that carried a message about what was theirs."""
    carried = aliased(Notification)
    return select(carried.digest_id).where(
        carried.digest_id.is_not(None), carried.subject_id.in_(_subjects(person_id)), carried.recipient_id != person_id
    )


def _claims(person_id: UUID) -> Select[UUID]:
    asked = select(Question.id).where(Question.student_id == person_id)
    return select(QuestionClaim.id).where(
        or_(QuestionClaim.mentor_id == person_id, QuestionClaim.question_id.in_(asked))
    )


def _all_of(parts: Iterable[Select[Any]]) -> Select[UUID]:
    together = union(*parts).subquery()
    return select(together.c[0])
