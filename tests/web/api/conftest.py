"""A key to everything, and a client that sends it."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from app.web import create_app
from core.config import Settings
from core.rules.roles import Role
from core.rules.scopes import Scope
from core.services.people import Person, grant_role
from core.services.tokens import create_token
from core.uow import SYSTEM, Units
from tests.support import factories as make

KeyFor = Callable[..., str]


@pytest.fixture
def staff(units: Units) -> Person:
    """Somebody on staff."""
    person = make.person(units, name="Sam Staff")
    with units.work(SYSTEM) as work:
        grant_role(work, person.id, Role.ADMIN)
    return person


@pytest.fixture
def key_for(units: Units, staff: Person) -> KeyFor:
    """Makes a key with some scopes."""

    def made(*scopes: Scope) -> str:
        with units.work(SYSTEM) as work:
            return create_token(work, staff.id, "Tests", [scope.value for scope in scopes])[1]

    return made


@pytest.fixture
def anonymous(settings: Settings, units: Units) -> TestClient:
    """The API without a key."""
    return TestClient(create_app(settings, units), base_url="http://testserver/api/v1")


@pytest.fixture
def client(anonymous: TestClient, key_for: KeyFor) -> TestClient:
    """The API with a key to everything."""
    anonymous.headers["Authorization"] = f"Bearer {key_for(*Scope)}"
    return anonymous
