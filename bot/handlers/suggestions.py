"""Suggestions while a person types an industry, interest, skill, language or topic."""

from typing import Any

from bot.blocks import option
from bot.context import Bot
from bot.ids import Action
from bot.payloads import Suggestion
from core.services.taxonomy import current_taxonomy
from core.taxonomy import TagKind
from core.uow import SYSTEM

KINDS = {
    Action.INDUSTRIES: TagKind.INDUSTRY,
    Action.RESEARCH: TagKind.RESEARCH,
    Action.SKILLS: TagKind.SKILL,
    Action.LANGUAGES: TagKind.LANGUAGE,
    Action.TOPICS: TagKind.TOPIC,
}


def suggestions(bot: Bot, asked: Suggestion) -> list[dict[str, Any]]:
    """Known terms that fit what was typed; the last is what was typed, so that no term is out of reach."""
    with bot.units.read(SYSTEM) as reading:
        taxonomy = current_taxonomy(reading)
    return [option(term, term) for term in taxonomy.suggest(KINDS[Action(asked.action_id)], asked.typed)]
