"""The sweep: small jobs by name, none of which can keep another from running."""

from datetime import timedelta
from typing import cast
from uuid import UUID

import pytest
from sqlalchemy import select, update

from bot.context import Bot
from bot.gateway import Gateway
from core.config import Settings
from core.models import Batch, User
from core.rules.offers import BatchState
from core.rules.roles import PersonState
from core.services import due, retention
from core.uow import SYSTEM, Units, Work
from matching.service import Matcher
from tasks import periodic
from tasks.periodic import PERIODIC, Periodic, each
from tasks.runtime import Runtime
from tasks.sweep import sweep
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.slack import ScriptedSlack
from tests.support.sweeps import job


@pytest.fixture
def worker(settings: Settings, units: Units) -> Runtime:
    """A worker four days later."""

    def no_matcher(_: Units) -> Matcher:
        raise AssertionError("the sweep itself needs no model")

    four_days_on = later(units, NOON + timedelta(days=4))
    return Runtime(Bot(settings, four_days_on, cast("Gateway", ScriptedSlack())), no_matcher)


def fails(_: Runtime) -> None:
    raise RuntimeError("not today")


def test_every_periodic_job_has_its_own_name() -> None:
    assert len({job.name for job in PERIODIC}) == len(PERIODIC)


def test_a_job_that_fails_keeps_no_other_from_running(worker: Runtime) -> None:
    ran: list[str] = []
    jobs = (
        Periodic("first", fails),
        Periodic("second", lambda _: ran.append("second")),
        Periodic("third", fails),
    )
    with pytest.raises(ExceptionGroup) as failure:
        sweep(worker, jobs)
    assert ran == ["second"]
    assert len(failure.value.exceptions) == 2


def test_one_request_that_cannot_be_handled_keeps_no_other_waiting(worker: Runtime, units: Units) -> None:
    requests = [make.request(units, make.student(units)) for _ in range(3)]
    for request_id in requests:
        make.wave(units, request_id, make.mentor(units))

    def act(work: Work, request_id: UUID) -> None:
        if request_id == requests[1]:
            raise RuntimeError("broken row")
        due.expire_offers(work, request_id)

    with pytest.raises(ExceptionGroup) as failure:
        each(due.offers_over, act)(worker)
    assert failure.value.exceptions[0].__notes__ == [f"while acting on {requests[1]}"]
    with worker.units.read(SYSTEM) as reading:
        open_ = select(Batch.request_id).where(Batch.state == BatchState.OPEN)
        assert reading.session.scalars(open_).all() == [requests[1]]


def test_one_erasure_that_fails_keeps_no_other_waiting(
    worker: Runtime, units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [make.person(units).id for _ in range(2)]
    with units.work(SYSTEM) as work:
        work.session.execute(update(User).values(state=PersonState.ERASED, erased_at=work.now))
    tried: list[UUID] = []

    def erase(_: Runtime, person_id: UUID) -> None:
        tried.append(person_id)
        raise RuntimeError("broken row")

    monkeypatch.setattr(periodic, "erase", erase)
    with pytest.raises(ExceptionGroup):
        job("finish erasures")(worker)
    assert sorted(tried) == sorted(people)


def test_one_kind_of_old_things_that_stays_keeps_no_other(worker: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[str] = []

    def stays(_: Work) -> int:
        raise RuntimeError("broken row")

    def goes(_: Work) -> int:
        forgotten.append("it")
        return 1

    monkeypatch.setattr(periodic, "is_time", lambda _: True)
    monkeypatch.setattr(retention, "FORGETTING", (stays, goes))
    with pytest.raises(ExceptionGroup):
        job("forget old things")(worker)
    assert forgotten == ["it"]


def test_a_sweep_twice_ends_a_wave_once(worker: Runtime, units: Units) -> None:
    request_id = make.request(units, make.student(units))
    make.wave(units, request_id, make.mentor(units))
    sweep(worker)
    sweep(worker)
    with worker.units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Batch.state)).all() == [BatchState.FAILED]
