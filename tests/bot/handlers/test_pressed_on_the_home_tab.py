"""On the Home tab there is no conversation to answer in: what a button tells is shown in a modal."""

from typing import Any

import pytest

from bot.context import Bot
from bot.gateway import Gateway
from bot.ids import Action
from bot.payloads import Account, Click
from bot.routes import CLICKS
from core.config import Settings
from core.uow import Units
from tests.support import factories as make
from tests.support.surfaces import readable


class Shown(Gateway):
    """A Slack that keeps what it is asked to show."""

    views: list[dict[str, Any]]

    def call(self, method: str, **args: Any) -> dict[str, Any]:
        assert method == "views.open"
        self.views.append(args["view"])
        return {}


@pytest.mark.parametrize(
    ("action", "title", "told"),
    [
        (Action.MENU_HELP, "Help", "/mentor request"),
        (Action.MENU_STATUS, "Your request", "You have not asked for a mentor yet"),
        (Action.MENU_PRIVACY, "Privacy", "Read more"),
        (Action.PRIVACY_EXPORT, "Your data", "Everything we keep about you"),
    ],
)
def test_what_a_button_tells_is_shown_in_a_modal(
    settings: Settings, units: Units, action: Action, title: str, told: str
) -> None:
    slack = Shown(settings)
    slack.views = []
    mia = make.student(units)
    click = Click(Account(make.TEAM, mia.slack_user_id or ""), action, "", "1.2.3", "", "V1", "hash")
    CLICKS[action](Bot(settings, units, slack), mia, click)
    assert [view["title"]["text"] for view in slack.views] == [title]
    assert told in "\n".join(readable(slack.views[0]["blocks"]))
