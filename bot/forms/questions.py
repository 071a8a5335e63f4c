"""The form of a quick question, and a question typed after `/ask`."""

import re

from bot.forms.answers import Answers, Values
from bot.ids import Field
from core.rules.questions import QUESTION, NewQuestion

MARKED = re.compile(r"<(?:([@#])(\w+)|((?:https?|mailto):[^<>|]+))(?:\|([^<>]*))?>")
ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def new_question(values: Values) -> NewQuestion:
    """What was asked. Whether it will do is for the rules to say."""
    told = Answers(values)
    return NewQuestion(
        question=told.text(Field.QUESTION_QUESTION),
        details=told.text(Field.QUESTION_DETAILS),
        topics=told.choices(Field.QUESTION_TOPICS),
    )


def typed_question(text: str) -> str:
    """What was typed after the command, as it was typed: Slack sends names and links marked up, and three characters
    as entities.
    """
    plain = MARKED.sub(_as_typed, text)
    for entity, character in ENTITIES.items():
        plain = plain.replace(entity, character)
    return plain[:QUESTION]


def _as_typed(marked: re.Match[str]) -> str:
    sign, name, address, label = marked.groups()
    return f"{sign}{label or name}" if sign else label or address
