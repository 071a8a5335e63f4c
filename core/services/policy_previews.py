"""What other settings would change before they count: from the rows that are under way at this moment."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from core.models import Match, Offer, Profile, Question, Request, User
from core.rules.matches import LIVE
from core.rules.offers import OfferState
from core.rules.policies import Policies, PolicyChange, changes, checked
from core.rules.questions import QuestionState
from core.rules.requests import OPEN, RequestState
from core.rules.roles import PersonState
from core.services.candidates import IS_MENTOR
from core.services.policies import current_version, policies_of, require_change, timeline
from core.services.preferences import QUIET
from core.services.settings import require_version
from core.uow import Reading


@dataclass(frozen=True)
class UnderWay:
    """What has begun, and keeps what counted then; and mentors whom a change reaches at the next search."""

    open_offers: int
    to_be_reminded: int
    open_requests: int
    in_last_wave: int  # asked for the last time, by what counts for them
    open_questions: int
    claimed_questions: int
    running_matches: int
    own_quiet_hours: int
    asked_about_more: int
    asked_about_fewer: int


@dataclass(frozen=True)
class PoliciesPreview:
    """Settings that were typed, beside those that count, of which `version` is the number."""

    version: int
    changes: tuple[PolicyChange, ...]
    under_way: UnderWay


def preview_policies(reading: Reading, typed: Mapping[str, str], seen: int) -> PoliciesPreview:
    """What these settings would change. `seen` is the version that the page showed.

    Raises `InvalidFields`, also where nothing is different, and `SettingChanged`.
    """
    return _preview(reading, checked(typed), seen)


def preview_restored(reading: Reading, version: int) -> PoliciesPreview:
    """What an older version would change if it counted again. Raises `NotFound`, and `InvalidFields` for the same."""
    return _preview(reading, policies_of(reading, version), current_version(reading)[0])


def _preview(reading: Reading, wanted: Policies, seen: int) -> PoliciesPreview:
    number, current = current_version(reading)
    require_version(number, seen)
    require_change(current, wanted)
    return PoliciesPreview(number, changes(current, wanted), _under_way(reading, current, wanted))


def _under_way(reading: Reading, before: Policies, after: Policies) -> UnderWay:
    most_waves = timeline(reading).count(Request.created_at, lambda each: each.most_waves)
    open_offer, last = Offer.state == OfferState.OPEN, Request.waves_used >= most_waves
    more, fewer = _exposed(reading, before.offers_per_place, after.offers_per_place)
    return UnderWay(
        open_offers=_count(reading, open_offer),
        to_be_reminded=_count(reading, open_offer, Offer.reminded_at.is_(None)),
        open_requests=_count(reading, Request.state.in_(OPEN)),
        in_last_wave=_count(reading, Request.state == RequestState.OFFERED, last),
        open_questions=_count(reading, Question.state == QuestionState.OPEN),
        claimed_questions=_count(reading, Question.state == QuestionState.CLAIMED),
        running_matches=_count(reading, Match.state.in_(LIVE)),
        own_quiet_hours=_count(reading, User.state == PersonState.ACTIVE, User.preferences.has_key(QUIET)),
        asked_about_more=more,
        asked_about_fewer=fewer,
    )


def _count(reading: Reading, *which: ColumnElement[bool]) -> int:
    return reading.session.scalar(select(func.count()).where(*which)) or 0


def _exposed(reading: Reading, before: int, after: int) -> tuple[int, int]:
    """How many mentors who take students could be asked about more of them than now, and about fewer."""
    asked = select(func.count()).where(Offer.mentor_id == Profile.user_id, Offer.state == OfferState.OPEN)
    open_offers = asked.correlate(Profile).scalar_subquery()
    free = Profile.max_mentees - Profile.current_mentees
    rows = (
        select(
            func.greatest(free * before - open_offers, 0).label("now"),
            func.greatest(free * after - open_offers, 0).label("then"),
        )
        .join(User, User.id == Profile.user_id)
        .where(
            IS_MENTOR,
            User.state == PersonState.ACTIVE,
            free > 0,
            func.coalesce(Profile.paused_until, reading.now) <= reading.now,
        )
        .subquery()
    )
    more, fewer = rows.c.then > rows.c.now, rows.c.then < rows.c.now
    counts = select(func.count().filter(more), func.count().filter(fewer)).select_from(rows)
    asked_about_more, asked_about_fewer = reading.session.execute(counts).one()
    return asked_about_more, asked_about_fewer
