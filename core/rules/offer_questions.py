"""A question before deciding: a mentor asks, the student answers, and meanwhile the offer's deadline waits.

The clock of an offer stands still from the question to its answer, for at most 24 hours: a student who stays silent
does not hold a wave. However much is asked, an offer ends at the latest 48 hours after its first deadline.
"""

from datetime import datetime, timedelta

from core.rules.errors import DomainError
from core.rules.offers import OFFER_TIME
from core.rules.profiles import TEXT
from core.rules.texts import checked_text

PATIENCE = timedelta(hours=24)
LEAST_TIME = timedelta(hours=12)
MOST_WAITING = timedelta(hours=48)
MOST_QUESTIONS = 2


class QuestionWaiting(DomainError):
    """A mentor asks one thing at a time: the question before has no answer yet."""

    code = "question_waiting"


class NoMoreQuestions(DomainError):
    """An offer takes two questions. What else there is to know belongs in a first meeting."""

    code = "no_more_questions"


class QuestionClosed(DomainError):
    """The offer behind the question has ended, so nobody waits for an answer."""

    code = "question_closed"


class QuestionAnswered(DomainError):
    """The question has its answer; what the mentor has read is not changed."""

    code = "question_answered"


def checked(field: str, text: str) -> str:
    """A question or an answer, tidied. Raises `InvalidFields` if it is empty or too long."""
    return checked_text(field, text, TEXT, "Please write a sentence or two.")


def may_ask(asked: int, waiting: int) -> None:
    """Refuse a question while another waits for its answer, and one too many."""
    if waiting:
        raise QuestionWaiting
    if asked >= MOST_QUESTIONS:
        raise NoMoreQuestions(most=MOST_QUESTIONS)


def latest(offered_at: datetime, offer_time: timedelta = OFFER_TIME) -> datetime:
    """When an offer ends at the latest, whatever is asked and answered. The mentor had `offer_time` to answer."""
    return offered_at + offer_time + MOST_WAITING


def answer_by(asked_at: datetime) -> datetime:
    """Until when the mentor's deadline waits for the student."""
    return asked_at + PATIENCE


def deadline_once_asked(deadline: datetime, offered_at: datetime, offer_time: timedelta = OFFER_TIME) -> datetime:
    """The deadline while the answer is awaited: as if it came at the last moment."""
    return max(deadline, min(deadline + PATIENCE, latest(offered_at, offer_time)))


def deadline_once_answered(
    before: datetime, asked_at: datetime, now: datetime, offered_at: datetime, offer_time: timedelta = OFFER_TIME
) -> datetime:
    """The deadline after an answer: the mentor has as long as when they asked, and at least 12 hours to read it.

    `before` is the deadline as it stood when they asked.
    """
    stood_still = before + min(now - asked_at, PATIENCE)
    return max(before, min(max(stood_still, now + LEAST_TIME), latest(offered_at, offer_time)))
