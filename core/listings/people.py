"""People, and what mentors and students have on their hands."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Text, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from core.listings.base import Listing, joined, reached_by, word
from core.models import Feedback, Match, Meeting, Offer, Profile, Question, QuestionClaim, Request, User
from core.rules.matches import LIVE
from core.rules.meetings import MeetingState
from core.rules.offers import OfferState
from core.rules.roles import PersonState, Role
from core.services.demand import load

partner = aliased(User, name="partner")


def _people() -> Select[*tuple[Any, ...]]:
    return select(
        User.id,
        User.name,
        User.email,
        joined(User.roles).label("roles"),
        word(User.state).label("state"),
        reached_by(User.slack_user_id).label("reached"),
        User.slack_refused,
        User.tz,
        User.created_at,
    )


def _room() -> ColumnElement[str]:
    """Whether a mentor can be asked; a pause that came to its date is ended within a minute."""
    return case(
        (User.state != PersonState.ACTIVE, "gone"),
        (Profile.paused_until.is_not(None), "paused"),
        (Profile.current_mentees >= Profile.max_mentees, "full"),
        else_="free",
    )


def _latest(moment: InstrumentedAttribute[Any], *which: ColumnElement[bool]) -> ColumnElement[Any]:
    return select(func.max(moment)).where(*which).correlate(Profile).scalar_subquery()


def _last_met(side: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    held = Meeting.state == MeetingState.HELD
    met = select(func.max(Meeting.starts_at)).join(Match, Match.id == Meeting.match_id)
    return met.where(side == Profile.user_id, held).correlate(Profile).scalar_subquery()


def _said() -> ColumnElement[Any]:
    return _latest(Feedback.said_at, Feedback.author_id == Profile.user_id)


def _offers(*states: OfferState) -> ColumnElement[int]:
    counted = select(func.count()).where(Offer.mentor_id == Profile.user_id, Offer.state.in_(states))
    return counted.correlate(Profile).scalar_subquery()


def _mentors() -> Select[*tuple[Any, ...]]:
    answered = _offers(OfferState.ACCEPTED, OfferState.DECLINED)
    of_theirs = Offer.mentor_id == Profile.user_id, Offer.state.in_((OfferState.ACCEPTED, OfferState.DECLINED))
    last_active = func.greatest(
        _latest(Offer.answered_at, *of_theirs),
        _latest(QuestionClaim.claimed_at, QuestionClaim.mentor_id == Profile.user_id),
        _said(),
        _last_met(Match.mentor_id),
    )
    return (
        select(
            Profile.id,
            Profile.user_id,
            User.name,
            Profile.headline,
            _room().label("room"),
            Profile.current_mentees.label("mentees"),
            Profile.max_mentees.label("places"),
            load().label("load"),
            _offers(OfferState.OPEN).label("open_offers"),
            answered.label("answered"),
            func.round(100.0 * _offers(OfferState.ACCEPTED) / func.nullif(answered, 0)).label("accepted"),
            Profile.ignored_offers,
            last_active.label("last_active"),
            Profile.paused_until,
            joined(Profile.industries).label("industries"),
            joined(Profile.skills).label("skills"),
            joined(Profile.languages).label("languages"),
            Profile.location,
            Profile.goals,
            reached_by(User.slack_user_id).label("reached"),
            Profile.created_at,
        )
        .join(User, User.id == Profile.user_id)
        .where(Profile.role == Role.MENTOR)
    )


def _students() -> Select[*tuple[Any, ...]]:
    newest = (
        select(word(Request.state))
        .where(Request.student_id == Profile.user_id)
        .order_by(Request.created_at.desc())
        .limit(1)
        .correlate(Profile)
        .scalar_subquery()
    )
    last_active = func.greatest(
        _latest(Request.created_at, Request.student_id == Profile.user_id),
        _latest(Question.created_at, Question.student_id == Profile.user_id),
        _said(),
        _last_met(Match.student_id),
    )
    mentors = (
        select(func.string_agg(partner.name, ", ", type_=Text))
        .select_from(Match)
        .join(partner, partner.id == Match.mentor_id)
        .where(Match.student_id == Profile.user_id, Match.state.in_(LIVE))
        .correlate(Profile)
        .scalar_subquery()
    )
    return (
        select(
            Profile.id,
            Profile.user_id,
            User.name,
            Profile.headline,
            word(User.state).label("state"),
            newest.label("request"),
            mentors.label("mentors"),
            last_active.label("last_active"),
            joined(Profile.industries).label("industries"),
            joined(Profile.research).label("research"),
            joined(Profile.skills).label("skills"),
            joined(Profile.languages).label("languages"),
            Profile.location,
            Profile.goals,
            reached_by(User.slack_user_id).label("reached"),
            Profile.created_at,
        )
        .join(User, User.id == Profile.user_id)
        .where(Profile.role == Role.STUDENT)
    )


class PersonRow(Listing):
    """A person for staff."""

    __table__ = _people().subquery("person_rows")


class MentorRow(Listing):
    """A mentor's profile and load, for staff."""

    __table__ = _mentors().subquery("mentor_rows")


class StudentRow(Listing):
    """A student's profile, and where they stand, for staff."""

    __table__ = _students().subquery("student_rows")
