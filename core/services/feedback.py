"""Feedback that nobody asked for: how a running match goes, whenever a person wants to say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from core.models import Feedback, Match
from core.rules.checkins import FeedbackKind, Rating, checked_rating
from core.rules.errors import NotFound
from core.rules.matches import LIVE, require_live
from core.rules.repeats import same_since
from core.services.asks import feedback_of, open_ask_of, open_asks, rate, tell_partner
from core.services.matches import NoMatch, live_matches, lock_match, own_match, partner_of, side_of
from core.services.people import Person, by_id
from core.uow import Reading, Work


@dataclass(frozen=True)
class FeedbackView:
    """What one side shared with the other."""

    match_id: UUID
    is_running: bool
    author: Person
    reader_id: UUID
    rating: int
    comment: str


def partners_to_rate(reading: Reading, person_id: UUID, chosen: UUID | None = None) -> Mapping[UUID, str]:
    """Of whose matches a person may say how they go, as names by match: those that run, and those that are over and
    still asked about. With `chosen` that one alone.

    Raises `NoMatch` without any, and `MatchOver` for a chosen one that is over.
    """
    partners = {ask.match_id: ask.partner_name for ask in open_asks(reading, person_id)}
    partners |= {match.match_id: match.partner_name for match in live_matches(reading, person_id)}
    if chosen and chosen not in partners:
        require_live(own_match(reading, chosen).state)
    found = {match_id: name for match_id, name in partners.items() if chosen in (None, match_id)}
    if not found:
        raise NoMatch
    return found


def give_feedback(work: Work, match_id: UUID, rating: Rating) -> None:
    """Say how a running match goes. It answers what the person is asked about this match at the moment, if anything.
    The same sent twice is said once.

    Raises `NoMatch` once the match is over and nothing is asked about it, `InvalidFields`, or `NotFound` for others.
    """
    rating = checked_rating(rating)
    me = side_of(own_match(work, match_id), work.actor.user_id)
    with work.as_system():
        match = lock_match(work, match_id)
        asked = open_ask_of(work, match_id, me)
    if _said_already(work, match_id, me, rating):
        return
    if asked:
        rate(work, asked.id, rating)
        return
    if match.state not in LIVE:
        raise NoMatch
    said = feedback_of(rating)
    said.match_id, said.author_id, said.kind, said.said_at = match_id, me, FeedbackKind.SURVEY, work.now
    with work.as_system():
        work.session.add(said)
        work.session.flush()
        tell_partner(work, said)


def _said_already(reading: Reading, match_id: UUID, me: UUID, rating: Rating) -> bool:
    same = select(Feedback.id).where(
        Feedback.match_id == match_id,
        Feedback.author_id == me,
        Feedback.rating == rating.rating,
        Feedback.comment == rating.comment,
        Feedback.shared == rating.shared,
        Feedback.said_at > same_since(reading.now),
    )
    return reading.session.scalar(same.limit(1)) is not None


def feedback_view(reading: Reading, feedback_id: UUID) -> FeedbackView:
    """What was shared, as both sides may read it. Raises `NotFound` for what was not."""
    said = reading.session.get(Feedback, feedback_id)
    if said is None or not said.shared or said.rating is None:
        raise NotFound(feedback_id=feedback_id)
    match = reading.session.get_one(Match, said.match_id)
    return FeedbackView(
        match_id=match.id,
        is_running=match.state in LIVE,
        author=by_id(reading, said.author_id),
        reader_id=partner_of(match, said.author_id),
        rating=said.rating,
        comment=said.comment,
    )
