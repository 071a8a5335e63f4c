"""What is offered while somebody types a tag."""

from typing import cast

from bot.context import Bot
from bot.gateway import Gateway
from bot.handlers.suggestions import suggestions
from bot.ids import Action
from bot.payloads import Suggestion
from core.config import Settings
from core.services.taxonomy import add_terms
from core.taxonomy import OwnTerm, TagKind
from core.uow import SYSTEM, Units


def test_a_term_that_staff_added_a_moment_ago_is_offered(settings: Settings, units: Units) -> None:
    bot = Bot(settings, units, cast("Gateway", None))  # nobody calls Slack

    def offered() -> list[str]:
        return [option["value"] for option in suggestions(bot, Suggestion(Action.SKILLS, "lampw"))]

    assert offered() == ["lampw"]
    with units.work(SYSTEM) as work:
        add_terms(work, [OwnTerm(TagKind.SKILL, "Glass blowing", ("Lampworking",))], "")
    assert offered() == ["Glass blowing", "lampw"]
