"""A quick question from the draft to the thanks, and the mentorship it may suggest."""

from collections.abc import Callable, Mapping
from uuid import UUID

from core.notifications import Kind
from core.services.question_claims import ClaimView, claim_view
from core.services.question_drafts import withdrawn_claim
from core.services.question_referrals import referral_view
from core.services.questions import question_view
from core.services.similar_answers import similar_answers
from core.services.suggestions import suggestion_view
from core.uow import Reading
from mail.letters.parts import Draft, Reader
from mail.letters.question_referrals import referral_letter
from mail.letters.question_status import status_letter, withdrawn_letter
from mail.letters.quick_questions import (
    answered_letter,
    claimed_letter,
    rated_letter,
    reminder_letter,
    reopened_letter,
    yours_letter,
)
from mail.letters.suggestions import suggestion_letter
from mail.writers.access import Writer, only_for


def _question_status(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    asked = question_view(reading, question_id)
    only_for(reader, asked.student_id)
    return status_letter(reader, asked, similar_answers(reading, asked))


def _claimed(reading: Reading, reader: Reader, claim_id: UUID) -> Draft:
    claim = claim_view(reading, claim_id)
    only_for(reader, claim.student.id, claim.mentor.id)
    return claimed_letter(reader, claim)


def _of_own_claim(write: Callable[[Reader, ClaimView], Draft]) -> Writer:
    """What the mentor alone may read of a claim."""

    def written(reading: Reading, reader: Reader, claim_id: UUID) -> Draft:
        claim = claim_view(reading, claim_id)
        only_for(reader, claim.mentor.id)
        return write(reader, claim)

    return written


def _question_reopened(reading: Reading, reader: Reader, claim_id: UUID) -> Draft:
    claim = claim_view(reading, claim_id)
    only_for(reader, claim.student.id)
    return reopened_letter(claim)


def _question_answered(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    view = question_view(reading, question_id)
    only_for(reader, view.student_id)
    return answered_letter(reader, view)


def _question_rated(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    view = question_view(reading, question_id)
    only_for(reader, *filter(None, [view.claimer_id]))
    return rated_letter(view)


def _question_withdrawn(reading: Reading, reader: Reader, claim_id: UUID) -> Draft:
    claim = withdrawn_claim(reading, claim_id)
    only_for(reader, claim.mentor_id)
    return withdrawn_letter(claim)


def _question_referred(reading: Reading, reader: Reader, referral_id: UUID) -> Draft:
    referral = referral_view(reading, referral_id)
    only_for(reader, referral.mentor_id)
    return referral_letter(reader, referral)


def _mentorship_suggested(reading: Reading, reader: Reader, suggestion_id: UUID) -> Draft:
    seen = suggestion_view(reading, suggestion_id)
    only_for(reader, seen.student_id)
    return suggestion_letter(reader, seen)


WRITERS: Mapping[Kind, Writer] = {
    Kind.QUESTION_STATUS: _question_status,
    Kind.QUESTION_CLAIMED: _claimed,
    Kind.QUESTION_YOURS: _of_own_claim(yours_letter),
    Kind.QUESTION_REMINDER: _of_own_claim(reminder_letter),
    Kind.QUESTION_REOPENED: _question_reopened,
    Kind.QUESTION_ANSWERED: _question_answered,
    Kind.QUESTION_RATED: _question_rated,
    Kind.QUESTION_WITHDRAWN: _question_withdrawn,
    Kind.QUESTION_REFERRED: _question_referred,
    Kind.MENTORSHIP_SUGGESTED: _mentorship_suggested,
}
