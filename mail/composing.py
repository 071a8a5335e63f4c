"""From a kind of message to the letter that says it: read now, drawn now."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from core.links import Links, Purpose
from core.notifications import MANNERS, Kind
from core.rules.errors import NotFound
from core.rules.meetings import MeetingState
from core.rules.roles import Role
from core.services.accounts import departure
from core.services.action_items import item_view
from core.services.asks import sheet_view
from core.services.deliveries import NothingToSay
from core.services.digests import held_back
from core.services.feedback import feedback_view
from core.services.health import match_health
from core.services.help import help_view
from core.services.keepsakes import keepsake
from core.services.matches import MatchView, match_view, pair
from core.services.meetings import meeting_view
from core.services.mentoring import pause_view
from core.services.offer_questions import question_view
from core.services.offers import offer_card
from core.services.people import by_id
from core.services.profiles import profile_id
from core.services.question_claims import ClaimView, claim_view
from core.services.question_drafts import withdrawn_claim
from core.services.question_referrals import referral_view, unclaimed_view
from core.services.questions import question_view as quick_question
from core.services.refused import moved_on
from core.services.scheduling import Plan, plan
from core.services.similar_answers import similar_answers
from core.services.standing import status
from core.services.suggestions import suggestion_view
from core.services.troubles import trouble_view
from core.uow import Reading
from mail.letters.asks import sheet_letter
from mail.letters.deliveries import digest_letter, trouble_letter
from mail.letters.feedback import report_letter, shared_letter
from mail.letters.health import at_risk_letter
from mail.letters.items import item_reminder_letter
from mail.letters.keepsakes import keepsake_letter
from mail.letters.letter import Letter
from mail.letters.matches import introduction_letter
from mail.letters.meetings import meeting_letter, over_letter
from mail.letters.mentoring import moved_on_letter, pause_over_letter, paused_letter
from mail.letters.mentorships import changed_letter, goals_letter, kick_off_letter, match_pause_over_letter
from mail.letters.offers import offer_letter, reminder_letter
from mail.letters.parts import Button, Draft, Reader
from mail.letters.question_referrals import referral_letter, unclaimed_letter
from mail.letters.question_status import status_letter as question_status_letter
from mail.letters.question_status import withdrawn_letter
from mail.letters.questions import answer_letter, question_letter
from mail.letters.quick_questions import (
    answered_letter,
    card_letter,
    claimed_letter,
    rated_letter,
    reopened_letter,
    yours_letter,
)
from mail.letters.quick_questions import reminder_letter as claim_reminder_letter
from mail.letters.requests import status_letter
from mail.letters.scheduling import (
    cancelled_letter,
    invitation_letter,
    planned_letter,
    proposed_letter,
    refused_letter,
)
from mail.letters.scheduling import (
    reminder_letter as meeting_reminder_letter,
)
from mail.letters.staff import departure_letter, staff_request_letter
from mail.letters.suggestions import suggestion_letter
from mail.rendering import html, text
from mail.text import one_line
from mail.worth import worth_sending

Writer = Callable[[Reading, Reader, UUID], Draft]
A_YEAR = timedelta(days=365)


def compose(reading: Reading, kind: Kind, subject_id: UUID, person_id: UUID, links: Links) -> Letter:
    """The letter of this kind about this subject for this person, as things stand.

    Raises `NotFound` if there is no such subject, or if it is none of this person's business.
    """
    reader = Reader(by_id(reading, person_id), links, reading.now)
    return drawn(WRITERS[kind](reading, reader, subject_id), reader, optional=MANNERS[kind].optional)


def drawn(draft: Draft, reader: Reader, *, optional: bool) -> Letter:
    """Draw a letter both ways. An optional one can be refused, and says how."""
    refusal = reader.link(Purpose.UNSUBSCRIBE, reader.person.id, reader.now + A_YEAR) if optional else ""
    ways_out = (*draft.ways_out, *((Button("Stop letters that are optional", refusal),) if optional else ()))
    name = reader.person.name
    return Letter(
        subject=one_line(draft.subject),
        text=text(name, draft, ways_out),
        html=html(name, draft, ways_out),
        thread=draft.thread,
        standing=draft.standing,
        optional=optional,
        unsubscribe_url=refusal,
        event=draft.event,
    )


def _request_status(reading: Reading, reader: Reader, request_id: UUID) -> Draft:
    found = status(reading, request_id)
    _only_for(reader, found.student_id)
    return status_letter(reader, found)


def _offer(reading: Reading, reader: Reader, offer_id: UUID) -> Draft:
    card = offer_card(reading, offer_id)
    _only_for(reader, card.mentor_id)
    return offer_letter(reader, card, profile_id(reading, reader.person.id, Role.MENTOR))


def _offer_reminder(reading: Reading, reader: Reader, offer_id: UUID) -> Draft:
    card = offer_card(reading, offer_id)
    _only_for(reader, card.mentor_id)
    return reminder_letter(reader, card, profile_id(reading, reader.person.id, Role.MENTOR))


def _offer_question(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    asked = question_view(reading, question_id)
    _only_for(reader, asked.student_id)
    return question_letter(reader, asked)


def _offer_answer(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    asked = question_view(reading, question_id)
    _only_for(reader, asked.mentor_id)
    card = offer_card(reading, asked.offer_id)
    return answer_letter(reader, asked, card, profile_id(reading, asked.mentor_id, Role.MENTOR))


def _mentor_paused(reading: Reading, reader: Reader, pausing_id: UUID) -> Draft:
    pause = pause_view(reading, pausing_id)
    _only_for(reader, pause.mentor_id)
    return paused_letter(reader, pause)


def _pause_over(reading: Reading, reader: Reader, pausing_id: UUID) -> Draft:
    pause = pause_view(reading, pausing_id)
    _only_for(reader, pause.mentor_id)
    return pause_over_letter(reader, pause)


def _offers_moved_on(reading: Reading, reader: Reader, profile_id: UUID) -> Draft:
    found = moved_on(reading, profile_id)
    _only_for(reader, found.mentor_id)
    return moved_on_letter(reader, found)


def _introduction(reading: Reading, reader: Reader, match_id: UUID) -> Draft:
    match = match_view(reading, match_id)
    _only_for(reader, match.student.person_id, match.mentor.person_id)
    return introduction_letter(reader, match)


def _meeting_logged(reading: Reading, reader: Reader, meeting_id: UUID) -> Draft:
    meeting = meeting_view(reading, meeting_id)
    both = pair(reading, meeting.match_id)
    _only_for(reader, both.student.id, both.mentor.id)
    return meeting_letter(reader, meeting)


def _asks(reading: Reading, reader: Reader, sheet_id: UUID) -> Draft:
    sheet = sheet_view(reading, sheet_id)
    _only_for(reader, sheet.person_id)
    return sheet_letter(reader, sheet)


def _help_report(reading: Reading, reader: Reader, feedback_id: UUID) -> Draft:
    """To staff, but for one who is the partner: what is said in confidence about them is not for them."""
    _only_for_staff(reader)
    report = help_view(reading, feedback_id)
    if reader.person.id == report.partner.id:
        raise NotFound(feedback_id=feedback_id)
    return report_letter(report)


def _feedback_shared(reading: Reading, reader: Reader, feedback_id: UUID) -> Draft:
    shared = feedback_view(reading, feedback_id)
    _only_for(reader, shared.reader_id)
    return shared_letter(reader, shared)


def _on_the_way(write: Callable[[Reader, Plan], Draft]) -> Writer:
    def written(reading: Reading, reader: Reader, meeting_id: UUID) -> Draft:
        found = plan(reading, meeting_id)
        _only_for(reader, found.student.id, found.mentor.id)
        return write(reader, found)

    return written


def _of_match(write: Callable[[Reader, MatchView], Draft]) -> Writer:
    """What both sides of a match may read of it."""

    def written(reading: Reading, reader: Reader, match_id: UUID) -> Draft:
        match = match_view(reading, match_id)
        _only_for(reader, match.student.person_id, match.mentor.person_id)
        return write(reader, match)

    return written


def _meeting_over(reading: Reading, reader: Reader, meeting_id: UUID) -> Draft:
    found = plan(reading, meeting_id)
    _only_for(reader, found.student.id, found.mentor.id)
    held = meeting_view(reading, meeting_id) if found.state is MeetingState.HELD else None
    return over_letter(reader, found, held)


def _item_reminder(reading: Reading, reader: Reader, item_id: UUID) -> Draft:
    item = item_view(reading, item_id)
    _only_for(reader, item.student.id, item.mentor.id)
    return item_reminder_letter(reader, item)


def _keepsake(reading: Reading, reader: Reader, match_id: UUID) -> Draft:
    kept = keepsake(reading, match_id)
    _only_for(reader, kept.student_id, kept.mentor_id)
    return keepsake_letter(reader, kept)


def _question_card(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    _only_for_staff(reader)
    return card_letter(quick_question(reading, question_id))


def _claimed(reading: Reading, reader: Reader, claim_id: UUID) -> Draft:
    claim = claim_view(reading, claim_id)
    _only_for(reader, claim.student.id, claim.mentor.id)
    return claimed_letter(reader, claim)


def _of_own_claim(write: Callable[[Reader, ClaimView], Draft]) -> Writer:
    """What the mentor alone may read of a claim."""

    def written(reading: Reading, reader: Reader, claim_id: UUID) -> Draft:
        claim = claim_view(reading, claim_id)
        _only_for(reader, claim.mentor.id)
        return write(reader, claim)

    return written


def _question_reopened(reading: Reading, reader: Reader, claim_id: UUID) -> Draft:
    claim = claim_view(reading, claim_id)
    _only_for(reader, claim.student.id)
    return reopened_letter(claim)


def _question_answered(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    view = quick_question(reading, question_id)
    _only_for(reader, view.student_id)
    return answered_letter(reader, view)


def _question_rated(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    view = quick_question(reading, question_id)
    _only_for(reader, *filter(None, [view.claimer_id]))
    return rated_letter(view)


def _staff_request(reading: Reading, reader: Reader, request_id: UUID) -> Draft:
    _only_for_staff(reader)
    found = status(reading, request_id)
    return staff_request_letter(reader, found, by_id(reading, found.student_id))


def _person_left(reading: Reading, reader: Reader, person_id: UUID) -> Draft:
    _only_for_staff(reader)
    return departure_letter(departure(reading, person_id))


def _delivery_trouble(reading: Reading, reader: Reader, trouble_id: UUID) -> Draft:
    _only_for_staff(reader)
    return trouble_letter(trouble_view(reading, trouble_id), trouble_id)


def _match_at_risk(reading: Reading, reader: Reader, match_id: UUID) -> Draft:
    _only_for_staff(reader)
    return at_risk_letter(reader, match_health(reading, match_id))


def _question_status(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    asked = quick_question(reading, question_id)
    _only_for(reader, asked.student_id)
    return question_status_letter(reader, asked, similar_answers(reading, asked))


def _question_withdrawn(reading: Reading, reader: Reader, claim_id: UUID) -> Draft:
    claim = withdrawn_claim(reading, claim_id)
    _only_for(reader, claim.mentor_id)
    return withdrawn_letter(claim, claim_id)


def _question_referred(reading: Reading, reader: Reader, referral_id: UUID) -> Draft:
    referral = referral_view(reading, referral_id)
    _only_for(reader, referral.mentor_id)
    return referral_letter(reader, referral)


def _question_unclaimed(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    _only_for_staff(reader)
    return unclaimed_letter(reader, unclaimed_view(reading, question_id))


def _mentorship_suggested(reading: Reading, reader: Reader, suggestion_id: UUID) -> Draft:
    seen = suggestion_view(reading, suggestion_id)
    _only_for(reader, seen.student_id)
    return suggestion_letter(reader, seen)


def _digest(reading: Reading, reader: Reader, digest_id: UUID) -> Draft:
    """Of what was held back, the letters that are still worth sending."""
    drafts = []
    for one in held_back(reading, digest_id):
        with suppress(NotFound):
            draft = WRITERS[one.kind](reading, reader, one.subject_id)
            if worth_sending(one.kind, draft.standing, is_change=False, told_last=None):
                drafts.append(draft)
    if not drafts:
        raise NothingToSay
    return digest_letter(drafts, digest_id)


def _only_for(reader: Reader, *people: UUID) -> None:
    if reader.person.id not in people:
        raise NotFound(person_id=reader.person.id)


def _only_for_staff(reader: Reader) -> None:
    if not reader.person.is_admin:
        raise NotFound(person_id=reader.person.id)


WRITERS: Mapping[Kind, Writer] = {
    Kind.REQUEST_STATUS: _request_status,
    Kind.OFFER: _offer,
    Kind.OFFER_REMINDER: _offer_reminder,
    Kind.OFFER_QUESTION: _offer_question,
    Kind.OFFER_ANSWER: _offer_answer,
    Kind.MENTOR_PAUSED: _mentor_paused,
    Kind.OFFERS_MOVED_ON: _offers_moved_on,
    Kind.PAUSE_OVER: _pause_over,
    Kind.INTRODUCTION: _introduction,
    Kind.MEETING_PROPOSED: _on_the_way(proposed_letter),
    Kind.MEETING_REFUSED: _on_the_way(refused_letter),
    Kind.MEETING_PLANNED: _on_the_way(planned_letter),
    Kind.MEETING_INVITATION: _on_the_way(invitation_letter),
    Kind.MEETING_CANCELLED: _on_the_way(cancelled_letter),
    Kind.MEETING_REMINDER: _on_the_way(meeting_reminder_letter),
    Kind.MEETING_OVER: _meeting_over,
    Kind.MEETING_LOGGED: _meeting_logged,
    Kind.CHECK_IN: _asks,
    Kind.SURVEY: _asks,
    Kind.HELP_REPORT: _help_report,
    Kind.FEEDBACK_SHARED: _feedback_shared,
    Kind.ITEM_REMINDER: _item_reminder,
    Kind.KICK_OFF: _of_match(kick_off_letter),
    Kind.GOALS_PROPOSED: _of_match(goals_letter),
    Kind.MATCH_CHANGED: _of_match(changed_letter),
    Kind.MATCH_PAUSE_OVER: _of_match(match_pause_over_letter),
    Kind.KEEPSAKE: _keepsake,
    Kind.QUESTION_CARD: _question_card,
    Kind.QUESTION_CLAIMED: _claimed,
    Kind.QUESTION_YOURS: _of_own_claim(yours_letter),
    Kind.QUESTION_REMINDER: _of_own_claim(claim_reminder_letter),
    Kind.QUESTION_REOPENED: _question_reopened,
    Kind.QUESTION_ANSWERED: _question_answered,
    Kind.QUESTION_RATED: _question_rated,
    Kind.STAFF_REQUEST: _staff_request,
    Kind.PERSON_LEFT: _person_left,
    Kind.DELIVERY_TROUBLE: _delivery_trouble,
    Kind.MATCH_AT_RISK: _match_at_risk,
    Kind.QUESTION_STATUS: _question_status,
    Kind.QUESTION_WITHDRAWN: _question_withdrawn,
    Kind.QUESTION_REFERRED: _question_referred,
    Kind.QUESTION_UNCLAIMED: _question_unclaimed,
    Kind.MENTORSHIP_SUGGESTED: _mentorship_suggested,
    Kind.DIGEST: _digest,
}
