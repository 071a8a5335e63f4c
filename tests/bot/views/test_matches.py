"""The introduction of a pair, and the form that logs a meeting."""

from dataclasses import replace

import pytest

from bot.views.matches import introduction_message
from bot.views.meetings import log_modal
from core.rules.matches import LIVE, MatchState
from core.rules.scores import Criterion
from tests.bot.views.samples import MENTOR, NOON, ONE, TWO, card, criteria, live, match, terse
from tests.support.block_limits import button_labels, questions, readable

LABELS = ["Schedule a meeting", "Log a meeting"]


def test_both_are_greeted_by_their_accounts() -> None:
    message = introduction_message(match())

    assert "Hello <@U0MIA> and <@U0KIM>" in readable(message.blocks)
    assert message.text.startswith("Mia Tan and Kim Alder, you are student and mentor now.")
    assert button_labels(message.blocks) == LABELS


def test_who_has_no_account_is_greeted_by_name() -> None:
    assert "and Kim Alder, you" in readable(introduction_message(match(mentor=card(MENTOR, "Kim Alder", None))).blocks)


def test_an_account_id_that_is_none_is_not_trusted() -> None:
    shown = readable(introduction_message(match(mentor=card(MENTOR, "Kim", "U1> <!channel"))).blocks)

    assert "<!channel" not in shown


def test_the_agenda_is_made_of_their_own_words() -> None:
    shown = readable(introduction_message(match()).blocks)

    assert "1. Get to know each other: Mia Tan (“Biology student who codes”) and Kim Alder (“Data" in shown
    assert "2. Begin where you are closest, career goals: “drug discovery” and “work in pharma”." in shown
    assert (
        "3. Agree on one step until the next meeting, and when that is. Ways to meet that you both like: video" in shown
    )


def test_without_a_shared_topic_the_agenda_turns_to_what_the_mentor_offers() -> None:
    shown = readable(introduction_message(match(parts=())).blocks)

    assert "2. Hear what Kim Alder can help with: “First jobs”" in shown
    assert "Why you fit" not in shown


def test_the_agenda_begins_with_a_topic_not_with_a_place() -> None:
    each = {part.criterion: part for part in criteria("Python", "python")}
    place, skills = replace(each[Criterion.LOCATION], points=50.0), each[Criterion.SKILLS]
    shown = readable(introduction_message(match(parts=(place, skills))).blocks)

    assert "2. Begin where you are closest, technical skills: “Python”.\n" in shown


def test_terse_people_get_an_agenda_too() -> None:
    quiet = match(card(terse(MENTOR)), card(terse(MENTOR), "Kim Alder"), parts=())
    shown = readable(introduction_message(quiet).blocks)

    assert "2. Hear what Kim Alder can help with.\n3. Agree on one step until the next meeting" in shown
    assert "both like" not in shown


@pytest.mark.parametrize("state", MatchState)
def test_buttons_leave_when_the_match_is_over(state: MatchState) -> None:
    assert button_labels(introduction_message(match(state=state)).blocks) == (LABELS if state in LIVE else [])


def test_a_single_partner_and_today_are_filled_in() -> None:
    asked = questions(log_modal([live()], None, NOON.date()))

    assert asked["With"]["element"]["initial_option"]["text"]["text"] == "Kim Alder"
    assert asked["Date"]["element"]["initial_date"] == "2030-03-01"
    assert [label for label, block in asked.items() if not block["optional"]] == ["With", "Date", "Minutes", "Kind"]
    assert [one["value"] for one in asked["Kind"]["element"]["options"]] == ["Video", "In person", "Chat", "Phone"]


def test_of_several_partners_the_conversations_own_is_chosen() -> None:
    partners = [live(), replace(live("Lee Birch"), match_id=TWO)]

    assert "initial_option" not in questions(log_modal(partners, None, NOON.date()))["With"]["element"]
    chosen = questions(log_modal(partners, TWO, NOON.date()))["With"]["element"]["initial_option"]
    assert chosen["text"]["text"] == "Lee Birch"
    assert chosen["value"] != str(ONE)


def test_reasons_in_the_introduction_carry_no_points() -> None:
    shown = readable(introduction_message(match(parts=criteria())).blocks)

    assert "• Career goals: Mia Tan wrote “drug discovery”, Kim Alder wrote “work in pharma”" in shown
    assert " of 30" not in shown


def test_who_is_not_in_slack_is_written_to() -> None:
    by_mail = replace(
        match(mentor=card(MENTOR, "Kim Alder", None)), student_email="mia@x.org", mentor_email="kim@x.org"
    )
    shown = readable(introduction_message(by_mail).blocks)

    assert "Kim Alder is not in Slack. Please write to kim@x.org" in shown
    assert "mia@x.org" not in shown
