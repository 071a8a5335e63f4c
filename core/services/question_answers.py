"""A quick question's answer: marked by the mentor, rated by the student, read by others where both allow it."""

from uuid import UUID

from core.models import Question
from core.notifications import Kind, notify, to_person
from core.rules import questions as rules
from core.rules.errors import NotFound
from core.rules.questions import ClaimEnding, QuestionMoved, QuestionState
from core.services.question_claims import lock_own_turn
from core.services.questions import end_claim, enter, lock_question, show_only
from core.uow import Work


def mark_answered(work: Work, question_id: UUID, summary: str, may_be_read: bool) -> None:
    """Say that a question is answered, with a summary that others may read later if the student agrees, too.

    Raises `NotFound` for who never had it, `QuestionMoved`, and `InvalidFields`.
    """
    summary = rules.checked_summary(summary)
    mentor_id = work.actor.user_id
    if mentor_id is None:
        raise NotFound(question_id=question_id)
    with work.as_system():
        question, _ = lock_own_turn(work, question_id, mentor_id)
        end_claim(work, question, ClaimEnding.ANSWERED)
        question.summary, question.mentor_consents = summary, may_be_read
        enter(work, question, QuestionState.ANSWERED)
        notify(work, to_person(question.student_id), Kind.QUESTION_ANSWERED, question.id)


def allow_reading(work: Work, question_id: UUID, allowed: bool) -> None:
    """Say as the student whether others may read the summary; they may change their mind.

    Raises `NotFound`, `QuestionMoved` while there is no answer, and `KeptBetweenTwo` where the mentor said no.
    """
    _require_mine(work, question_id)
    with work.as_system():
        question = lock_question(work, question_id)
        if question.state is not QuestionState.ANSWERED:
            raise QuestionMoved(state=question.state)
        if not question.mentor_consents:
            raise rules.KeptBetweenTwo
        question.student_consents = allowed
        work.session.flush()
        show_only(work, question, Kind.QUESTION_CARD, Kind.QUESTION_ANSWERED)


def rate_answer(work: Work, question_id: UUID, rating: int, thanks: str) -> None:
    """Rate an answer as the student, once; the mentor reads the rating and the thanks.

    Raises `NotFound`, `QuestionMoved` while there is no answer, `AlreadyRated`, and `InvalidFields`.
    """
    rating, thanks = rules.checked_rating(rating, thanks)
    _require_mine(work, question_id)
    with work.as_system():
        question = lock_question(work, question_id)
        rules.may_rate(question.state, question.rating)
        question.rating, question.thanks, question.rated_at = rating, thanks, work.now
        work.session.flush()
        show_only(work, question, Kind.QUESTION_ANSWERED)
        if question.claimer_id:
            notify(work, to_person(question.claimer_id), Kind.QUESTION_RATED, question.id)


def _require_mine(work: Work, question_id: UUID) -> None:
    own = work.session.get(Question, question_id)
    if own is None or own.student_id != work.actor.user_id:
        raise NotFound(question_id=question_id)
