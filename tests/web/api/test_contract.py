"""Every operation keeps its contract, whatever is sent: no 500, and no answer that the document does not name."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance
from sqlalchemy import text
from starlette.types import ASGIApp, Receive, Scope, Send

from core.config import Settings, read
from core.queue import Unheard
from core.rules import scopes
from core.services.offers import accept_offer
from core.uow import Units, member, units_of
from tests.support import factories as make
from tests.support.by_hand import ready_run
from tests.support.examples import few
from tests.web.api.conftest import KeyFor
from web.api.app import api

load_all_checks()
MORE_RULES = [positive_data_acceptance]
"""What fits the document may still break a rule: an address where no letter can go, or a version that is missing."""

ANYTHING = read(
    {
        "DATABASE_URL": "postgresql://me@localhost/x",
        "REDIS_URL": "redis://localhost/0",
        "SLACK_BOT_TOKEN": "xoxb-none",
        "SLACK_SIGNING_SECRET": "none",
        "ITHACA_SECRET_KEY": "a key for a document alone",
    }
)


def operations() -> Iterator[tuple[str, str]]:
    for path, methods in api(ANYTHING, units_of(ANYTHING, Unheard())).openapi()["paths"].items():
        yield from ((method.upper(), path) for method in methods)


class Stage:
    """Stands where the application is: the document is read once, and each test's own application answers."""

    def __init__(self) -> None:
        self.app: ASGIApp = api(ANYTHING, units_of(ANYTHING, Unheard()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage()


@pytest.fixture(scope="module")
def schema(stage: Stage) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", stage)


@pytest.fixture
def ids(units: Units) -> dict[str, str]:
    """Something of each kind, by the name that paths have for its id."""
    student, mentor, other = make.student(units), make.mentor(units), make.mentor(units)
    request_id = make.request(units, student)
    make.wave(units, request_id, mentor, other)
    with units.work(member(mentor.id)) as work:
        match_id = accept_offer(work, work.session.execute(text("SELECT id FROM match_offers")).scalar_one())
        with work.as_system():
            batch_id = work.session.execute(text("SELECT id FROM match_batches")).scalar_one()
    return {
        "person_id": str(student.id),
        "role": "student",
        "request_id": str(request_id),
        "batch_id": str(batch_id),
        "match_id": str(match_id),
        "question_id": str(make.question(units, student)),
        "run_id": str(ready_run(units, make.person(units, is_admin=True), student, other)),
    }


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize(("method", "path"), list(operations()))
def test_every_operation_keeps_its_contract(
    method: str,
    path: str,
    mode: GenerationMode,
    settings: Settings,
    units: Units,
    ids: dict[str, str],
    key_for: KeyFor,
    stage: Stage,
    schema: Any,
) -> None:
    stage.app = api(settings, units)
    headers = {"Authorization": f"Bearer {key_for(*scopes.Scope)}"}

    @hypothesis.given(case=schema[path][method].as_strategy(generation_mode=mode))
    @few(10, HealthCheck)
    def keeps(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            case.path_parameters = {name: ids[name] for name in case.path_parameters or {}}
        case.call_and_validate(headers=headers, excluded_checks=MORE_RULES)

    keeps()
