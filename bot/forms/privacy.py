"""The form in which a person asks to be erased."""

from bot.forms.answers import Answers, Values
from bot.ids import Field


def erase_word(values: Values) -> str:
    """What was typed. Whether it will do is for the rules to say."""
    return Answers(values).text(Field.ERASE_WORD)
