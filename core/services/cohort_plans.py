"""A matched intake as staff look at it: who is to get whom, what it comes to, and who is left over and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from core.models import Cohort, MatchingRun, ProposedPair, Request, User
from core.rules.cohorts import PublishAs, Totals
from core.rules.errors import NotFound
from core.rules.runs import RunKind, RunState
from core.rules.scores import CriterionScore
from core.services.cohort_runs import Wanted, requests_in, totals_now
from core.services.intakes import intake_mentors
from core.services.proposed_pairs import TO_DO
from core.uow import Reading

PAGE = 50
MOST_RUNS = 20
student, mentor = aliased(User, name="student"), aliased(User, name="mentor")


class Only(StrEnum):
    """Which students of a plan are shown."""

    ALL = "all"
    CHOSEN = "chosen"  # who get a mentor
    LEFT = "left"  # who get none, though somebody would fit
    LEFT_OUT = "left out"  # whose pair did not hold any more when it was published


class Order(StrEnum):
    """By what they are sorted."""

    STUDENT = "student"
    MENTOR = "mentor"
    BEST = "best"
    WORST = "worst"


@dataclass(frozen=True)
class Shown:
    """A part of a plan: what is searched for, which students, in which order, and which page of them."""

    typed: str = ""
    only: Only = Only.ALL
    order: Order = Order.STUDENT
    page: int = 1


@dataclass(frozen=True)
class PlanRow:
    """A student of a plan, with the mentor who is chosen, if one is, and what came of the two."""

    student_id: UUID
    student: str
    mentor_id: UUID | None
    mentor: str | None
    score: float | None
    match_id: UUID | None
    offer_id: UUID | None
    left_out: list[str]


@dataclass(frozen=True)
class Published:
    """What a plan became, as far as it is done."""

    how: PublishAs
    by: str
    why: str
    pairs: int
    done: int
    left_out: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.done + self.left_out >= self.pairs


@dataclass(frozen=True)
class Plan:
    """A run over a whole intake, as it stands. What was found is empty until a worker has found it."""

    id: UUID
    state: RunState
    cohort_id: UUID | None
    cohort: str | None
    asked_by: str | None
    asked_at: datetime
    include_offered: bool
    failure: str
    outcome: Mapping[str, Any]
    now: Totals
    published: Published | None

    @property
    def found(self) -> tuple[Totals, Totals]:
        """What the best total came to when it was found, and what taking the best pair first would have."""
        return Totals.from_json(self.outcome["optimum"]), Totals.from_json(self.outcome["greedy"])


@dataclass(frozen=True)
class Option:
    """A mentor kept for a student."""

    mentor_id: UUID
    name: str
    score: float
    criteria: tuple[CriterionScore, ...]
    chosen: bool
    in_plan: int  # students who are to get this mentor
    places: int  # for this intake, as they are now


@dataclass(frozen=True)
class StudentInPlan:
    """One student of a plan, with the mentors kept for them."""

    student_id: UUID
    name: str
    wish: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> Option | None:
        """Who is chosen now."""
        return next((option for option in self.options if option.chosen), None)


@dataclass(frozen=True)
class Nobody:
    """A student whom no mentor may meet, and how many mentors each rule takes from them."""

    student_id: UUID
    student: str
    refused: Mapping[str, int]


def plans(reading: Reading, cohort_id: UUID | None = None) -> list[Plan]:
    """The newest runs, of one cohort or of all."""
    of_it = () if cohort_id is None else (MatchingRun.cohort_id == cohort_id,)
    newest = _runs(*of_it).order_by(MatchingRun.created_at.desc(), MatchingRun.id.desc()).limit(MOST_RUNS)
    return [_plan(row, Totals(0, 0), None) for row in reading.session.execute(newest)]


def plan_of(reading: Reading, run_id: UUID) -> Plan:
    """One run with all that stands above its table. Raises `NotFound`."""
    row = reading.session.execute(_runs(MatchingRun.id == run_id)).one_or_none()
    if row is None:
        raise NotFound(run_id=run_id)
    return _plan(row, totals_now(reading, run_id), _published(reading, row.MatchingRun))


def plan_rows(reading: Reading, run_id: UUID, shown: Shown) -> tuple[list[PlanRow], int]:
    """A page of a plan's students, and how many there are in all."""
    one_each = (
        select(ProposedPair)
        .where(ProposedPair.run_id == run_id)
        .ext(distinct_on(ProposedPair.student_id))
        .order_by(ProposedPair.student_id, ProposedPair.chosen.desc(), ProposedPair.id)
        .subquery()
    )
    pair = aliased(ProposedPair, one_each)
    found = (
        select(
            student.id.label("student_id"),
            student.name.label("student"),
            mentor.id.label("mentor_id"),
            mentor.name.label("mentor"),
            case((pair.chosen, pair.score)).label("score"),
            pair.match_id,
            pair.offer_id,
            pair.refusals.label("left_out"),
        )
        .join(student, student.id == pair.student_id)
        .outerjoin(mentor, (mentor.id == pair.mentor_id) & pair.chosen)
        .where(*_only(pair, shown))
    )
    count = reading.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    page = found.order_by(*_order(pair, shown.order), student.id).limit(PAGE).offset((shown.page - 1) * PAGE)
    return [PlanRow(**row._mapping) for row in reading.session.execute(page)], count


