"""The cards of who was asked directly about a question, and of staff: drawn anew with everything else that shows it."""

from sqlalchemy import select

from core.models import Question, QuestionReferral
from core.notifications import Kind, redraw, take_back
from core.queue import Job
from core.rules.questions import QuestionState
from core.uow import Work


def show_referrals(work: Work, question: Question) -> None:
    """Draw the cards of a locked question anew, as the system. Who has not read of it yet is spared what is over."""
    asked = select(QuestionReferral.id, QuestionReferral.mentor_id).where(QuestionReferral.question_id == question.id)
    for referral_id, mentor_id in work.session.execute(asked).all():
        if question.state is not QuestionState.OPEN:
            take_back(work, Kind.QUESTION_REFERRED, referral_id)
        redraw(work, Kind.QUESTION_REFERRED, referral_id)
        work.queue(Job.REFRESH_HOME, mentor_id)
    redraw(work, Kind.QUESTION_UNCLAIMED, question.id)
