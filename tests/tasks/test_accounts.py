"""Imported people are looked for in Slack: found by account or address, once, and not faster than Slack allows."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.gateway import Failure, Meaning
from core.models import Profile, User
from core.queue import Job
from core.rules.import_files import read_table
from core.services import gates
from core.services.imports import import_part, parts, preview
from core.services.sought_accounts import AT_ONCE
from core.uow import SYSTEM, Units
from tasks.accounts import find_accounts
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.deliveries import Courier
from tests.support.import_files import Cells, file_of, row
from tests.support.people import Person
from tests.support.queues import Recorded
from tests.support.sweeps import job
from tests.support.wired import Wired


def bring_in(units: Units, *rows: Cells) -> None:
    with units.work(SYSTEM) as work:
        for steps in parts(preview(work, read_table(file_of(rows)))):
            import_part(work, steps)


def known(units: Units) -> dict[str | None, User]:
    with units.read(SYSTEM) as reading:
        return {user.email: user for user in reading.session.scalars(select(User))}


def test_who_has_an_account_is_reached_there_and_the_others_by_mail(worker: Wired) -> None:
    mia = Person.join(worker.sandbox, "Mia Tan", email="import1@example.org", tz="Europe/Amsterdam")
    kim = Person.join(worker.sandbox, "Kim Alder", email="kim@elsewhere.example.org")
    bring_in(worker.units, row(1), row(2, slack_id=kim.id), row(3, slack_id="U0NOBODY"), row(4))
    find_accounts(worker.runtime)
    people = known(worker.units)
    one, two, three, four = (people[f"import{number}@example.org"] for number in range(1, 5))
    assert (one.slack_user_id, one.name, one.tz) == (mia.id, "Mia Tan", "Europe/Amsterdam")
    assert (two.slack_user_id, two.name) == (kim.id, "Kim Alder")
    assert (three.slack_user_id, four.slack_user_id, four.name) == (None, None, "Person 4")
    find_accounts(worker.runtime)
    assert len(worker.calls("users.lookupByEmail")) == 3  # each once: the second was found by the account
    assert len(worker.calls("users.info")) == 2


def test_an_account_that_somebody_has_is_not_given_to_another(worker: Wired) -> None:
    seen = Person.join(worker.sandbox, "Mia Tan", email="mia@elsewhere.example.org")
    bring_in(worker.units, row(11, slack_id=seen.id))
    make.person(worker.units, "Mia Tan", team_id=worker.runtime.bot.identity.team_id, user_id=seen.id)
    find_accounts(worker.runtime)
    person = known(worker.units)["import11@example.org"]
    assert (person.slack_user_id, person.seek_account_at) == (None, None)


def test_when_slack_says_wait_it_is_asked_later(courier: Courier, units: Units) -> None:
    bring_in(units, row(1))
    courier.slack.fail("users.lookupByEmail", Failure(Meaning.WAIT, "ratelimited", 30.0))
    find_accounts(courier.runtime)
    find_accounts(courier.runtime)
    assert len(courier.slack.called("users.lookupByEmail")) == 1
    with later(units, NOON + timedelta(seconds=29)).read(SYSTEM) as reading:
        assert gates.closed_until(reading, "users.lookupByEmail") == NOON + timedelta(seconds=30)
    assert known(units)["import1@example.org"].seek_account_at


@pytest.mark.parametrize("meaning", [Meaning.UNKNOWN, Meaning.INSTALLATION])
def test_what_slack_does_not_answer_is_asked_again(courier: Courier, units: Units, meaning: Meaning) -> None:
    bring_in(units, row(1))
    courier.slack.fail("users.lookupByEmail", Failure(meaning, "internal_error"))
    find_accounts(courier.runtime)
    assert known(units)["import1@example.org"].seek_account_at


def test_not_more_are_asked_for_at_once_than_slack_takes(courier: Courier, units: Units) -> None:
    bring_in(units, *(row(number) for number in range(AT_ONCE + 5)))
    for _ in range(AT_ONCE + 5):
        courier.slack.fail("users.lookupByEmail", Failure(Meaning.PERSON, "users_not_found"))
    find_accounts(courier.runtime)
    assert len(courier.slack.called("users.lookupByEmail")) == AT_ONCE


def test_the_sweep_sees_that_it_goes_on(courier: Courier, units: Units, queue: Recorded) -> None:
    job("find accounts")(courier.runtime)
    assert not queue.of(Job.FIND_ACCOUNTS)
    bring_in(units, row(1))
    job("find accounts")(courier.runtime)
    assert len(queue.of(Job.FIND_ACCOUNTS)) == 2


def test_profiles_stay_as_the_file_told_them(worker: Wired) -> None:
    Person.join(worker.sandbox, "Mia Tan", email="import21@example.org")
    bring_in(worker.units, row(21))
    find_accounts(worker.runtime)
    with worker.units.read(SYSTEM) as reading:
        told = reading.session.scalars(select(Profile)).one()
        assert told.headline == "Biology student who codes"
