"""A member of staff at a browser, and a programme to look at."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from core.config import Settings
from core.services.people import Person
from core.uow import Units
from tests.support import factories as make
from tests.support.staff import signed_in


@pytest.fixture
def ada(units: Units) -> Person:
    return make.person(units, "Ada Staff", is_admin=True)


@pytest.fixture
def desk(settings: Settings, units: Units, ada: Person) -> TestClient:
    """Ada's browser."""
    return signed_in(settings, units, ada)


@dataclass
class Programme:
    """One of everything."""

    student: Person
    mentor: Person
    waiting: Person
    match_id: UUID


@pytest.fixture
def programme(units: Units) -> Programme:
    mia, kim, zoe = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder"), make.student(units, "Zoe Lind")
    make.wave(units, make.request(units, zoe), kim)
    return Programme(mia, kim, zoe, make.match(units, mia, kim, score=81.25))
