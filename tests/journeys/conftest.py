"""The service with a sandbox, for whole stories."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.config import Settings
from core.uow import Units
from tests.support.service import Service, running


@pytest.fixture
def service(settings: Settings, units: Units, tmp_path: Path) -> Iterator[Service]:
    with running(settings, units, tmp_path) as service:
        yield service
