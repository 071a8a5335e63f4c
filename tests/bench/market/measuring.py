"""What the weeks showed, by the figures that staff read, and how the direct asks were spread."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from uuid import UUID

from sqlalchemy import select

from core.models import Question, QuestionClaim, QuestionReferral
from core.rules.referrals import MOST_ASKED
from core.services.question_reports import QuestionStats, question_stats
from core.uow import SYSTEM
from tests.bench.market.fortnight import Fortnight

BUSIEST = 3


@dataclass(frozen=True)
class Referrals:
    """Direct asks: how many, how many of these mentors claimed, how many knew, and how they were spread."""

    asked: int
    questions: int
    claimed: int
    known: int
    hours_to_claim: float | None  # median, from the ask
    mentors: int  # who were asked at all
    most: int  # asks of the one who was asked most
    busiest: float  # share of the three who were asked most


@dataclass(frozen=True)
class Outcome:
    """One run."""

    stats: QuestionStats
    referrals: Referrals
    broken: tuple[str, ...]


def measure(weeks: Fortnight) -> Outcome:
    """Read it from the database."""
    with weeks.units.read(SYSTEM) as reading:
        referrals = list(reading.session.scalars(select(QuestionReferral).order_by(QuestionReferral.id)))
        claims = list(reading.session.scalars(select(QuestionClaim).order_by(QuestionClaim.claimed_at)))
        questions = {one.id: one for one in reading.session.scalars(select(Question))}
        stats = question_stats(reading)
    return Outcome(stats, _referrals(weeks, referrals, claims), tuple(_broken(weeks, questions, referrals, claims)))


def _referrals(weeks: Fortnight, rows: list[QuestionReferral], claims: list[QuestionClaim]) -> Referrals:
    taken = [
        (claim.claimed_at - row.referred_at).total_seconds() / 3600
        for row in rows
        for claim in claims
        if (claim.question_id, claim.mentor_id) == (row.question_id, row.mentor_id)
        and claim.claimed_at >= row.referred_at
    ]
    times: dict[UUID, int] = {}
    for row in rows:
        times[row.mentor_id] = times.get(row.mentor_id, 0) + 1
    busiest = sorted(times.values(), reverse=True)[:BUSIEST]
    return Referrals(
        asked=len(rows),
        questions=len({row.question_id for row in rows}),
        claimed=len(taken),
        known=sum(_knows(weeks, row) for row in rows),
        hours_to_claim=median(taken) if taken else None,
        mentors=len(times),
        most=max(busiest, default=0),
        busiest=sum(busiest) / len(rows) if rows else 0.0,
    )


def _knows(weeks: Fortnight, row: QuestionReferral) -> bool:
    play = weeks.play
    mentor = next(number for number, person in play.mentors.items() if person.id == row.mentor_id)
    return play.market.knows(play.market.mentors[mentor], play.asked[row.question_id])


def _broken(
    weeks: Fortnight,
    questions: Mapping[UUID, Question],
    referrals: list[QuestionReferral],
    claims: list[QuestionClaim],
) -> list[str]:
    """Promises that must hold whatever people do."""
    broken = [f"a job failed: {name}: {failure!r}" for name, failure in weeks.failures.items()]
    for question in questions.values():
        asked = [row for row in referrals if row.question_id == question.id]
        turns = sorted((one for one in claims if one.question_id == question.id), key=lambda one: one.claimed_at)
        if len(asked) > MOST_ASKED or len({row.referred_at for row in asked}) > 1:
            broken.append(f"{question.id}: referred more than once, or to more than three")
        if any(row.mentor_id == question.student_id for row in asked):
            broken.append(f"{question.id}: its student was asked")
        if any(
            turn.mentor_id == row.mentor_id and turn.claimed_at < row.referred_at for row in asked for turn in turns
        ):
            broken.append(f"{question.id}: somebody was asked who had had it")
        if any(one.ended_at is None or one.ended_at > other.claimed_at for one, other in pairwise(turns)):
            broken.append(f"{question.id}: two had it at once")
    return broken
