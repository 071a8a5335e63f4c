"""The Home tab and the menu."""

from datetime import timedelta

from bot.views.home import home_view
from bot.views.menu import COMMANDS, help_message, menu_message
from core.rules.requests import RequestState
from core.services.home import MentorLoad
from tests.bot.views.samples import NOON, home, live, offer, status
from tests.support.block_limits import button_labels, parts, readable

FREE = MentorLoad(1, 2, 0, None)


def test_somebody_new_finds_the_two_ways_in() -> None:
    view = home_view(home(student=False))
    carried = [part.get("value") for part in parts(view) if part.get("type") == "button"]

    assert button_labels(view) == ["I am looking for a mentor", "I want to be a mentor"]
    assert carried == ["student", "mentor"]


def test_a_student_without_a_request_can_ask() -> None:
    assert button_labels(home_view(home())) == ["Ask for a mentor", "Edit profile", "Message settings", "Help"]


def test_a_student_with_a_request_sees_its_next_step() -> None:
    view = home_view(home(request=status(RequestState.OFFERED)))

    assert "Three mentors who fit you have been asked." in readable(view)
    assert button_labels(view) == ["Edit request", "Cancel request", "Edit profile", "Message settings", "Help"]


def test_a_student_whose_request_was_cancelled_can_ask_again() -> None:
    assert "Ask for a mentor" in button_labels(home_view(home(request=status(RequestState.CANCELLED))))


def test_a_matched_student_sees_the_mentor() -> None:
    view = home_view(home(request=status(RequestState.MATCHED), matches=(live(),)))

    assert "Your mentor is <@U0KIM>." in readable(view)
    assert button_labels(view) == ["Log a meeting", "Edit profile", "Message settings", "Help"]


def test_a_mentor_sees_load_offers_and_mentees() -> None:
    load, mentees = MentorLoad(1, 2, 12, None), (live("Mia Tan", student=False, slack_user_id="U0MIA"),)
    view = home_view(home(student=False, load=load, offers=(offer(), offer()), matches=mentees))
    shown = readable(view)

    assert "1 of 2 places taken." in shown
    assert "You mentor <@U0MIA>." in shown
    assert "12 students for you to consider" in shown
    assert "The others are in your messages." in shown
    offered = ["Accept", "Decline", "Ask a question", "View profile"]
    assert button_labels(view)[:6] == ["Pause", "Log a meeting", *offered]


def test_a_pause_is_shown_while_it_lasts() -> None:
    load = MentorLoad(0, 1, 0, NOON + timedelta(days=1))
    mentor = home(student=False, load=load)

    assert "New students are paused until <!date^" in readable(home_view(mentor))
    assert "Resume" in button_labels(home_view(mentor))
    free = home_view(home(student=False, load=MentorLoad(0, 1, 0, None)))
    assert "paused" not in readable(free)
    assert "Pause" in button_labels(free)


def test_who_is_both_sees_both_parts() -> None:
    shown = readable(home_view(home(load=FREE)))

    assert "Your search for a mentor" in shown
    assert "Your mentoring" in shown


def test_the_menu_tells_what_is_open() -> None:
    message = menu_message(home(request=status(RequestState.WAITING), load=FREE))

    assert "you are on the waiting list" in message.text
    assert "As a mentor you have 1 of 2 places taken. No students wait for your answer." in message.text
    assert button_labels(message.blocks) == ["Your profile", "Status", "Pause", "Help"]


def test_the_menu_of_an_idle_student_offers_to_ask() -> None:
    assert button_labels(menu_message(home()).blocks) == ["Your profile", "Ask for a mentor", "Help"]


def test_a_wrong_word_is_named_before_the_help() -> None:
    message = help_message(unknown="<dance>")

    assert message.text.startswith("There is no `/mentor &lt;dance&gt;`.")
    assert all(command in message.text for command in COMMANDS)
