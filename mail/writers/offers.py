"""A student's request, the offers it leads to, and questions about them."""

from collections.abc import Callable, Mapping
from uuid import UUID

from core.notifications import Kind
from core.rules.roles import Role
from core.services.mentoring import PauseView, pause_view
from core.services.offer_questions import question_view
from core.services.offers import OfferCard, offer_card
from core.services.profiles import profile_id
from core.services.refused import moved_on
from core.services.standing import status
from core.uow import Reading
from mail.letters.mentoring import moved_on_letter, pause_over_letter, paused_letter
from mail.letters.offer_questions import answer_letter, question_letter
from mail.letters.offers import offer_letter, reminder_letter
from mail.letters.parts import Draft, Reader
from mail.letters.requests import status_letter
from mail.writers.access import Writer, only_for


def _request_status(reading: Reading, reader: Reader, request_id: UUID) -> Draft:
    found = status(reading, request_id)
    only_for(reader, found.student_id)
    return status_letter(reader, found)


def _of_own_offer(write: Callable[[Reader, OfferCard, UUID], Draft]) -> Writer:
    """What the mentor who was asked may read of an offer."""

    def written(reading: Reading, reader: Reader, offer_id: UUID) -> Draft:
        card = offer_card(reading, offer_id)
        only_for(reader, card.mentor_id)
        return write(reader, card, profile_id(reading, reader.person.id, Role.MENTOR))

    return written


def _offer_question(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    asked = question_view(reading, question_id)
    only_for(reader, asked.student_id)
    return question_letter(reader, asked)


def _offer_answer(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    asked = question_view(reading, question_id)
    only_for(reader, asked.mentor_id)
    card = offer_card(reading, asked.offer_id)
    return answer_letter(reader, asked, card, profile_id(reading, asked.mentor_id, Role.MENTOR))


def _of_own_pause(write: Callable[[Reader, PauseView], Draft]) -> Writer:
    """What a mentor may read of their own pause."""

    def written(reading: Reading, reader: Reader, profile_id: UUID) -> Draft:
        pause = pause_view(reading, profile_id)
        only_for(reader, pause.mentor_id)
        return write(reader, pause)

    return written


def _offers_moved_on(reading: Reading, reader: Reader, profile_id: UUID) -> Draft:
    found = moved_on(reading, profile_id)
    only_for(reader, found.mentor_id)
    return moved_on_letter(reader, found)


WRITERS: Mapping[Kind, Writer] = {
    Kind.REQUEST_STATUS: _request_status,
    Kind.OFFER: _of_own_offer(offer_letter),
    Kind.OFFER_REMINDER: _of_own_offer(reminder_letter),
    Kind.OFFER_QUESTION: _offer_question,
    Kind.OFFER_ANSWER: _offer_answer,
    Kind.MENTOR_PAUSED: _of_own_pause(paused_letter),
    Kind.OFFERS_MOVED_ON: _offers_moved_on,
    Kind.PAUSE_OVER: _of_own_pause(pause_over_letter),
}
