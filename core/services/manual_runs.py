"""Mentors for one student, asked of a matching worker by staff, and read once they are found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.models import Match, MatchingRun, ProposedPair, User
from core.rules.eligibility import Refusal
from core.rules.errors import DomainError, NotFound
from core.rules.facts import MentorFacts
from core.rules.manual_matches import MAY_OVERRULE, Past
from core.rules.matches import require_live
from core.rules.roles import Role
from core.rules.runs import RunKind, RunState
from core.rules.scores import CriterionScore
from core.services.candidates import mentor_facts
from core.services.matching_runs import ask_run
from core.services.people import by_id, has_profile
from core.uow import Reading, Work

NAMED, ANSWER_TO = "named", "answer_to"


class NotAStudent(DomainError):
    """Nobody who takes part as a student; `name` says who."""

    code = "not_a_student"


class NotAMentor(DomainError):
    """Nobody who takes part as a mentor; `name` says who."""

    code = "not_a_mentor"


@dataclass(frozen=True)
class ScoredMentor:
    """A mentor whom a run looked at. Places, offers and pause are as they are now, the rest as it was found."""

    mentor_id: UUID
    name: str
    score: float
    criteria: tuple[CriterionScore, ...]
    objections: tuple[Refusal | Past, ...]
    facts: MentorFacts | None

    @property
    def is_possible(self) -> bool:
        """Whether staff can match this mentor, if perhaps only by overruling something."""
        return self.facts is not None and all(each in MAY_OVERRULE for each in self.objections)


@dataclass(frozen=True)
class ManualRun:
    """A run as staff look at it. `former`: the mentor of the match that it is to follow."""

    id: UUID
    state: RunState
    failure: str
    student_id: UUID
    student_name: str
    asks: bool  # whether the student has a request behind it
    match_id: UUID | None
    former: str
    named: tuple[UUID, ...]
    mentors: tuple[ScoredMentor, ...]
    answer_to: str = ""

    def mentor(self, mentor_id: UUID) -> ScoredMentor:
        """The mentor with this id. Raises `NotFound` for one whom the run did not look at."""
        for one in self.mentors:
            if one.mentor_id == mentor_id:
                return one
        raise NotFound(mentor_id=mentor_id)


def ask_mentors(
    work: Work,
    student_id: UUID,
    named: Sequence[UUID] = (),
    *,
    match_id: UUID | None = None,
    answer_to: str = "",
) -> UUID:
    """Ask a worker for mentors for a student; those named are looked at too. With a match, for one that follows it.

    `answer_to` is where Slack takes the answer. Raises `NotAStudent`, `NotAMentor`, `MatchOver` or `NotFound`.
    """
    require_role(work, student_id, Role.STUDENT, NotAStudent)
    for mentor_id in named:
        require_role(work, mentor_id, Role.MENTOR, NotAMentor)
    if match_id:
        match = work.session.get(Match, match_id)
        if match is None or match.student_id != student_id:
            raise NotFound(match_id=match_id)
        require_live(match.state)
    params: dict[str, Any] = {NAMED: [str(each) for each in named]} | ({ANSWER_TO: answer_to} if answer_to else {})
    return ask_run(work, RunKind.MANUAL, params, student_id=student_id, match_id=match_id)


def require_role(reading: Reading, person_id: UUID, role: Role, refusal: type[NotAStudent | NotAMentor]) -> None:
    """Refuse somebody who does not take part in this role. Raises `NotFound` for nobody."""
    person = by_id(reading, person_id)
    if not person.is_active or not has_profile(reading, person_id, role):
        raise refusal(name=person.name)


def manual_run(reading: Reading, run_id: UUID) -> ManualRun:
    """A run for one student, with whoever was found, best first. Raises `NotFound`."""
    run = reading.session.get(MatchingRun, run_id)
    if run is None or run.kind is not RunKind.MANUAL or run.student_id is None:
        raise NotFound(run_id=run_id)
    pairs = reading.session.scalars(
        select(ProposedPair)
        .where(ProposedPair.run_id == run.id)
        .order_by(ProposedPair.score.desc(), ProposedPair.mentor_id)
    ).all()
    former = select(User.name).join(Match, Match.mentor_id == User.id).where(Match.id == run.match_id)
    return ManualRun(
        id=run.id,
        state=run.state,
        failure=run.failure,
        student_id=run.student_id,
        student_name=by_id(reading, run.student_id).name,
        asks=any(pair.request_id for pair in pairs),
        match_id=run.match_id,
        former=reading.session.scalar(former) or "",
        named=tuple(map(UUID, run.params.get(NAMED, ()))),
        mentors=_scored(reading, pairs),
        answer_to=str(run.params.get(ANSWER_TO, "")),
    )


def _scored(reading: Reading, pairs: Sequence[ProposedPair]) -> tuple[ScoredMentor, ...]:
    ids = [pair.mentor_id for pair in pairs]
    facts = mentor_facts(reading, ids)
    names = {row.id: row.name for row in reading.session.execute(select(User.id, User.name).where(User.id.in_(ids)))}
    return tuple(
        ScoredMentor(
            pair.mentor_id,
            names[pair.mentor_id],
            pair.score,
            tuple(map(CriterionScore.from_json, pair.criteria)),
            tuple(map(objection, pair.refusals)),
            facts.get(pair.mentor_id),
        )
        for pair in pairs
    )


def objection(stored: str) -> Refusal | Past:
    """What speaks against a pair, as it is kept with it."""
    return Past(stored) if stored in set(Past) else Refusal(stored)
