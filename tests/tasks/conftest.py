"""A courier, and what it meets."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from core.config import Settings
from core.notifications import Kind
from core.services.people import Person
from core.uow import Units
from tasks import mailing
from tests.support import factories as make
from tests.support.deliveries import Courier, Letters
from tests.support.queues import Recorded
from tests.support.slack import ScriptedSlack


@pytest.fixture
def slack() -> ScriptedSlack:
    return ScriptedSlack()


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Letters:
    taken = Letters()
    monkeypatch.setattr(mailing, "send_mail", taken.send)
    return taken


@pytest.fixture
def courier(settings: Settings, units: Units, queue: Recorded, slack: ScriptedSlack) -> Iterator[Courier]:
    one = Courier(settings, units, queue, slack)
    yield one
    one.end()


@pytest.fixture
def mentor(units: Units) -> Person:
    return make.mentor(units, "Kim Alder")


@pytest.fixture
def offer_id(units: Units, courier: Courier, mentor: Person) -> UUID:
    """An offer to the mentor, alone in the outbox."""
    make.wave(units, make.request(units, make.student(units, "Mia Tan")), mentor)
    found = courier.row(Kind.OFFER)
    courier.only(found.id)
    return found.id
