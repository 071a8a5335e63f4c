"""People, profiles and requests for tests, made by the services that serve real people."""

from dataclasses import replace
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.models import Ask, Match, Profile, Question, QuestionClaim, new_id
from core.rules.checkins import AskKind, AskState
from core.rules.facts import Proposal
from core.rules.matches import MatchState, Origin
from core.rules.profiles import ProfileAnswers
from core.rules.questions import SILENT_AFTER, QuestionState
from core.rules.roles import Meet, Role
from core.rules.scores import DEFAULT_WEIGHTS, CriterionScore
from core.rules.wishes import Wish
from core.services.people import Person, SlackIdentity, remember
from core.services.profiles import save_profile
from core.services.requests import request_mentor
from core.services.waves import Provenance, open_wave
from core.uow import SYSTEM, Reading, Units, member

TEAM = "T0TEST"
_numbers = count(1)

STUDENT = ProfileAnswers(
    role=Role.STUDENT,
    headline="Biology student who codes",
    goals="I want to work on data in drug discovery.",
    industries=("Biotechnology",),
    research=("Genomics",),
    skills=("Python", "Machine learning"),
    location="Rotterdam",
    meet=(Meet.VIDEO,),
    languages=("English",),
)
MENTOR = replace(
    STUDENT,
    role=Role.MENTOR,
    headline="Data scientist in pharma",
    goals="Finding a first job in drug discovery.",
    max_mentees=2,
)
WISH = Wish("A plan for my first two years, and honest feedback.")
PROVENANCE = Provenance(model="test", weights_version=0, index_version="test", inputs={})


def person(units: Units, name: str = "", **known: Any) -> Person:
    """Somebody with a Slack account; `is_admin=True` makes staff."""
    number = next(_numbers)
    name = name or f"Person {number}"
    identity = SlackIdentity(TEAM, f"U{number:06}", name, f"person{number}@example.org", "Europe/Amsterdam")
    with units.work(SYSTEM) as work:
        return remember(work, replace(identity, **known))


def student(units: Units, name: str = "", **answers: Any) -> Person:
    """A student with a profile."""
    return _with_profile(units, name, replace(STUDENT, **answers))


def mentor(units: Units, name: str = "", **answers: Any) -> Person:
    """A mentor with a profile."""
    return _with_profile(units, name, replace(MENTOR, **answers))


def _with_profile(units: Units, name: str, answers: ProfileAnswers) -> Person:
    made = person(units, name)
    with units.work(member(made.id)) as work:
        save_profile(work, made.id, answers)
    return made


def request(units: Units, asking: Person, wish: Wish = WISH) -> UUID:
    """An open request of this student."""
    with units.work(member(asking.id)) as work:
        return request_mentor(work, asking.id, wish)


def proposal(mentor_id: UUID, share: float = 0.8) -> Proposal:
    """A mentor found, with the same share of every criterion."""
    criteria = tuple(
        CriterionScore(criterion, weight, share, weight * share, "drug discovery", "drug discovery")
        for criterion, weight in DEFAULT_WEIGHTS.items()
    )
    return Proposal(mentor_id, 100 * share, criteria)


def wave(units: Units, request_id: UUID, *mentors: Person) -> None:
    """Ask these mentors about a request, in this order."""
    with units.work(SYSTEM) as work:
        assert open_wave(work, request_id, [proposal(one.id) for one in mentors], PROVENANCE)


def match(units: Units, student: Person, mentor: Person, **known: Any) -> UUID:
    """A running match of these two, begun now, without offers before it."""
    with units.work(SYSTEM) as work:
        usual = {"origin": Origin.MANUAL, "state": MatchState.ACTIVE, "criteria": [], "started_at": work.now}
        made = Match(student_id=student.id, mentor_id=mentor.id, **usual | known)
        work.session.add(made)
        work.session.flush()
        return made.id


def ask(units: Units, match_id: UUID, person: Person, **known: Any) -> UUID:
    """What this person is asked about a match at present: a check-in on a sheet of its own."""
    with units.work(SYSTEM) as work:
        usual = {"kind": AskKind.CHECK_IN, "slot": "day 7", "state": AskState.ASKED, "sheet_id": new_id()}
        times = {"due_at": work.now, "asked_at": work.now}
        made = Ask(match_id=match_id, person_id=person.id, **usual | times | known)
        work.session.add(made)
        work.session.flush()
        return made.id


def question(units: Units, student: Person, **known: Any) -> UUID:
    """An open question of this student, without a card in the channel."""
    with units.work(SYSTEM) as work:
        usual = {"question": "How do I read an offer letter?", "topics": ["Law"], "state": QuestionState.OPEN}
        times = {"created_at": work.now, "posted_at": work.now, "opened_at": work.now}
        made = Question(student_id=student.id, **usual | times | known)
        work.session.add(made)
        work.session.flush()
        return made.id


def claim(units: Units, question_id: UUID, mentor: Person) -> UUID:
    """This mentor has just claimed an open question; nobody is told."""
    with units.work(SYSTEM) as work:
        asked = work.session.get_one(Question, question_id)
        asked.state, asked.claimer_id = QuestionState.CLAIMED, mentor.id
        made = QuestionClaim(
            question_id=question_id, mentor_id=mentor.id, claimed_at=work.now, remind_at=work.now + SILENT_AFTER
        )
        work.session.add(made)
        work.session.flush()
        return made.id


def profile_row(reading: Reading, mentor: Person) -> Profile:
    """A mentor's profile as it is stored."""
    return reading.session.scalars(
        select(Profile).where(Profile.user_id == mentor.id, Profile.role == Role.MENTOR)
    ).one()
