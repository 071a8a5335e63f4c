"""From a refusal to a sentence."""

from datetime import UTC, datetime

import pytest

from bot.errors import REFUSED, sentence
from core.rules import offer_questions as questions
from core.rules.errors import DomainError
from core.rules.requests import EditedOften


@pytest.mark.parametrize(
    "refusal",
    [
        questions.QuestionWaiting(),
        questions.NoMoreQuestions(),
        questions.QuestionClosed(),
        questions.QuestionAnswered(),
    ],
)
def test_each_refusal_about_a_question_has_a_sentence_of_its_own(refusal: DomainError) -> None:
    assert sentence(refusal) != REFUSED


def test_too_many_edits_are_told_with_the_moment_of_the_next() -> None:
    told = sentence(EditedOften(again_at=datetime(2030, 3, 2, 12, tzinfo=UTC)))

    assert "can be made from <!date^1898683200^{date_long_pretty} at {time}|Saturday 2 March, 12:00 UTC>." in told
