"""A button of a mentorship that is over says so: it opens no form about somebody else."""

from typing import cast

import pytest

from bot.context import Bot
from bot.gateway import Gateway
from bot.handlers.feedback import open_feedback_form
from bot.handlers.meetings import open_log_form
from bot.handlers.scheduling import open_schedule_form
from bot.payloads import Account, Click
from bot.routes import ClickHandler
from core.config import Settings
from core.rules.matches import MatchOver, MatchState
from core.uow import Units
from tests.support import factories as make


@pytest.mark.parametrize("press", [open_schedule_form, open_log_form, open_feedback_form])
def test_a_button_of_a_mentorship_that_is_over_opens_no_form_about_another(
    settings: Settings, units: Units, press: ClickHandler
) -> None:
    mia = make.student(units)
    make.match(units, mia, make.mentor(units))
    over = make.match(units, mia, make.mentor(units), state=MatchState.ENDED, ended_at=units.clock())
    click = Click(Account(make.TEAM, mia.slack_user_id or ""), "", str(over), "", "https://slack.test/", "", "")
    with pytest.raises(MatchOver):
        press(Bot(settings, units, cast("Gateway", None)), mia, click)
