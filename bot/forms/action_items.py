"""The form that changes an action item."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.forms.answers import Answers, Values
from bot.ids import Field
from bot.payloads import BadPayload
from core.rules.action_items import BOTH


@dataclass(frozen=True)
class ItemAnswers:
    """What is to be done, by whom (both, if nobody is named), and by when."""

    text: str
    owner_id: UUID | None
    due_on: date | None


def item_answers(values: Values) -> ItemAnswers:
    """How the item should read."""
    told = Answers(values)
    who = told.choice(Field.ITEM_WHO)
    try:
        owner_id = None if who == BOTH else UUID(who)
    except ValueError:
        raise BadPayload("an action item without its owner") from None
    return ItemAnswers(told.text(Field.ITEM_WHAT), owner_id, told.day(Field.ITEM_DUE))
