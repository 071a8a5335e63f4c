"""From a kind of message to what it says: read now, drawn now."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from uuid import UUID

from bot.blocks import Message
from bot.views import action_items as item_views
from bot.views import asks as ask_views
from bot.views import delivery as delivery_views
from bot.views import feedback as feedback_views
from bot.views import health as health_views
from bot.views import help as help_views
from bot.views import keepsakes as keepsake_views
from bot.views import matches as match_views
from bot.views import meetings as meeting_views
from bot.views import mentoring as mentoring_views
from bot.views import mentorships as mentorship_views
from bot.views import offer_questions as question_views
from bot.views import offers as offer_views
from bot.views import privacy as privacy_views
from bot.views import question_answers as answer_views
from bot.views import question_claims as claim_views
from bot.views import question_referrals as referral_views
from bot.views import questions as quick_question_views
from bot.views import requests as request_views
from bot.views import scheduling as scheduling_views
from bot.views import staff as staff_views
from bot.views import staff_messages as staff_message_views
from bot.views import suggestions as suggestion_views
from core.notifications import Kind
from core.rules.errors import NotFound
from core.rules.meetings import MeetingState
from core.services.accounts import departure
from core.services.action_items import item_view
from core.services.asks import sheet_view
from core.services.deliveries import NothingToSay
from core.services.digests import digest_reader, held_back
from core.services.feedback import feedback_view
from core.services.health import match_health
from core.services.held_meetings import meeting_view
from core.services.help import help_view
from core.services.keepsakes import keepsake
from core.services.matches import match_view
from core.services.mentoring import pause_view
from core.services.offer_questions import question_view
from core.services.offers import offer_card
from core.services.people import by_id
from core.services.question_claims import claim_view
from core.services.question_drafts import withdrawn_claim
from core.services.question_referrals import referral_view, unclaimed_view
from core.services.questions import question_view as quick_question
from core.services.refused import moved_on
from core.services.scheduling import plan
from core.services.similar_answers import similar_answers
from core.services.staff_messages import staff_message
from core.services.standing import status
from core.services.suggestions import suggestion_view
from core.services.troubles import trouble_view
from core.uow import Reading


def _staff_request(reading: Reading, request_id: UUID) -> Message:
    found = status(reading, request_id)
    return staff_views.staff_request_message(found, by_id(reading, found.student_id))


def _answer(reading: Reading, question_id: UUID) -> Message:
    asked = question_view(reading, question_id)
    return question_views.answer_message(asked, offer_card(reading, asked.offer_id))


def _question_status(reading: Reading, question_id: UUID) -> Message:
    asked = quick_question(reading, question_id)
    return quick_question_views.status_message(asked, similar_answers(reading, asked))


def _digest(reading: Reading, digest_id: UUID) -> Message:
    """What each message would have said. One that has nothing left to say is left out."""
    texts, reader_id = [], digest_reader(reading, digest_id)
    for one in held_back(reading, digest_id):
        with suppress(NotFound, NothingToSay):
            texts.append(draw(reading, one.kind, one.subject_id, reader_id).text)
    if not texts:
        raise NothingToSay
    return delivery_views.digest_message(texts)


def _removed(reading: Reading, subject: UUID) -> Message:
    """A message that is taken down says nothing any more."""
    del reading, subject
    raise NothingToSay


DRAWN: Mapping[Kind, Callable[[Reading, UUID], Message]] = {
    Kind.REQUEST_STATUS: lambda reading, id_: request_views.status_message(status(reading, id_)),
    Kind.OFFER: lambda reading, id_: offer_views.offer_message(offer_card(reading, id_)),
    Kind.OFFER_REMINDER: lambda reading, id_: offer_views.reminder_message(offer_card(reading, id_)),
    Kind.OFFER_QUESTION: lambda reading, id_: question_views.question_message(question_view(reading, id_)),
    Kind.OFFER_ANSWER: _answer,
    Kind.MENTOR_PAUSED: lambda reading, id_: mentoring_views.silence_message(pause_view(reading, id_)),
    Kind.OFFERS_MOVED_ON: lambda reading, id_: mentoring_views.moved_on_message(moved_on(reading, id_)),
    Kind.PAUSE_OVER: lambda *_: mentoring_views.pause_over_message(),
    Kind.INTRODUCTION: lambda reading, id_: match_views.introduction_message(match_view(reading, id_)),
    Kind.INTRODUCTION_LETTER: lambda reading, id_: match_views.introduction_message(match_view(reading, id_)),
    Kind.MEETING_PROPOSED: lambda reading, id_: scheduling_views.proposed_message(plan(reading, id_)),
    Kind.MEETING_REFUSED: lambda reading, id_: scheduling_views.refused_message(plan(reading, id_)),
    Kind.MEETING_PLANNED: lambda reading, id_: scheduling_views.planned_message(plan(reading, id_)),
    Kind.MEETING_INVITATION: lambda reading, id_: scheduling_views.planned_message(plan(reading, id_)),
    Kind.MEETING_LOGGED: lambda reading, id_: meeting_views.meeting_message(meeting_view(reading, id_)),
    Kind.CHECK_IN: lambda reading, id_: ask_views.sheet_message(sheet_view(reading, id_)),
    Kind.SURVEY: lambda reading, id_: ask_views.sheet_message(sheet_view(reading, id_)),
    Kind.HELP_REPORT: lambda reading, id_: help_views.report_message(help_view(reading, id_)),
    Kind.FEEDBACK_SHARED: lambda reading, id_: feedback_views.shared_message(feedback_view(reading, id_)),
    Kind.KICK_OFF: lambda reading, id_: mentorship_views.kick_off_message(match_view(reading, id_)),
    Kind.GOALS_PROPOSED: lambda reading, id_: mentorship_views.goals_proposed_message(match_view(reading, id_)),
    Kind.MATCH_CHANGED: lambda reading, id_: mentorship_views.changed_message(match_view(reading, id_)),
    Kind.MATCH_PAUSE_OVER: lambda reading, id_: mentorship_views.match_pause_over_message(match_view(reading, id_)),
    Kind.KEEPSAKE: lambda reading, id_: keepsake_views.keepsake_message(keepsake(reading, id_)),
    Kind.QUESTION_CARD: lambda reading, id_: claim_views.question_card(quick_question(reading, id_)),
    Kind.QUESTION_CLAIMED: lambda reading, id_: claim_views.claimed_message(claim_view(reading, id_)),
    Kind.QUESTION_YOURS: lambda reading, id_: claim_views.yours_message(claim_view(reading, id_)),
    Kind.QUESTION_REMINDER: lambda reading, id_: claim_views.reminder_message(claim_view(reading, id_)),
    Kind.QUESTION_REOPENED: lambda reading, id_: claim_views.reopened_message(claim_view(reading, id_)),
    Kind.QUESTION_ANSWERED: lambda reading, id_: answer_views.answered_message(quick_question(reading, id_)),
    Kind.QUESTION_RATED: lambda reading, id_: answer_views.rated_message(quick_question(reading, id_)),
    Kind.STAFF_REQUEST: _staff_request,
    Kind.PERSON_LEFT: lambda reading, id_: staff_views.departure_message(departure(reading, id_)),
    Kind.DELIVERY_TROUBLE: lambda reading, id_: delivery_views.trouble_message(trouble_view(reading, id_)),
    Kind.MATCH_AT_RISK: lambda reading, id_: health_views.at_risk_message(match_health(reading, id_)),
    Kind.QUESTION_STATUS: _question_status,
    Kind.QUESTION_WITHDRAWN: lambda reading, id_: quick_question_views.withdrawn_message(withdrawn_claim(reading, id_)),
    Kind.QUESTION_REFERRED: lambda reading, id_: referral_views.referral_message(referral_view(reading, id_)),
    Kind.QUESTION_UNCLAIMED: lambda reading, id_: referral_views.unclaimed_message(unclaimed_view(reading, id_)),
    Kind.MENTORSHIP_SUGGESTED: lambda reading, id_: suggestion_views.suggestion_message(suggestion_view(reading, id_)),
    Kind.STAFF_MESSAGE: lambda reading, id_: staff_message_views.staff_message(staff_message(reading, id_)),
    Kind.OWN_DATA: lambda *_: privacy_views.own_data_message(),
    Kind.REMOVED: _removed,
    Kind.DIGEST: _digest,
}


def _reminder(reading: Reading, meeting_id: UUID, reader_id: UUID) -> Message:
    ahead = plan(reading, meeting_id)
    if ahead.state is not MeetingState.PLANNED or ahead.begun(reading.now):
        raise NothingToSay
    return scheduling_views.reminder_message(ahead, reader_id)


def _over(reading: Reading, meeting_id: UUID, reader_id: UUID) -> Message:
    over = plan(reading, meeting_id)
    held = meeting_view(reading, meeting_id) if over.state is MeetingState.HELD else None
    return meeting_views.over_message(over, held, reader_id)


def _item_reminder(reading: Reading, item_id: UUID, reader_id: UUID) -> Message:
    return item_views.item_reminder_message(item_view(reading, item_id), reader_id)


DRAWN_FOR: Mapping[Kind, Callable[[Reading, UUID, UUID], Message]] = {
    Kind.MEETING_CANCELLED: lambda reading, id_, reader: scheduling_views.cancelled_message(plan(reading, id_), reader),
    Kind.MEETING_REMINDER: _reminder,
    Kind.MEETING_OVER: _over,
    Kind.ITEM_REMINDER: _item_reminder,
    Kind.QUESTION_CLAIMED: lambda reading, id_, reader: claim_views.claimed_message(claim_view(reading, id_), reader),
}
"""Kinds that say something else to each of several people."""


def draw(reading: Reading, kind: Kind, subject: UUID, reader_id: UUID | None = None) -> Message:
    """The message of this kind about this subject for this person, or for all, as things stand.

    Raises `NotFound` or `NothingToSay`.
    """
    if (for_one := DRAWN_FOR.get(kind)) and reader_id:
        return for_one(reading, subject, reader_id)
    return DRAWN[kind](reading, subject)