def student_in_plan(reading: Reading, run_id: UUID, student_id: UUID) -> StudentInPlan:
    """A student with the mentors kept for them, best first, and how many others each is to get. Raises `NotFound`."""
    other = aliased(ProposedPair)
    in_plan = (
        select(func.count())
        .where(other.run_id == run_id, other.mentor_id == ProposedPair.mentor_id, other.chosen)
        .correlate(ProposedPair)
        .scalar_subquery()
    )
    rows = reading.session.execute(
        select(ProposedPair, student.name, mentor.name, Request.wish, in_plan)
        .join(student, student.id == ProposedPair.student_id)
        .join(mentor, mentor.id == ProposedPair.mentor_id)
        .outerjoin(Request, Request.id == ProposedPair.request_id)
        .where(ProposedPair.run_id == run_id, ProposedPair.student_id == student_id)
        .order_by(ProposedPair.score.desc(), ProposedPair.mentor_id)
    ).all()
    if not rows:
        raise NotFound(run_id=run_id)
    mentors = intake_mentors(reading, requests_in(reading, run_id), [row.ProposedPair.mentor_id for row in rows])
    options = tuple(
        Option(
            mentor_id=pair.mentor_id,
            name=name,
            score=pair.score,
            criteria=tuple(map(CriterionScore.from_json, pair.criteria)),
            chosen=pair.chosen,
            in_plan=number,
            places=mentors[pair.mentor_id][1] if pair.mentor_id in mentors else 0,
        )
        for pair, _, name, _, number in rows
    )
    return StudentInPlan(student_id, rows[0][1], rows[0][3] or "", options)


def nobody_for(reading: Reading, plan: Plan) -> list[Nobody]:
    """The students of a plan whom no mentor may meet."""
    found: Sequence[Mapping[str, Any]] = plan.outcome.get("nobody", ())
    refused = {UUID(one["student"]): one["refused"] for one in found}
    rows = reading.session.execute(select(User.id, User.name).where(User.id.in_(refused)).order_by(User.name, User.id))
    return [Nobody(id_, name, refused[id_]) for id_, name in rows]


def _runs(*which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(MatchingRun, Cohort.name, User.name)
        .outerjoin(Cohort, Cohort.id == MatchingRun.cohort_id)
        .outerjoin(User, User.id == MatchingRun.asked_by_id)
        .where(MatchingRun.kind == RunKind.COHORT, *which)
    )


def _plan(row: Any, now: Totals, published: Published | None) -> Plan:
    run, cohort, asked_by = row
    return Plan(
        id=run.id,
        state=run.state,
        cohort_id=run.cohort_id,
        cohort=cohort,
        asked_by=asked_by,
        asked_at=run.created_at,
        include_offered=Wanted.from_json(run.params).include_offered,
        failure=run.failure,
        outcome=run.outcome,
        now=now,
        published=published,
    )


def _published(reading: Reading, run: MatchingRun) -> Published | None:
    told = run.outcome.get("published")
    if told is None:
        return None
    chosen = select(func.count()).where(ProposedPair.run_id == run.id, ProposedPair.chosen)
    pairs = reading.session.scalar(chosen) or 0
    to_do = reading.session.scalar(chosen.where(*TO_DO)) or 0
    left_out = reading.session.scalar(chosen.where(func.cardinality(ProposedPair.refusals) > 0)) or 0
    by = reading.session.scalar(select(User.name).where(User.id == UUID(told["by"]))) if told["by"] else None
    return Published(PublishAs(told["as"]), by or "staff", told["why"], pairs, pairs - to_do - left_out, left_out)


def _only(pair: type[ProposedPair], shown: Shown) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = []
    if shown.typed:
        which.append(or_(*(name.icontains(shown.typed, autoescape=True) for name in (student.name, mentor.name))))
    match shown.only:
        case Only.CHOSEN:
            which.append(pair.chosen.is_(True))
        case Only.LEFT:
            which.append(pair.chosen.is_(False))
        case Only.LEFT_OUT:
            which.append(func.cardinality(pair.refusals) > 0)
        case Only.ALL:
            pass
    return which


def _order(pair: type[ProposedPair], order: Order) -> tuple[ColumnElement[Any], ...]:
    score = case((pair.chosen, pair.score))
    match order:
        case Order.STUDENT:
            return (student.name.asc(),)
        case Order.MENTOR:
            return mentor.name.asc().nulls_last(), student.name.asc()
        case Order.BEST:
            return score.desc().nulls_last(), student.name.asc()
        case Order.WORST:
            return score.asc().nulls_first(), student.name.asc()
