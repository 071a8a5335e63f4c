"""What no form or button of ours sends is refused in a sentence, without a traceback, and changes nothing."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as some
from slack_bolt import App, BoltRequest
from sqlalchemy import Engine

from bot import routes
from bot.app import make_app
from bot.context import Bot
from bot.gateway import Gateway
from bot.ids import Callback, Field
from core.config import Settings
from core.rules.roles import Role
from core.services.people import Person
from core.uow import Units
from sandbox.settings import SandboxSettings
from tests.support import factories as make
from tests.support.examples import few
from tests.support.sandboxes import served, settings_for
from tests.support.snapshots import snapshot

Send = Callable[[dict[str, Any]], dict[str, Any]]
NOWHERE = "00000000-0000-0000-0000-000000000000"
TEXTS = some.sampled_from(
    [
        *("", " ", "\0", "\ud800", "x" * 4000, "½", "1", "3", "60", "-1", "1e9", NOWHERE, "both", "Other", "yes"),
        *("student", "mentor", "admin", "Video", "2 weeks", "month", "No time now", "industry", "optional", "apart"),
        *("12:00", "12:00+01:00", "25:00", "2030-02-28", "2030-02-31", "optional", "Python"),
    ]
)
STRANGE = some.one_of(some.none(), some.booleans(), some.integers(), some.just([]), some.just({}), TEXTS)
OPTIONS = some.one_of(STRANGE, some.builds(lambda value: {"value": value}, STRANGE))
ELEMENTS = some.one_of(
    STRANGE,
    some.dictionaries(some.sampled_from(["value", "selected_date", "selected_date_time"]), STRANGE),
    some.builds(lambda picked: {"selected_option": picked}, OPTIONS),
    some.builds(lambda picked: {"selected_options": picked}, some.one_of(STRANGE, some.lists(OPTIONS, max_size=3))),
)
VALUES = some.dictionaries(some.sampled_from(list(Field)), ELEMENTS, max_size=len(Field)).map(
    lambda given: {field.block_id(): {field.value: element} for field, element in given.items()}
)


@pytest.fixture
def person(units: Units) -> Person:
    """Somebody who is student and mentor."""
    return make.mentor(units, "Mia Tan")


@pytest.fixture(scope="module")
def slack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxSettings]:
    """A Slack that knows the app."""
    manifest = {"display_information": {"name": "Ithaca"}, "features": {"bot_user": {"display_name": "ithaca"}}}
    with served(settings_for(tmp_path_factory.mktemp("sandbox"), "http://127.0.0.1:1/", manifest)) as running:
        yield running


@pytest.fixture
def bot(settings: Settings, units: Units, slack: SandboxSettings) -> Bot:
    here = settings.model_copy(update={"slack_api_url": f"{slack.url}/api/"})
    return Bot(here, units, Gateway(here))


@pytest.fixture
def send(bot: Bot) -> Send:
    """Send a payload through Bolt; what Slack is answered."""
    app = make_app(bot, lambda _: True)

    def send(payload: dict[str, Any]) -> dict[str, Any]:
        return dispatched(app, payload)

    return send


def dispatched(app: App, payload: dict[str, Any]) -> dict[str, Any]:
    body = urlencode({"payload": json.dumps(payload)})
    answer = app.dispatch(BoltRequest(body=body, headers={"content-type": ["application/x-www-form-urlencoded"]}))
    assert answer.status == 200
    return dict(json.loads(answer.body)) if answer.body else {}


def form(person: Person, callback: str, values: dict[str, Any], metadata: str = NOWHERE) -> dict[str, Any]:
    view = {"callback_id": callback, "private_metadata": metadata, "state": {"values": values}, "type": "modal"}
    return {"type": "view_submission", "user": {"id": person.slack_user_id, "team_id": make.TEAM}, "view": view}


def test_a_field_that_cannot_be_read_keeps_the_form_open_with_a_sentence(
    send: Send, person: Person, owner: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    block = Field.PROFILE_ROLE.block_id()
    forged = {block: {Field.PROFILE_ROLE.value: {"selected_option": {"value": "emperor"}}}}
    before = snapshot(owner)
    with caplog.at_level(logging.INFO):
        answer = send(form(person, Callback.PROFILE, forged))
    assert answer["response_action"] == "errors"
    assert "could not be read" in answer["errors"][block]
    assert "profile:role: no such option" in caplog.text
    assert "Traceback" not in caplog.text
    assert snapshot(owner) == before


def test_a_form_without_fields_is_answered_in_its_place(send: Send, person: Person) -> None:
    answer = send(form(person, Callback.GOALS, {}))
    assert answer["response_action"] == "update"
    assert "could not be read" in json.dumps(answer["view"])


def test_a_problem_that_has_no_field_is_no_traceback(
    send: Send, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    role = {Field.PROFILE_ROLE.block_id(): {Field.PROFILE_ROLE.value: {"selected_option": {"value": Role.STUDENT}}}}
    answer = send(form(person, Callback.PROFILE, role))
    assert answer["response_action"] == "errors"
    assert "Traceback" not in caplog.text


@few(150, [HealthCheck.function_scoped_fixture])
@given(some.sampled_from(sorted(routes.SUBMISSIONS)), VALUES, some.sampled_from([NOWHERE, "", "x", "\0"]))
def test_no_form_is_a_traceback(
    send: Send,
    person: Person,
    caplog: pytest.LogCaptureFixture,
    callback: str,
    values: dict[str, Any],
    metadata: str,
) -> None:
    caplog.clear()
    send(form(person, callback, values, metadata))
    assert "Traceback" not in caplog.text, caplog.text


@pytest.mark.parametrize("value", ["", "x", NOWHERE, f"{NOWHERE} x", "\0"])
def test_no_button_is_a_traceback(bot: Bot, person: Person, caplog: pytest.LogCaptureFixture, value: str) -> None:
    app = make_app(bot, lambda _: True)
    user = {"id": person.slack_user_id, "team_id": make.TEAM}
    for action in routes.CLICKS:
        click = {"action_id": action, "value": value, "type": "button"}
        dispatched(app, {"type": "block_actions", "user": user, "actions": [click], "trigger_id": "1"})
    app.listener_runner.listener_executor.shutdown()  # what was acknowledged first is over now
    assert "Traceback" not in caplog.text, caplog.text
