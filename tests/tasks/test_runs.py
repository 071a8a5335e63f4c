"""What staff ask of a matching worker: done once, kept, and told in a sentence where it fails."""

from typing import cast
from uuid import UUID

import pytest

from bot.context import Bot
from bot.gateway import Gateway
from core.config import Settings
from core.rules.runs import RunState
from core.services.weight_previews import WeightsPreview, ask_preview, weights_preview
from core.uow import SYSTEM, Units, admin
from matching.service import Matcher
from tasks.runs import FAILED, do_run
from tasks.runtime import Runtime
from tests.support import factories as make
from tests.support.encoder import HashEncoder
from tests.support.trials import SKILLS_ONLY, searched


@pytest.fixture
def runtime(settings: Settings, units: Units) -> Runtime:
    return Runtime(Bot(settings, units, cast("Gateway", None)), lambda given: Matcher(given, HashEncoder()))


def asked(units: Units) -> UUID:
    with units.work(admin(make.person(units, is_admin=True).id)) as work:
        return ask_preview(work, SKILLS_ONLY, 0)


def shown(units: Units, run_id: UUID) -> WeightsPreview:
    with units.read(SYSTEM) as reading:
        return weights_preview(reading, run_id)


def test_weights_are_tried_once(runtime: Runtime, units: Units) -> None:
    searched(units)
    run_id = asked(units)
    do_run(runtime, run_id)
    first = shown(units, run_id)
    assert first.state is RunState.READY
    assert first.found
    assert len(first.found.others) == 1
    do_run(runtime, run_id)
    assert shown(units, run_id) == first
    do_run(runtime, UUID(int=1))


def test_a_run_that_fails_says_so(runtime: Runtime, units: Units, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Matcher, "preview_weights", fail)
    run_id = asked(units)
    do_run(runtime, run_id)
    assert (shown(units, run_id).state, shown(units, run_id).failure) == (RunState.FAILED, FAILED)
