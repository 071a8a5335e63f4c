"""Suggestions while a person types an industry, interest, skill or language."""

from typing import Any

from bot.blocks import option
from bot.ids import Action
from bot.payloads import Suggestion
from core.taxonomy import TagKind, suggest

KINDS = {
    Action.INDUSTRIES: TagKind.INDUSTRY,
    Action.RESEARCH: TagKind.RESEARCH,
    Action.SKILLS: TagKind.SKILL,
    Action.LANGUAGES: TagKind.LANGUAGE,
}


def suggestions(asked: Suggestion) -> list[dict[str, Any]]:
    """Known terms that fit what was typed; the last is what was typed, so that no term is out of reach."""
    return [option(term, term) for term in suggest(KINDS[Action(asked.action_id)], asked.typed)]
