"""What a mentor's no changes for students of that kind, and that it can be computed again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import Batch, Offer
from core.rules.facts import ProfileFacts, RequestFacts
from core.rules.offers import DeclineReason, OfferState
from core.rules.scores import Criterion, CriterionScore
from core.services.candidates import mentor_facts
from core.services.offers import accept_offer, decline_offer
from core.services.people import Person
from core.services.waves import open_wave
from core.taxonomy import BUILT_IN
from core.uow import SYSTEM, Units, member
from matching.declines import lowered
from matching.likeness import Likeness
from matching.replay import recompute
from matching.service import Matcher
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.encoder import HashEncoder

STUDENT = ProfileFacts(UUID(int=1), UUID(int=2), industries=("Biotechnology", "Finance"))
REQUEST = RequestFacts(UUID(int=3), STUDENT, "A plan")
MENTOR = ProfileFacts(UUID(int=4), UUID(int=5))
FOUND = Likeness(0.8, "Biotechnology", "Biotechnology")


@pytest.mark.parametrize(
    ("said_no_to", "share", "named"),
    [
        ((), 0.8, ""),
        (("Education",), 0.8, ""),
        (("biotech",), 0.6, "Biotechnology"),
        (("Finance", "Biotechnology", "Education"), 0.4, "Biotechnology, Finance"),
    ],
)
def test_expertise_counts_half_for_the_industries_a_mentor_has_declined(
    said_no_to: tuple[str, ...], share: float, named: str
) -> None:
    found = lowered(FOUND, REQUEST, replace(MENTOR, not_my_field=said_no_to))
    assert found is not None
    assert found.share == pytest.approx(share)
    assert found.lowered_for == named


def test_what_cannot_be_compared_is_not_lowered() -> None:
    assert lowered(None, REQUEST, replace(MENTOR, not_my_field=("Finance",))) is None


def test_a_score_stored_before_this_rule_can_be_read() -> None:
    stored = CriterionScore(Criterion.EXPERTISE, 25, 0.8, 20).as_json()
    del stored["lowered_for"]
    assert CriterionScore.from_json(stored).lowered_for == ""


def declined(units: Units, mentor: Person, reason: DeclineReason, **student: Any) -> None:
    make.wave(units, make.request(units, make.student(units, **student)), mentor)
    with units.work(member(mentor.id)) as work:
        newest = select(Offer.id).where(Offer.mentor_id == mentor.id).order_by(Offer.id.desc()).limit(1)
        decline_offer(work, work.session.scalars(newest).one(), reason)


def fields(units: Units, mentor: Person) -> tuple[str, ...]:
    with units.read(SYSTEM) as reading:
        return mentor_facts(reading, [mentor.id])[mentor.id].profile.not_my_field


def test_only_not_my_field_is_remembered_and_for_half_a_year(units: Units) -> None:
    mentor = make.mentor(units)
    for reason in set(DeclineReason) - {DeclineReason.NOT_MY_FIELD}:
        declined(units, mentor, reason)
    assert fields(units, mentor) == ()
    declined(units, mentor, DeclineReason.NOT_MY_FIELD, industries=("Financial services", "Education"))
    assert fields(units, mentor) == ("Education", "Financial services")
    assert fields(later(units, NOON + timedelta(days=183)), mentor) == ()


def test_who_takes_a_student_of_that_kind_after_all_is_in_the_field_again(units: Units) -> None:
    mentor = make.mentor(units)
    declined(units, mentor, DeclineReason.NOT_MY_FIELD, industries=("Financial services", "Education"))
    make.wave(units, make.request(units, make.student(units, industries=("Financial services",))), mentor)
    with units.work(member(mentor.id)) as work:
        open_ = select(Offer.id).where(Offer.state == OfferState.OPEN)
        accept_offer(work, work.session.scalars(open_).one())
    assert fields(units, mentor) == ("Education",)


def test_the_next_student_of_that_kind_goes_to_others_first_and_a_replay_agrees(units: Units) -> None:
    encoder = HashEncoder()
    matcher = Matcher(units, encoder)
    first, second = make.mentor(units), make.mentor(units)
    first, second = sorted((first, second), key=lambda one: one.id)
    student = make.student(units, industries=("Financial services",))

    def found() -> list[UUID]:
        return [each.mentor_id for each in matcher.find(request_id).proposals]

    request_id = make.request(units, student)
    assert found() == [first.id, second.id]
    declined(units, first, DeclineReason.NO_TIME, industries=("Financial services",))
    assert found() == [first.id, second.id]
    declined(units, first, DeclineReason.NOT_MY_FIELD, industries=("Financial services",))
    proposed = matcher.find(request_id)
    assert [each.mentor_id for each in proposed.proposals] == [second.id, first.id]
    expertise = next(part for part in proposed.proposals[1].criteria if part.criterion is Criterion.EXPERTISE)
    assert expertise.lowered_for == "Financial services"
    with units.work(SYSTEM) as work:
        assert open_wave(work, request_id, proposed.proposals, proposed.provenance)
    declined(units, second, DeclineReason.NOT_MY_FIELD, industries=("Financial services",))
    with units.read(SYSTEM) as reading:
        batch = reading.session.scalars(select(Batch).where(Batch.request_id == request_id)).one()
    assert recompute(batch.inputs, encoder, BUILT_IN) == proposed.proposals
