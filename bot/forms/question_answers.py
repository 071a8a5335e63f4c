"""The forms of an answered question: the mentor's summary, and the student's rating."""

from bot.forms.answers import Answers, Values
from bot.ids import Field
from bot.payloads import BadPayload
from bot.views.question_answers import YES
from core.claim_words import STARS


def summary_answers(values: Values) -> tuple[str, bool]:
    """The summary, and whether others may read it. Whether it will do is for the rules to say."""
    told = Answers(values)
    return told.text(Field.ANSWERED_SUMMARY), told.choice(Field.ANSWERED_SHARED) == YES


def rating_answers(values: Values) -> tuple[int, str]:
    """The stars and the thanks."""
    told = Answers(values)
    rating = told.choice(Field.RATED_RATING)
    if rating not in map(str, STARS):
        raise BadPayload(f"{Field.RATED_RATING}: no such option")
    return int(rating), told.text(Field.RATED_THANKS)
