"""`/mentor-admin`: its words count however their letters are typed."""

from typing import cast

import pytest

from bot.blocks import Json
from bot.context import Bot
from bot.gateway import Gateway
from bot.handlers.admin import admin_command
from bot.payloads import Account, Command
from core.config import Settings
from core.uow import Units
from tests.support import factories as make


@pytest.mark.parametrize(("typed", "begins"), [("Stats", "The programme today"), ("END", "Please name a student")])
def test_a_word_counts_however_its_letters_are_typed(
    settings: Settings, units: Units, monkeypatch: pytest.MonkeyPatch, typed: str, begins: str
) -> None:
    told: list[Json] = []
    monkeypatch.setattr("bot.handlers.admin.respond", lambda _, message: told.append(message))
    ada = make.person(units, is_admin=True)
    account = Account(make.TEAM, ada.slack_user_id or "")
    command = Command(account, "/mentor-admin", (typed,), "", "https://slack.test/")
    admin_command(Bot(settings, units, cast("Gateway", None)), ada, command)
    assert [message["text"].startswith(begins) for message in told] == [True]
