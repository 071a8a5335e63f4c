"""A form that comes too late for Slack can be opened again, whatever was typed for it."""

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from slack_bolt import BoltRequest

from bot.app import make_app
from bot.context import Bot
from bot.gateway import Gateway
from bot.ids import Action
from core.config import Settings
from core.services.people import Person
from core.uow import Units
from sandbox.settings import SandboxSettings
from tests.support import factories as make
from tests.support.fields import controls
from tests.support.sandboxes import served, settings_for

Json = dict[str, Any]
TYPED: dict[str, Action] = {
    "/mentor profile": Action.MENU_PROFILE,
    "/mentor Request": Action.MENU_REQUEST,
    "/mentor log": Action.MATCH_LOG,
    "/mentor schedule": Action.MATCH_SCHEDULE,
    "/mentor feedback": Action.FEEDBACK_GIVE,
    "/ask How do I begin?": Action.QUESTION_ASK,
    "/ask open": Action.OPEN_QUESTIONS,
    "/ask leaderboard": Action.OPEN_LEADERBOARD,
}
"""By what is typed, the button that does the same."""


@pytest.fixture(scope="module")
def slack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxSettings]:
    """A Slack that knows the app, and no trigger any more."""
    with served(settings_for(tmp_path_factory.mktemp("sandbox"), "http://127.0.0.1:1/", {})) as running:
        yield running


@pytest.fixture
def bot(settings: Settings, units: Units, slack: SandboxSettings) -> Bot:
    here = settings.model_copy(update={"slack_api_url": f"{slack.url}/api/"})
    return Bot(here, units, Gateway(here))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Json]:
    """What people were answered in private."""
    answers: list[Json] = []
    monkeypatch.setattr("bot.context.respond", lambda _, message: answers.append(message))
    return answers


def someone(units: Units) -> Person:
    """A student with a mentor and a mentee, who may therefore open every form but one."""
    both = make.mentor(units, "Mia Tan")
    make.match(units, make.student(units), both)
    return both


def type_(bot: Bot, person: Person, typed: str) -> None:
    """Type a command, and wait until it is answered."""
    command, _, text = typed.partition(" ")
    fields = {"command": command, "text": text, "team_id": make.TEAM, "user_id": person.slack_user_id or ""}
    app = make_app(bot, lambda _: True)
    body = urlencode(fields | {"trigger_id": "1.2.3", "response_url": "https://slack.test/"})
    app.dispatch(BoltRequest(body=body, headers={"content-type": ["application/x-www-form-urlencoded"]}))
    cast("Any", app).listener_runner.listener_executor.shutdown(wait=True)


@pytest.mark.parametrize(("typed", "action"), TYPED.items())
def test_a_command_whose_form_comes_too_late_leaves_a_button_for_it(
    bot: Bot, units: Units, told: list[Json], typed: str, action: Action
) -> None:
    person = make.student(units) if action is Action.MENU_REQUEST else someone(units)
    type_(bot, person, typed)
    (answer,) = told
    (button,) = [one.element for one in controls(answer["blocks"])]
    assert (button["text"]["text"], button["action_id"]) == ("Open it", action)


def test_what_no_button_does_is_to_be_typed_once_more(bot: Bot, units: Units, told: list[Json]) -> None:
    mia = someone(units)
    type_(bot, mia, f"/mentor profile <@{mia.slack_user_id}>")
    (answer,) = told
    assert answer["text"] == "That took too long, so Slack could not open it. Please type it once more."
    assert not list(controls(answer["blocks"]))
