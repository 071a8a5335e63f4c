"""What a pair reads of its mentorship: goals, changes, and the list of all that can be done."""

from dataclasses import replace

import pytest

from bot.views.keepsakes import keepsake_link_message, keepsake_message
from bot.views.mentorship_forms import another_modal, end_modal, goals_modal, manage_modal, pause_modal
from bot.views.mentorships import changed_message, goals_proposed_message, kick_off_message, match_pause_over_message
from core.rules.matches import EndReason, MatchState
from core.services.matches import MatchView
from tests.bot.views import meeting_samples, samples
from tests.bot.views.samples import MENTOR, NOON, ONE, TWO, agreed, mentorship
from tests.support.block_limits import button_labels, message_faults, parts, pings, readable

KIM = replace(samples.card(MENTOR, "Kim Alder", "U0KIM"), person_id=TWO)
CARE = ("How is it going?", "Get help privately")
LABELS = {
    MatchState.PENDING: ["Set goals", *CARE, "Pause", "Complete", "End", "Find another mentor"],
    MatchState.ACTIVE: ["Set goals", *CARE, "Pause", "Complete", "End", "Find another mentor"],
    MatchState.PAUSED: ["Set goals", *CARE, "Resume", "Complete", "End", "Find another mentor"],
    MatchState.COMPLETED: ["Open the page to print", "Get help privately"],
    MatchState.ENDED: ["Get help privately"],
}


def match(state: MatchState = MatchState.ACTIVE, **known: object) -> MatchView:
    until = NOON if state is MatchState.PAUSED else None
    return replace(samples.match(mentor=KIM, state=state), paused_until=until, **known)  # type: ignore[arg-type]


def test_the_kick_off_asks_one_question_with_one_button() -> None:
    asked = kick_off_message(match())
    assert "What do you two want to reach, and how often will you meet?" in readable(asked.blocks)
    assert asked.text.startswith("Mia Tan and Kim Alder, what do you two want to reach")
    assert button_labels(asked.blocks) == ["Set goals"]


@pytest.mark.parametrize(("by", "who", "other"), [(ONE, "Mia Tan", "Kim Alder"), (TWO, "Kim Alder", "Mia Tan")])
def test_a_proposal_says_whose_it_is_and_who_is_asked(by: object, who: str, other: str) -> None:
    proposal = agreed(by=(by,))  # type: ignore[arg-type]
    for view in (kick_off_message, goals_proposed_message):
        shown = view(match(agreement=proposal))
        assert f"{who} proposes to meet every 2 weeks" in shown.text
        assert f"It holds once {other} agrees." in shown.text
        assert button_labels(shown.blocks) == ["Agree", "Change"]
        (agree, change) = [part for part in parts(shown.blocks) if part.get("type") == "button"]
        assert agree["value"] == f"{ONE} {proposal.version}"
        assert change["value"] == str(ONE)


def test_what_both_agreed_on_is_said() -> None:
    shown = kick_off_message(match(agreement=agreed()))
    assert shown.text == "Mia Tan and Kim Alder have agreed to meet every 2 weeks."
    assert "A first job in drug discovery." in readable(shown.blocks)
    assert button_labels(shown.blocks) == ["Schedule a meeting", "Change"]


@pytest.mark.parametrize("state", [MatchState.COMPLETED, MatchState.ENDED])
def test_once_it_is_over_no_button_is_left(state: MatchState) -> None:
    for view in (kick_off_message, goals_proposed_message, changed_message, match_pause_over_message):
        assert button_labels(view(match(state, agreement=agreed())).blocks) == []


def test_a_pause_says_until_when_and_how_to_end_it() -> None:
    shown = changed_message(match(MatchState.PAUSED))
    assert "your mentorship is paused until 1 March" in shown.text
    assert button_labels(shown.blocks) == ["Resume", "Manage"]
    assert button_labels(changed_message(match()).blocks) == ["Schedule a meeting", "Manage"]


@pytest.mark.parametrize("state", MatchState)
def test_the_list_shows_only_what_applies(state: MatchState) -> None:
    assert button_labels(manage_modal(mentorship(state=state))) == LABELS[state]
    mentors = button_labels(manage_modal(mentorship(state=state, student=False)))
    assert mentors == [label for label in LABELS[state] if label != "Find another mentor"]


def test_the_list_tells_the_last_meetings() -> None:
    shown = readable(manage_modal(mentorship(contact=samples.MET), [meeting_samples.held()]))
    assert "Your last meetings" in shown


def test_the_list_lets_agree_who_is_asked() -> None:
    assert button_labels(manage_modal(mentorship(agreement=agreed(by=(TWO,)))))[:2] == ["Change", "Agree"]
    waits = manage_modal(mentorship(agreement=agreed(by=(ONE,))))
    assert "Agree" not in button_labels(waits)
    assert "Kim Alder is asked to agree." in readable(waits)


def test_the_form_for_goals_begins_with_what_stands_or_else_with_the_wish() -> None:
    def first(view: dict[str, object]) -> object:
        return next(part for part in parts(view) if part.get("type") == "plain_text_input").get("initial_value")

    assert first(goals_modal(mentorship())) == samples.WISH.wish
    assert first(goals_modal(mentorship(agreement=agreed()))) == "A first job in drug discovery."


def test_reasons_for_an_end_are_few_and_private() -> None:
    for form in (end_modal, another_modal):
        shown = readable(form(mentorship()))
        assert all(reason in shown for reason in EndReason)
        assert "Kim Alder does not learn who ended it, or why." in shown
        assert shown.count("Only staff read it.") == 2
    assert [one in readable(pause_modal(mentorship())) for one in ("2 weeks", "1 month", "3 months")] == [True] * 3


def test_a_keepsake_tells_what_was_done() -> None:
    shown = readable(keepsake_message(samples.kept()).blocks)
    assert "four meetings, 3 hours together" in shown
    assert "What you did" in shown


def test_the_way_to_the_keepsake_is_a_link_of_ones_own() -> None:
    told = keepsake_link_message("https://ithaca.example.org/a/token", samples.kept())
    assert message_faults(told.text, told.blocks) == []
    assert set(pings(told.text)) == {"<https:"}
