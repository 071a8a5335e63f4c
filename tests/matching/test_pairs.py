"""Mentors for staff who match by hand: the best who may be asked, and those named with all that speaks against them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.models import Block, MatchingRun, Profile
from core.queue import Job
from core.rules.eligibility import Refusal
from core.rules.errors import NotFound
from core.rules.manual_matches import BEST, Past
from core.rules.offers import DeclineReason
from core.rules.runs import RunState
from core.services.manual_runs import ask_mentors, manual_run
from core.services.matching_runs import asked
from core.services.offers import decline_offer
from core.services.people import Person
from core.taxonomy import BUILT_IN
from core.uow import SYSTEM, Units, admin, member
from matching.replay import recompute
from matching.service import Matcher
from tasks.runs import do_run
from tasks.runtime import Runtime
from tests.conftest import NOON
from tests.core.services.test_offers import offer_of
from tests.support import factories as make
from tests.support.encoder import HashEncoder


@pytest.fixture
def matcher(units: Units) -> Matcher:
    return Matcher(units, HashEncoder())


def test_a_student_without_a_request_is_scored_by_their_profile(units: Units, matcher: Matcher) -> None:
    student = make.student(units, skills=("Python", "Genomics"))
    far, near = make.mentor(units, skills=("Sewing",)), make.mentor(units, skills=("Python", "Genomics"))
    pairs = matcher.pairs(student.id)
    assert [pair.proposal.mentor_id for pair in pairs.found] == [near.id, far.id]
    assert pairs.request_id is None


def test_the_score_is_the_one_that_an_offer_would_have(units: Units, matcher: Matcher) -> None:
    student = make.student(units)
    for _ in range(BEST + 2):
        make.mentor(units)
    request_id = make.request(units, student)
    pairs = matcher.pairs(student.id)
    assert pairs.request_id == request_id
    assert [pair.proposal for pair in pairs.found] == list(matcher.find(request_id, BEST).proposals)


def test_who_may_not_be_asked_is_left_out_unless_named_and_then_says_why(units: Units, matcher: Matcher) -> None:
    student, full = make.student(units), make.mentor(units, max_mentees=1)
    make.match(units, make.student(units), full)
    with units.work(SYSTEM) as work:
        work.session.add(Block(user_id=student.id, other_id=full.id))
        until = {"paused_until": NOON + timedelta(days=1)}
        work.session.execute(update(Profile).where(Profile.user_id == full.id).values(until))
    assert matcher.pairs(student.id).found == ()
    (pair,) = matcher.pairs(student.id, [full.id]).found
    assert pair.objections == (Refusal.NO_ROOM, Refusal.PAUSED, Past.APART)
    assert pair.proposal.score > 0


def test_who_had_no_time_is_proposed_again_and_who_said_no_is_not(units: Units, matcher: Matcher) -> None:
    student, busy, other = make.student(units), make.mentor(units), make.mentor(units)
    make.wave(units, make.request(units, student), busy, other)
    for mentor, reason in ((busy, DeclineReason.NO_TIME), (other, DeclineReason.OTHER)):
        with units.work(member(mentor.id)) as work:
            decline_offer(work, offer_of(units, mentor), reason)
    assert [pair.proposal.mentor_id for pair in matcher.pairs(student.id).found] == [busy.id]


def test_a_wanted_mentor_is_looked_at_and_oneself_is_not(units: Units, matcher: Matcher) -> None:
    student = make.student(units)
    assert matcher.pairs(student.id, [student.id]).found == ()
    with pytest.raises(NotFound):
        matcher.pairs(make.mentor(units).id)


@pytest.fixture
def ada(units: Units) -> Person:
    return make.person(units, "Ada Staff", is_admin=True)


@pytest.fixture
def runtime(units: Units, matcher: Matcher) -> Runtime:
    class Shared:
        def __init__(self) -> None:
            self.units, self.matcher = units, matcher

    return Shared()  # type: ignore[return-value]


def test_a_run_is_kept_once_with_what_it_was_computed_from(units: Units, ada: Person, runtime: Runtime) -> None:
    student, mentor = make.student(units), make.mentor(units)
    with units.work(admin(ada.id)) as work:
        run_id = ask_mentors(work, student.id, [mentor.id])
        assert (Job.RUN, (str(run_id),)) in work.jobs
    do_run(runtime, run_id)
    do_run(runtime, run_id)
    with units.read(admin(ada.id)) as reading:
        found = manual_run(reading, run_id)
        outcome = reading.session.scalars(select(MatchingRun.outcome)).one()
        assert asked(reading, run_id) is None
    assert found.state is RunState.READY
    (scored,) = found.mentors
    assert scored.is_possible
    assert scored.facts
    (again,) = recompute(outcome["inputs"], HashEncoder(), BUILT_IN)
    assert (again.mentor_id, again.score, again.criteria) == (mentor.id, scored.score, scored.criteria)
    assert (outcome["model"], outcome["weights_version"], outcome["considered"]) == ("hash", 0, 1)


def test_a_run_for_somebody_without_a_profile_says_so(units: Units, ada: Person, runtime: Runtime) -> None:
    student = make.student(units)
    with units.work(admin(ada.id)) as work:
        run_id = ask_mentors(work, student.id)
    with units.work(SYSTEM) as work:
        work.session.delete(work.session.scalars(select(Profile)).one())
    do_run(runtime, run_id)
    with units.read(admin(ada.id)) as reading:
        found = manual_run(reading, run_id)
    assert found.state is RunState.FAILED
    assert "no profile" in found.failure
