"""The same stories as over HTTP, told over a socket that the service opens."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.config import Settings
from core.uow import Units
from tests.journeys.test_main_job import (
    test_a_request_becomes_a_match,
    test_a_stale_click_is_told_how_it_stands,
    test_declining_asks_for_a_reason_and_moves_on,
)
from tests.journeys.test_profiles import test_errors_stand_at_their_field_and_nothing_is_lost
from tests.support.service import Service, running

pytestmark = pytest.mark.journey

__all__ = [
    "test_a_request_becomes_a_match",
    "test_a_stale_click_is_told_how_it_stands",
    "test_declining_asks_for_a_reason_and_moves_on",
    "test_errors_stand_at_their_field_and_nothing_is_lost",
]


@pytest.fixture
def service(settings: Settings, units: Units, tmp_path: Path) -> Iterator[Service]:
    with running(settings, units, tmp_path, socket_mode=True) as service:
        yield service
