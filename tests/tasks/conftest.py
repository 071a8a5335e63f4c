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
from tests.support.receiver import receiving
from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxes import served, settings_for
from tests.support.slack import ScriptedSlack
from tests.support.wired import Somebody, Wired


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


# --- over the wire: one sandbox for all


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxClient]:
    manifest = {"display_information": {"name": "Ithaca"}, "features": {"bot_user": {"display_name": "ithaca"}}}
    with (
        receiving() as app,
        served(settings_for(tmp_path_factory.mktemp("sandbox"), app.url, manifest)) as running,
        SandboxClient(running.url) as client,
    ):
        yield client


@pytest.fixture
def worker(settings: Settings, units: Units, queue: Recorded, workspace: SandboxClient) -> Iterator[Wired]:
    made = Wired(settings, units, queue, workspace)
    yield made
    made.end()
    made.goes_well()


@pytest.fixture
def mia(worker: Wired) -> Somebody:
    return worker.student("Mia Tan")


@pytest.fixture
def kim(worker: Wired) -> Somebody:
    return worker.mentor("Kim Alder")


@pytest.fixture
def lee(worker: Wired) -> Somebody:
    return worker.mentor("Lee Vos")
