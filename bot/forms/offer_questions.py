"""The forms of a question before deciding: one text each."""

from bot.forms.answers import Answers, Values
from bot.ids import Field


def question_text(values: Values) -> str:
    """What the mentor asks. Whether it will do is for the rules to say."""
    return Answers(values).text(Field.ASK_QUESTION)


def answer_text(values: Values) -> str:
    """What the student answers."""
    return Answers(values).text(Field.ANSWER_ANSWER)
