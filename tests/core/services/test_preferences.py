"""What a person wants to hear, and when."""

from datetime import time

from core.models import User
from core.rules.attention import QuietHours
from core.services.preferences import mute, preferences_of, set_quiet_hours
from core.uow import Units, member
from tests.support import factories as make

NIGHT = QuietHours(time(21), time(9))


def test_two_wishes_at_the_same_moment_both_hold(units: Units) -> None:
    person = make.person(units)
    with units.work(member(person.id)) as form:
        seen = form.session.get_one(User, person.id)
        with units.work(member(person.id)) as link:
            mute(link, person.id)
        set_quiet_hours(form, seen.id, NIGHT)
    with units.read(member(person.id)) as reading:
        found = preferences_of(reading, person.id)
    assert (found.optional, found.quiet) == (False, NIGHT)
