"""Reasons: what both wrote, and what could not be compared."""

from bot.views.reasons import not_compared, reasons
from core.rules.scores import Criterion, CriterionScore

SKILLS = CriterionScore(Criterion.SKILLS, weight=60, share=0.5, points=30, student_phrase="R", mentor_phrase="R")
GOALS = CriterionScore(Criterion.GOALS, weight=40, share=0.0, points=0)
RESEARCH = CriterionScore(Criterion.RESEARCH, weight=0, share=0, points=0)


def test_a_reason_names_what_both_wrote() -> None:
    assert reasons([GOALS, SKILLS, RESEARCH], "Mia", "you", points=True) == ["• Technical skills (30 of 60): both “R”"]


def test_what_one_side_left_empty_is_said_not_to_count() -> None:
    assert not_compared([SKILLS, GOALS]) == []
    assert not_compared([SKILLS, RESEARCH]) == ["_Not compared, as one side left it empty: research interests._"]
