"""A quick question as its student sees it."""

import re
from dataclasses import replace

import pytest

from bot.errors import REFUSED, sentence
from bot.views.questions import draft_modal, question_modal, status_message
from core.rules.erasure import GONE
from core.rules.questions import EnoughQuestions, OwnQuestionMoved, QuestionState, QuestionStep
from tests.bot.views.question_samples import asked, at_each_step, similar
from tests.bot.views.samples import ONE
from tests.support.fields import buttons
from tests.support.surfaces import readable

STEPS = at_each_step()


@pytest.mark.parametrize("name", STEPS)
def test_the_card_says_where_it_stands_and_what_comes_next_by_when(name: str) -> None:
    view = STEPS[name]
    card = status_message(view, (similar(),))
    assert view.question in card.text
    waits = view.next_step is not QuestionStep.NONE
    assert (re.search(r"by (Fri|Satur|Sun)day [1-3] March, \d\d:\d\d", card.text) is not None) == waits
    assert ("Withdraw" in buttons(card.blocks)) == waits


def test_similar_answers_are_read_and_chosen_on_the_card_and_in_the_modal() -> None:
    view, found = STEPS["post"], (similar(), replace(similar(), question_id=ONE))
    for blocks in (status_message(view, found).blocks, draft_modal(view, found)["blocks"]):
        assert buttons(blocks).count("This helped") == 2
        assert "Post my question" in buttons(blocks)
        told = "\n".join(readable(blocks))
        assert found[0].question in told
        assert found[0].summary in told
        assert "Kim Alder answered" in told
    assert found[0].summary in status_message(view, found).text


def test_once_it_is_posted_similar_answers_are_gone() -> None:
    card = status_message(STEPS["refer"], (similar(),))
    assert buttons(card.blocks) == ["Withdraw"]
    assert similar().summary not in card.text + str(card.blocks)


def test_the_one_that_helped_is_named() -> None:
    assert "what Kim Alder once answered helped" in status_message(STEPS["helped"], (similar(),)).text
    assert "an earlier answer helped" in status_message(STEPS["helped"], ()).text


def test_who_was_erased_has_the_one_name_of_all_of_them() -> None:
    nobody = replace(similar(), mentor_name=GONE)
    answered = replace(STEPS["answered"], claimer_name=GONE, summary=similar().summary)
    told = "\n".join(readable(status_message(answered).blocks))
    assert "Somebody who has left answered your question." in told
    assert "Somebody who has left summed it up" in told
    assert "Somebody who has left answered" in "\n".join(readable(draft_modal(STEPS["post"], (nobody,))["blocks"]))


def test_the_form_says_where_it_will_stand_and_who_reads_it() -> None:
    form = question_modal(ONE, "quick-questions", "Why?")
    told = "\n".join(readable(form["blocks"]))
    assert "#quick-questions" in told
    assert "with your name" in told
    assert "Everybody there can read" in told
    assert "Why?" in str(form)
    assert form["private_metadata"] == str(ONE)


def test_the_modal_can_be_found_by_the_question() -> None:
    assert draft_modal(asked(), ())["external_id"] == str(ONE)
    assert "Looking for answers to similar questions" in str(draft_modal(asked(), ()))


@pytest.mark.parametrize("state", [state for state in QuestionState if state is not QuestionState.DRAFT])
def test_a_click_on_a_stale_card_is_told_how_it_stands(state: QuestionState) -> None:
    assert sentence(OwnQuestionMoved(state=state)) != REFUSED
    assert sentence(EnoughQuestions(most=3)) != REFUSED
