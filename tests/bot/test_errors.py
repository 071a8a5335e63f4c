"""From a refusal to a sentence."""

from datetime import UTC, datetime

import pytest

from bot.errors import REFUSED, sentence
from core.rules import offer_questions as questions
from core.rules import questions as quick
from core.rules.errors import DomainError, NotAllowed
from core.rules.questions import QuestionMoved, QuestionState
from core.rules.requests import EditedOften
from web.errors import REFUSED as WEB_REFUSED
from web.errors import sentence as web_sentence


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


CLAIMED = QuestionState.CLAIMED


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"state": CLAIMED, "claimer": "Ana <Lee>", "just": True}, "Ana &lt;Lee&gt; claimed this a moment ago."),
        ({"state": CLAIMED, "claimer": "Ana Lee"}, "Ana Lee has claimed this question."),
        ({"state": CLAIMED}, "Another mentor has claimed this question."),
        (
            {"state": CLAIMED, "claimer": "Ana Lee", "mine": True, "just": True},
            "You have claimed this question already.",
        ),
        ({"state": QuestionState.ANSWERED, "claimer": "Ana Lee"}, "Ana Lee has answered this question already."),
        ({"state": QuestionState.ANSWERED, "mine": True}, "You have answered this question already."),
        ({"state": QuestionState.OPEN}, "This question is open to all mentors at the moment"),
        ({"state": QuestionState.CLOSED}, "This question was closed"),
    ],
)
def test_who_presses_too_late_reads_how_a_question_stands(facts: dict[str, object], told: str) -> None:
    assert sentence(QuestionMoved(**facts)).startswith(told)


@pytest.mark.parametrize(
    "refusal",
    [
        quick.OwnQuestion(),
        quick.MentorsOnly(),
        quick.NotOpenToYou(),
        quick.TimeLeft(),
        quick.KeptBetweenTwo(),
        quick.AlreadyRated(rating=4),
    ],
)
def test_each_refusal_about_a_quick_question_has_a_sentence_of_its_own(refusal: DomainError) -> None:
    assert sentence(refusal) not in (REFUSED, sentence(NotAllowed()))
    assert web_sentence(refusal) != WEB_REFUSED
