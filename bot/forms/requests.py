"""The request form."""

from bot.forms.answers import Answers, Values, known
from bot.ids import Field
from core.rules.wishes import MustShare, Wish


def wish_answers(values: Values) -> Wish:
    """What was asked for. Whether it will do is for the rules to say."""
    told = Answers(values)
    rules = told.choices(Field.REQUEST_MUST_SHARE)
    return Wish(
        wish=told.text(Field.REQUEST_WISH),
        must_share=tuple(known(Field.REQUEST_MUST_SHARE, MustShare, rule) for rule in rules),
        anything_else=told.text(Field.REQUEST_ANYTHING_ELSE),
    )
