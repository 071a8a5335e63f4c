"""People are remembered once, by their account or their e-mail."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from core.models import User
from core.rules.roles import PersonState, Role
from core.services.people import Person, SlackIdentity, by_slack, grant_role, remember, remember_by_mail
from core.uow import SYSTEM, Units
from tests.support import factories as make

KIM = SlackIdentity("T1", "U1", "Kim Alder", "kim@example.org", "Asia/Seoul")


def meet(units: Units, identity: SlackIdentity = KIM) -> Person:
    with units.work(SYSTEM) as work:
        return remember(work, identity)


def how_many(units: Units) -> int:
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(select(func.count()).select_from(User)).one()


def test_an_account_that_comes_again_is_the_same_person_with_what_changed(units: Units) -> None:
    first = meet(units)
    again = meet(units, replace(KIM, name="Kim Aldersen", active=False))
    assert (again.id, again.name) == (first.id, "Kim Aldersen")
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(User, first.id).state is PersonState.LEFT


def test_the_same_account_met_many_times_at_once_is_one_person(units: Units) -> None:
    with ThreadPoolExecutor(12) as pool:
        found = {person.id for person in pool.map(lambda _: meet(units), range(24))}
    assert len(found) == how_many(units) == 1


def test_somebody_imported_by_e_mail_is_linked_to_the_account(units: Units) -> None:
    with units.work(SYSTEM) as work:
        work.session.add(User(name="Kim", email="KIM@example.org", roles=["mentor"]))
    linked = meet(units)
    assert how_many(units) == 1
    assert linked.slack_user_id == "U1"
    assert linked.roles == {Role.MENTOR}


def test_an_address_that_another_account_has_by_now_goes_with_that_account(units: Units) -> None:
    """As when an account is deleted and made anew: an address of Slack's belongs to one account at a time."""
    before = meet(units)
    after = meet(units, replace(KIM, user_id="U2"))
    assert (after.id != before.id, after.email) == (True, KIM.email)
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(User, before.id).email is None


def test_an_address_stays_with_who_is_reached_by_nothing_else(units: Units) -> None:
    meet(units)
    alone = by_mail(units, "kim@new.example.org")
    again = meet(units, replace(KIM, email="Kim@new.example.org"))
    assert (again.email, alone.email) == (KIM.email, "kim@new.example.org")


def test_the_same_user_id_in_another_team_is_another_person(units: Units) -> None:
    meet(units)
    meet(units, replace(KIM, team_id="T2", email="other@example.org"))
    assert how_many(units) == 2


def test_an_unknown_time_zone_counts_as_utc(units: Units) -> None:
    assert meet(units, replace(KIM, tz="Mars/Olympus")).tz == "UTC"
    assert meet(units, replace(KIM, tz="../etc/passwd")).tz == "UTC"


def test_staff_stay_staff_and_become_whatever_else_they_are(units: Units) -> None:
    ada = meet(units, replace(KIM, is_admin=True))
    meet(units, replace(KIM, is_admin=False))
    assert ada.is_admin
    with units.read(SYSTEM) as reading:
        found = by_slack(reading, "T1", "U1")
    assert found is not None
    assert found.is_admin


def test_who_becomes_student_and_mentor_at_the_same_moment_is_both(units: Units) -> None:
    person = make.person(units)
    with units.work(SYSTEM) as first:
        seen = first.session.get_one(User, person.id)
        with units.work(SYSTEM) as second:
            grant_role(second, person.id, Role.MENTOR)
        grant_role(first, seen.id, Role.STUDENT)
    with units.read(SYSTEM) as reading:
        assert reading.session.get_one(User, person.id).roles == ["mentor", "student"]


def test_who_was_never_met_is_unknown(units: Units) -> None:
    make.person(units)
    with units.read(SYSTEM) as reading:
        assert by_slack(reading, "T1", "U404") is None


def by_mail(units: Units, email: str, name: str = "Kim Alder", tz: str = "Europe/Berlin") -> Person:
    with units.work(SYSTEM) as work:
        return remember_by_mail(work, email, name, tz)


def test_somebody_without_slack_is_known_by_their_address(units: Units) -> None:
    first = by_mail(units, "kim@example.org")
    again = by_mail(units, "Kim@Example.org", "Kim Aldersen")
    assert (again.id, again.name, again.email, again.slack_user_id) == (
        first.id,
        "Kim Aldersen",
        "kim@example.org",
        None,
    )


def test_slack_knows_better_who_a_person_is(units: Units) -> None:
    met = meet(units)
    assert met.email
    assert by_mail(units, met.email, "Somebody else", "UTC") == met


def test_who_joins_slack_later_is_the_same_person(units: Units) -> None:
    assert KIM.email
    assert by_mail(units, KIM.email).id == meet(units).id


def test_an_address_that_no_letter_reaches_is_refused(units: Units) -> None:
    with pytest.raises(ValueError, match="must look like"):
        by_mail(units, "kim at example.org")
    assert how_many(units) == 0
