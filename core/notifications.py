"""The outbox: messages are stored in the transaction of their cause, and delivered after it.

Kinds are names: how one is drawn for Slack or e-mail is no business of the services that ask for it.
A card is a message that lives: when its subject changes it is drawn again in place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from core.models import Notification, NotificationState, new_id
from core.queue import Job
from core.trace import current
from core.uow import Work


class Kind(StrEnum):
    """Every kind of message. All of these are cards: their content is read when they are drawn."""

    REQUEST_STATUS = "request_status"  # to the student; subject: the request
    OFFER = "offer"  # to a mentor; subject: the offer
    OFFER_REMINDER = "offer_reminder"  # to the mentor, a day before the deadline; subject: the offer
    OFFER_QUESTION = "offer_question"  # to the student: a mentor asks; subject: the offer's question
    OFFER_ANSWER = "offer_answer"  # to the mentor: the student's answer; subject: the offer's question
    MENTOR_PAUSED = "mentor_paused"  # to a mentor who let offers in a row expire; subject: the profile
    OFFERS_MOVED_ON = "offers_moved_on"  # to a mentor whom Slack refused, in place of offers; subject: the profile
    PAUSE_OVER = "pause_over"  # to the mentor; subject: the profile
    INTRODUCTION = "introduction"  # to a pair; subject: the match
    INTRODUCTION_LETTER = "introduction_letter"  # to who is in Slack and has a partner who is not; subject: the match
    CHECK_IN = "check_in"  # to one person: how their matches go; subject: the sheet
    SURVEY = "survey"  # to one person: the same, to be rated; subject: the sheet
    HELP_REPORT = "help_report"  # to staff, at once and alone; subject: the feedback
    FEEDBACK_SHARED = "feedback_shared"  # to the partner of who shared it; subject: the feedback
    MEETING_PROPOSED = "meeting_proposed"  # to the partner of who proposed times; subject: the meeting, as in all these
    MEETING_REFUSED = "meeting_refused"  # to who proposed them: none was picked
    MEETING_PLANNED = "meeting_planned"  # to a pair
    MEETING_INVITATION = "meeting_invitation"  # to each, for their calendar; once cancelled, it takes itself back
    MEETING_CANCELLED = "meeting_cancelled"  # to the partner of who called it off
    MEETING_REMINDER = "meeting_reminder"  # to each; occasion: the day or the hour before
    MEETING_OVER = "meeting_over"  # to each: did they meet?
    MEETING_LOGGED = "meeting_logged"  # to a pair; occasion: each correction
    ITEM_REMINDER = "item_reminder"  # to who wants to do it, the day before it is due; subject: the action item
    KICK_OFF = "kick_off"  # to a pair: what they want to reach, and how often they meet; subject: the match, as below
    GOALS_PROPOSED = "goals_proposed"  # to one side: the other proposes, or changes what was agreed
    MATCH_CHANGED = "match_changed"  # to a pair: paused, going on, or ended; never who did it, or why
    MATCH_PAUSE_OVER = "match_pause_over"  # to each side: the pause came to its date
    KEEPSAKE = "keepsake"  # to each side, once it is completed: what they did
    QUESTION_CARD = "question_card"  # to the channel for questions; subject: the quick question
    QUESTION_CLAIMED = "question_claimed"  # to who asked and who claimed; subject: the claim
    QUESTION_YOURS = "question_yours"  # to the mentor, what they can do with it; subject: the claim
    QUESTION_REMINDER = "question_reminder"  # to the mentor; subject: the claim; occasion: when it was due
    QUESTION_REOPENED = "question_reopened"  # to the student: open to all again; subject: the claim that ended
    QUESTION_ANSWERED = "question_answered"  # to the student; subject: the quick question
    QUESTION_RATED = "question_rated"  # to the mentor; subject: the quick question
    STAFF_REQUEST = "staff_request"  # to staff: a request that needs a person; subject: the request
    PERSON_LEFT = "person_left"  # to staff: somebody left Slack; subject: the person
    DELIVERY_TROUBLE = "delivery_trouble"  # to staff: messages do not go out as they should; subject: the trouble
    MATCH_AT_RISK = "match_at_risk"  # to staff: a match came to be at risk; subject: the match
    QUESTION_STATUS = "question_status"  # to who asked: where it stands; subject: the quick question
    QUESTION_WITHDRAWN = "question_withdrawn"  # to the mentor who had claimed it; subject: the claim
    QUESTION_REFERRED = "question_referred"  # to a mentor who fits, once nobody claimed it; subject: the referral
    QUESTION_UNCLAIMED = "question_unclaimed"  # to staff: nobody claims it; subject: the question; each time anew
    MENTORSHIP_SUGGESTED = "mentorship_suggested"  # to the student, once for ever per mentor; subject: the suggestion
    STAFF_MESSAGE = "staff_message"  # to a pair or one of them, from somebody on staff; subject: the staff's message
    OWN_DATA = "own_data"  # to a person who asked staff for what is kept about them; subject: the person
    REMOVED = "removed"  # takes a message down in Slack: always a change to one
    DIGEST = "digest"  # to one person: what was too much for a day; subject: this notification itself


class Urgency(StrEnum):
    """Whether a message may wait."""

    URGENT = auto()  # somebody waits for it: never held back, and sent by e-mail while Slack is out of order
    ASKED = auto()  # answers what the person did: never held back
    UNASKED = auto()  # not in quiet hours, three a day, the rest in a digest


@dataclass(frozen=True)
class Manner:
    """How a kind of message treats people. What is `optional` is not sent to who has muted it.

    What goes `by_mail_only` is of no use in Slack: everybody gets it by e-mail, and who has no address does not.
    """

    urgency: Urgency
    optional: bool = False
    by_mail_only: bool = False


MANNERS: Mapping[Kind, Manner] = {
    Kind.REQUEST_STATUS: Manner(Urgency.ASKED),
    Kind.OFFER: Manner(Urgency.URGENT),
    Kind.OFFER_REMINDER: Manner(Urgency.UNASKED, optional=True),
    Kind.OFFER_QUESTION: Manner(Urgency.URGENT),
    Kind.OFFER_ANSWER: Manner(Urgency.URGENT),
    Kind.MENTOR_PAUSED: Manner(Urgency.UNASKED),
    Kind.OFFERS_MOVED_ON: Manner(Urgency.URGENT),
    Kind.PAUSE_OVER: Manner(Urgency.UNASKED, optional=True),
    Kind.INTRODUCTION: Manner(Urgency.URGENT),
    Kind.INTRODUCTION_LETTER: Manner(Urgency.URGENT, by_mail_only=True),
    Kind.MEETING_PROPOSED: Manner(Urgency.URGENT),
    Kind.MEETING_REFUSED: Manner(Urgency.ASKED),
    Kind.MEETING_PLANNED: Manner(Urgency.ASKED),
    Kind.MEETING_INVITATION: Manner(Urgency.URGENT, by_mail_only=True),
    Kind.MEETING_CANCELLED: Manner(Urgency.URGENT),
    Kind.MEETING_REMINDER: Manner(Urgency.UNASKED, optional=True),
    Kind.MEETING_OVER: Manner(Urgency.UNASKED),
    Kind.MEETING_LOGGED: Manner(Urgency.ASKED),
    Kind.CHECK_IN: Manner(Urgency.UNASKED),
    Kind.SURVEY: Manner(Urgency.UNASKED),
    Kind.HELP_REPORT: Manner(Urgency.URGENT),
    Kind.FEEDBACK_SHARED: Manner(Urgency.ASKED),
    Kind.ITEM_REMINDER: Manner(Urgency.UNASKED, optional=True),
    Kind.KICK_OFF: Manner(Urgency.ASKED),
    Kind.GOALS_PROPOSED: Manner(Urgency.UNASKED),
    Kind.MATCH_CHANGED: Manner(Urgency.ASKED),
    Kind.MATCH_PAUSE_OVER: Manner(Urgency.UNASKED),
    Kind.KEEPSAKE: Manner(Urgency.ASKED),
    Kind.QUESTION_CARD: Manner(Urgency.ASKED),
    Kind.QUESTION_CLAIMED: Manner(Urgency.URGENT),
    Kind.QUESTION_YOURS: Manner(Urgency.ASKED),
    Kind.QUESTION_REMINDER: Manner(Urgency.UNASKED),
    Kind.QUESTION_REOPENED: Manner(Urgency.URGENT),
    Kind.QUESTION_ANSWERED: Manner(Urgency.ASKED),
    Kind.QUESTION_RATED: Manner(Urgency.UNASKED, optional=True),
    Kind.STAFF_REQUEST: Manner(Urgency.URGENT),
    Kind.PERSON_LEFT: Manner(Urgency.URGENT),
    Kind.DELIVERY_TROUBLE: Manner(Urgency.URGENT),
    Kind.MATCH_AT_RISK: Manner(Urgency.URGENT),
    Kind.QUESTION_STATUS: Manner(Urgency.ASKED),
    Kind.QUESTION_WITHDRAWN: Manner(Urgency.URGENT),
    Kind.QUESTION_REFERRED: Manner(Urgency.UNASKED, optional=True),
    Kind.QUESTION_UNCLAIMED: Manner(Urgency.URGENT),
    Kind.MENTORSHIP_SUGGESTED: Manner(Urgency.UNASKED, optional=True),
    Kind.STAFF_MESSAGE: Manner(Urgency.URGENT),
    Kind.OWN_DATA: Manner(Urgency.ASKED),
    Kind.REMOVED: Manner(Urgency.ASKED),
    Kind.DIGEST: Manner(Urgency.UNASKED),
}
"""Every kind has its line: a test refuses one without. Reminders are unasked and, but for that of a claim that ends by
silence, optional."""

TAKE_DOWN = "take_down"
"""Marks, among its parameters, a message that goes as soon as it is known where it stands: about who was erased."""


class ChannelName(StrEnum):
    """Channels by their use; the configuration says what they are called in Slack."""

    ADMINS = "admins"
    QUESTIONS = "questions"


@dataclass(frozen=True)
class Audience:
    """Who a message is for: one person, the pair of a match or of a claimed question, or a channel."""

    person_id: UUID | None = None
    match_id: UUID | None = None
    claim_id: UUID | None = None
    channel: ChannelName | None = None


def to_person(person_id: UUID) -> Audience:
    """For one person, in their direct conversation."""
    return Audience(person_id=person_id)


def to_pair(match_id: UUID) -> Audience:
    """For both sides of a match, in their group conversation."""
    return Audience(match_id=match_id)


def to_asker_and_claimer(claim_id: UUID) -> Audience:
    """For who asked a question and who claimed it, in their group conversation."""
    return Audience(claim_id=claim_id)


def to_channel(channel: ChannelName) -> Audience:
    """For everybody in a channel."""
    return Audience(channel=channel)


def notify(
    work: Work,
    audience: Audience,
    kind: Kind,
    subject_id: UUID,
    occasion: object = "",
    *,
    after: timedelta = timedelta(0),
) -> None:
    """Post a card about this subject: once for ever, whatever runs twice.

    What may happen to a subject several times is posted once for each `occasion`. With `after` it waits so long, for
    what is to be read after another message of the same moment.
    """
    key = f"{kind}:{subject_id}:{occasion}" if occasion else f"{kind}:{subject_id}"
    _store(work, audience, kind, {"subject": str(subject_id)}, key, after=after)


def notify_each(work: Work, person_ids: Iterable[UUID], kind: Kind, subject_id: UUID) -> None:
    """Post the card to each of these people on their own, once for ever."""
    for person_id in person_ids:
        _store(work, to_person(person_id), kind, {"subject": str(subject_id)}, f"{kind}:{subject_id}:{person_id}")


def redraw(work: Work, kind: Kind, subject_id: UUID) -> None:
    """Draw every card of this kind about this subject again, as things stand after this transaction.

    Not those that are taken down anyway: their next drawing would have to be taken down as well.
    """
    cards = work.session.scalars(
        select(Notification).where(
            Notification.kind == kind,
            Notification.subject_id == subject_id,
            Notification.updates_id.is_(None),
            ~Notification.params.has_key(TAKE_DOWN),
        )
    )
    for card in cards.all():
        _store(work, audience_of(card), kind, card.params, f"{kind}:{subject_id}:{new_id()}", card.id)


def change_card(work: Work, card: Notification, kind: Kind, key: str) -> None:
    """Change this one card, once for each `key`: draw it again as a card of this kind, or remove it."""
    _store(work, audience_of(card), kind, {"subject": str(card.subject_id)}, key, card.id)


def take_back(work: Work, kind: Kind, subject_id: UUID) -> None:
    """Let cards of this kind about this subject that have not gone out yet never go out."""
    work.session.execute(
        update(Notification)
        .where(
            Notification.kind == kind,
            Notification.subject_id == subject_id,
            Notification.updates_id.is_(None),
            Notification.state == NotificationState.PENDING,
            ~Notification.uncertain,
        )
        .values(state=NotificationState.CANCELLED, last_error="nothing left to say")
        .execution_options(synchronize_session=False)
    )


def audience_of(row: Notification) -> Audience:
    """Who a stored message is for."""
    channel = ChannelName(row.channel_name) if row.channel_name else None
    return Audience(row.recipient_id, row.match_id, row.claim_id, channel)


def _store(
    work: Work,
    audience: Audience,
    kind: Kind,
    params: dict[str, Any],
    key: str,
    updates: UUID | None = None,
    after: timedelta = timedelta(0),
) -> None:
    stored = work.session.scalar(
        insert(Notification)
        .values(
            id=new_id(),
            recipient_id=audience.person_id,
            match_id=audience.match_id,
            claim_id=audience.claim_id,
            channel_name=audience.channel,
            kind=kind,
            subject_id=UUID(params["subject"]),
            params=params,
            dedupe_key=key,
            updates_id=updates,
            state=NotificationState.PENDING,
            not_before=work.now + after,
            trace=current() or None,
        )
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
        .returning(Notification.id)
    )
    if stored:
        work.queue(Job.DELIVER)
