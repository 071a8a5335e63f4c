"""Slack waits three seconds for an answer; a sandbox of its own that waits less shows what comes then."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from sandbox.settings import SandboxSettings
from tests.sandbox.conftest import MANIFEST, web_api
from tests.support.people import Person
from tests.support.receiver import NEVER, Receiver, Told
from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxes import served, settings_for
from tests.support.slack_blocks import modal, section
from tests.support.surfaces import NotAcknowledged

SECONDS = 1.5


def test_it_is_three_seconds_unless_somebody_says_otherwise() -> None:
    assert SandboxSettings.answer_within == 3.0


def test_who_does_not_answer_in_time_has_not_answered(receiver: Receiver, tmp_path: Path) -> None:
    settings = settings_for(tmp_path, receiver.url, MANIFEST, event_retries=(0.0, 60.0), answer_within=SECONDS)
    with served(settings) as running, SandboxClient(running.url) as sandbox, web_api(running) as api:
        mia, tom = Person.join(sandbox, "Mia Tan"), Person.join(sandbox, "Tom Ray")
        mia.command("/mentor")
        api("views.open", trigger_id=receiver.last("/mentor")["trigger_id"], view=modal("Form", section("x")))
        form, late = mia.wait_modal("Form"), Told(gate=NEVER)
        receiver.answers |= {"/mentor": late, "view_submission": late, "user_change": [late]}
        with ThreadPoolExecutor(2) as pool:
            waiting: list[Future[Any]] = [pool.submit(mia.command, "/mentor"), pool.submit(form.submit)]
            tom.deactivate()
            for one in waiting:
                with pytest.raises(NotAcknowledged, match="operation_timeout"):
                    one.result()
        assert form.is_open
        sandbox.wait(lambda: len(receiver.named("user_change")) == 2, "the event to be tried again")
        assert receiver.named("user_change")[1].headers["x-slack-retry-reason"] == "http_timeout"
