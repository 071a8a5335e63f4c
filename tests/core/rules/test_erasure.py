"""Who may be erased, what is typed, and what is left of scores."""

import pytest

from core.rules import erasure
from core.rules.errors import InvalidFields
from core.rules.scores import Criterion, CriterionScore


@pytest.mark.parametrize("typed", ["erase", " Erase ", "ERASE.", "“erase”"])
def test_the_word_is_taken_however_it_is_typed(typed: str) -> None:
    erasure.confirmed(typed)


@pytest.mark.parametrize("typed", ["", "yes", "erase me please", "era se"])
def test_anything_else_is_no_yes(typed: str) -> None:
    with pytest.raises(InvalidFields):
        erasure.confirmed(typed)


def test_the_last_on_staff_stays() -> None:
    erasure.may_be_erased(["admin"], other_admins=1)
    erasure.may_be_erased(["mentor"], other_admins=0)
    with pytest.raises(erasure.LastAdmin):
        erasure.may_be_erased(["admin", "mentor"], other_admins=0)


@pytest.mark.parametrize("why", ["", " \n", "x" * 1001])
def test_staff_say_why_in_a_few_words(why: str) -> None:
    with pytest.raises(InvalidFields):
        erasure.reason(why)


def test_scores_keep_their_points_and_lose_their_words() -> None:
    part = CriterionScore(Criterion.LOCATION, 5, 0.5, 2.5, "Rotterdam", "Delft", "Law")
    cleared = CriterionScore(Criterion.LOCATION, 5, 0.5, 2.5)
    assert erasure.without_phrases([part.as_json()]) == [cleared.as_json()]
