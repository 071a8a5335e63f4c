"""What went out can be computed again."""

import pytest
from sqlalchemy import select

from core.models import Batch
from core.services.batches import stored_batch
from core.uow import SYSTEM
from matching.replay import compare
from tests.support.encoder import HashEncoder
from tests.support.service import Service
from tests.support.story import MENTOR, ask, mentors, offer, student, tell

pytestmark = pytest.mark.journey


def test_a_wave_is_the_same_after_the_mentors_have_changed(service: Service) -> None:
    mia, asked = student(service), mentors(service, "Kim Alder", "Lee Birch", "Noor Cedar")
    ask(mia)
    for one in asked:
        offer(one)
        tell(one, MENTOR | {"Headline": "A baker now", "Technical skills": ["Baking"]})
    service.jobs.settle()
    with service.units.read(SYSTEM) as reading:
        batch = stored_batch(reading, reading.session.scalars(select(Batch.id)).one())
    comparison = compare(batch, HashEncoder())
    assert comparison.same
    assert [batch.names[line.mentor_id] for line in comparison.lines if line.offered] == [
        batch.names[proposal.mentor_id] for proposal in batch.offers
    ]
