"""Offers: who was asked about whom, and what they answered."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from core.listings.base import Listing, hours_between, word
from core.models import Batch, Cohort, Offer, Request, User

student, mentor = aliased(User, name="student"), aliased(User, name="mentor")


def _offers() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Offer.id,
            Offer.mentor_id,
            mentor.name.label("mentor"),
            Offer.student_id,
            student.name.label("student"),
            word(Offer.state).label("state"),
            word(Offer.decline_reason).label("decline_reason"),
            Offer.decline_note,
            Offer.score,
            Offer.rank,
            Batch.wave,
            Cohort.name.label("cohort"),
            Offer.created_at,
            Offer.deadline,
            Offer.answered_at,
            hours_between(Offer.created_at, Offer.answered_at).label("hours_to_answer"),
        )
        .outerjoin(mentor, mentor.id == Offer.mentor_id)
        .outerjoin(student, student.id == Offer.student_id)
        .outerjoin(Batch, Batch.id == Offer.batch_id)
        .outerjoin(Request, Request.id == Offer.request_id)
        .outerjoin(Cohort, Cohort.id == Request.cohort_id)
    )


class OfferRow(Listing):
    """An offer for staff."""

    __table__ = _offers().subquery("offer_rows")
