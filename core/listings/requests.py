"""Requests with who asks, where they stand, who was asked, and how long the student has waited."""

from typing import Any

from sqlalchemy import Select, Text, func, select, true
from sqlalchemy.orm import aliased

from core.listings.base import Listing, hours_between, joined, word
from core.models import Cohort, Match, Meeting, Offer, Profile, Request, User
from core.rules.meetings import MeetingState
from core.rules.offers import OfferState
from core.rules.roles import Role

student, asked = aliased(User, name="student"), aliased(User, name="asked")


def _requests() -> Select[*tuple[Any, ...]]:
    now_asked = (
        select(func.string_agg(asked.name, ", ", type_=Text))
        .select_from(Offer)
        .join(asked, asked.id == Offer.mentor_id)
        .where(Offer.request_id == Request.id, Offer.state == OfferState.OPEN)
        .correlate(Request)
        .scalar_subquery()
    )
    match = (
        select(Match.started_at, User.name)
        .outerjoin(User, User.id == Match.mentor_id)
        .where(Match.request_id == Request.id)
        .order_by(Match.started_at)
        .limit(1)
        .correlate(Request)
        .lateral("match")
    )
    held = (
        select(func.count())
        .select_from(Meeting)
        .join(Match, Match.id == Meeting.match_id)
        .where(Match.request_id == Request.id, Meeting.state == MeetingState.HELD)
        .correlate(Request)
        .scalar_subquery()
    )
    industries = (
        select(joined(Profile.industries))
        .where(Profile.user_id == Request.student_id, Profile.role == Role.STUDENT)
        .correlate(Request)
        .scalar_subquery()
    )
    offers = select(func.count()).where(Offer.request_id == Request.id).correlate(Request).scalar_subquery()
    return (
        select(
            Request.id,
            Request.student_id,
            student.name.label("student"),
            word(Request.state).label("state"),
            Request.waves_used.label("waves"),
            word(Request.next_step).label("next_step"),
            Request.next_step_at,
            now_asked.label("asked"),
            match.c.name.label("mentor"),
            Request.created_at,
            match.c.started_at.label("matched_at"),
            hours_between(Request.created_at, match.c.started_at).label("hours_to_match"),
            industries.label("industries"),
            offers.label("offers"),
            held.label("meetings"),
            Cohort.name.label("cohort"),
            Request.wish,
            joined(Request.must_share).label("must_share"),
            Request.anything_else,
            Request.closed_at,
        )
        .outerjoin(student, student.id == Request.student_id)
        .outerjoin(Cohort, Cohort.id == Request.cohort_id)
        .outerjoin(match, true())
    )


class RequestRow(Listing):
    """A request for staff."""

    __table__ = _requests().subquery("request_rows")
