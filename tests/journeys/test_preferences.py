"""A person says on their Home tab when they want to hear from us."""

from datetime import time

import pytest
from sqlalchemy import select

from core.models import User
from core.services.preferences import preferences_of
from core.uow import SYSTEM
from tests.support.service import Service
from tests.support.story import student

pytestmark = pytest.mark.journey


def test_quiet_hours_and_optional_messages_are_set_from_the_home_tab(service: Service) -> None:
    mia = student(service)
    service.jobs.settle()  # the Home tab is drawn anew for the profile
    mia.open_home().press("Message settings")
    form = mia.wait_modal("Message settings")
    assert form.fill({"Quiet from": "22:00", "Quiet until": "10:00", "Optional messages": []}).submit() == {}
    with service.units.read(SYSTEM) as reading:
        person_id = reading.session.scalars(select(User.id).where(User.slack_user_id == mia.id)).one()
        kept = preferences_of(reading, person_id)
    assert (kept.quiet.start, kept.quiet.end, kept.optional) == (time(22), time(10), False)
