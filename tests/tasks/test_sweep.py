"""The sweep: small jobs by name, none of which can keep another from running."""

from datetime import timedelta
from typing import cast
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.context import Bot
from bot.gateway import Gateway
from core.config import Settings
from core.models import Batch
from core.rules.offers import BatchState
from core.services import due
from core.uow import SYSTEM, Units, Work
from matching.service import Matcher
from tasks.periodic import PERIODIC, Periodic, each
from tasks.runtime import Runtime
from tasks.sweep import sweep
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.slack import ScriptedSlack


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
        each(worker, due.offers_over, act)
    assert failure.value.exceptions[0].__notes__ == [f"while acting on {requests[1]}"]
    with worker.units.read(SYSTEM) as reading:
        open_ = select(Batch.request_id).where(Batch.state == BatchState.OPEN)
        assert reading.session.scalars(open_).all() == [requests[1]]


def test_a_sweep_twice_ends_a_wave_once(worker: Runtime, units: Units) -> None:
    request_id = make.request(units, make.student(units))
    make.wave(units, request_id, make.mentor(units))
    sweep(worker)
    sweep(worker)
    with worker.units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Batch.state)).all() == [BatchState.FAILED]
