"""The Home tab and the menu."""

from datetime import timedelta

from bot.views.home import home_view
from bot.views.menu import COMMANDS, help_message, menu_message
from core.rules.matches import MatchState
from core.rules.questions import QuestionState
from core.rules.requests import RequestState
from core.services.home import MentorLoad
from tests.bot.views.claim_samples import question
from tests.bot.views.meeting_samples import coming, item
from tests.bot.views.samples import (
    MET,
    NOON,
    ONE,
    TWO,
    agreed,
    asked_about,
    home,
    mentorship,
    offer,
    status,
    suggestion,
)
from tests.support.block_limits import button_labels, parts, readable

FREE = MentorLoad(1, 2, 0, None)


def test_somebody_new_finds_the_two_ways_in() -> None:
    view = home_view(home(student=False))
    carried = [part.get("value") for part in parts(view) if part.get("type") == "button"]

    assert button_labels(view) == ["I am looking for a mentor", "I want to be a mentor"]
    assert carried == ["student", "mentor"]


def test_a_student_without_a_request_can_ask() -> None:
    assert button_labels(home_view(home())) == [
        *("Ask for a mentor", "Ask a quick question"),
        *("Your profile", "Message settings", "Privacy", "Help"),
    ]


def test_a_student_with_a_request_sees_its_next_step() -> None:
    view = home_view(home(request=status(RequestState.OFFERED)))

    assert "Three mentors who fit you have been asked." in readable(view)
    assert button_labels(view) == [
        *("Edit request", "Cancel request", "Ask a quick question"),
        *("Your profile", "Message settings", "Privacy", "Help"),
    ]


def test_a_student_whose_request_was_cancelled_can_ask_again() -> None:
    assert "Ask for a mentor" in button_labels(home_view(home(request=status(RequestState.CANCELLED))))


def test_a_matched_student_is_first_asked_for_goals() -> None:
    view = home_view(home(request=status(RequestState.MATCHED), matches=(mentorship(),)))

    assert "<@U0KIM>" in readable(view)
    assert "You have not set goals yet." in readable(view)
    assert "You have not met yet" in readable(view)
    assert button_labels(view) == [
        *("Set goals", "Schedule a meeting", "Log a meeting", "Manage"),
        *("Ask a quick question", "Your profile", "Message settings", "Privacy", "Help"),
    ]


def test_goals_cadence_and_meetings_are_shown() -> None:
    view = home_view(home(matches=(mentorship(agreement=agreed(), contact=MET),)))

    assert "You meet every 2 weeks: “A first job in drug discovery.”" in readable(view)
    assert "Next meeting <!date^" in readable(view)
    assert "Last met <!date^" in readable(view)
    assert "Four meetings so far" in readable(view)
    assert button_labels(view)[:3] == ["Schedule a meeting", "Log a meeting", "Manage"]


def test_who_is_asked_to_agree_can_do_so_here() -> None:
    waits = mentorship(agreement=agreed(by=(TWO,)))
    assert "Proposes to meet every 2 weeks" in readable(home_view(home(matches=(waits,))))
    assert button_labels(home_view(home(matches=(waits,))))[:2] == ["Agree", "Change"]
    asked = home_view(home(matches=(mentorship(agreement=agreed(by=(ONE,))),)))
    assert "You proposed to meet every 2 weeks" in readable(asked)
    assert "Agree" not in button_labels(asked)


def test_a_paused_mentorship_says_until_when_and_can_go_on() -> None:
    view = home_view(home(matches=(mentorship(state=MatchState.PAUSED),)))

    assert "Paused until <!date^" in readable(view)
    assert button_labels(view)[:3] == ["Resume", "Log a meeting", "Manage"]


def test_a_second_search_stands_beside_the_mentor() -> None:
    shown = readable(home_view(home(request=status(RequestState.OFFERED), matches=(mentorship(),))))

    assert "Your mentor" in shown
    assert "Your search for a mentor" in shown


def test_a_mentor_sees_load_offers_and_mentees() -> None:
    load, mentees = MentorLoad(1, 2, 12, None), (mentorship("Mia Tan", student=False, slack_user_id="U0MIA"),)
    view = home_view(home(student=False, load=load, offers=(offer(),) * 12, matches=mentees))
    shown = readable(view)

    assert "1 of 2 places taken." in shown
    assert "<@U0MIA>" in shown
    assert "12 students for you to consider" in shown
    assert "And six more, in your messages." in shown
    offered = ["Accept", "Decline", "Ask a question", "View profile"]
    assert button_labels(view)[:6] == ["Pause", *offered, offered[0]]


def test_many_mentees_take_a_line_and_a_button_each() -> None:
    many = tuple(mentorship(f"Student {number}", student=False, slack_user_id=None) for number in range(25))
    view = home_view(home(student=False, load=FREE, matches=many))

    assert button_labels(view).count("Manage") == 20
    assert "And five more." in readable(view)
    assert len(view["blocks"]) < 40
    few = home_view(home(student=False, load=FREE, matches=many[:5]))
    assert button_labels(few).count("Schedule a meeting") == 5


def test_what_is_asked_comes_first() -> None:
    view = home_view(home(matches=(mentorship(),), asks=(asked_about(),)))

    assert button_labels(view)[:4] == ["Going well", "Could be better", "We haven't met", "Get help privately"]


def test_meetings_and_what_is_to_do_come_before_the_partners() -> None:
    view = home_view(home(matches=(mentorship(),), meetings=coming(), items=(item(),)))
    shown = readable(view)

    assert shown.index("Your meetings") < shown.index("To do") < shown.index("Your mentor")
    assert {"Done", "Change"} <= set(button_labels(view))


def test_a_home_that_is_full_still_ends_with_the_way_to_profile_and_help() -> None:
    students = tuple(mentorship(f"Student {number}", student=False) for number in range(30))
    mentors = tuple(mentorship(f"Mentor {number}") for number in range(30))
    asks, offers = tuple(asked_about() for _ in range(12)), tuple(offer() for _ in range(10))
    load = MentorLoad(20, 20, 12, None)
    view = home_view(home(load=load, offers=offers, matches=(*mentors, *students), asks=asks))

    assert len(view["blocks"]) <= 100
    assert button_labels(view)[-4:] == ["Your profile", "Message settings", "Privacy", "Help"]


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
    assert button_labels(message.blocks) == [
        *("Your profile", "Status", "Ask a quick question"),
        *("Browse open questions", "Pause", "Privacy", "Help"),
    ]


def test_the_menu_has_the_buttons_of_running_mentorships() -> None:
    pair = (
        mentorship(agreement=agreed()),
        mentorship("Mia Tan", student=False, slack_user_id=None, agreement=agreed()),
    )
    message = menu_message(home(matches=pair, load=FREE))

    assert "*Your mentor <@U0KIM>*" in readable(message.blocks)
    assert "*Your mentee Mia Tan*" in readable(message.blocks)
    assert button_labels(message.blocks)[:6] == ["Schedule a meeting", "Log a meeting", "Manage"] * 2
    many = tuple(mentorship(f"Student {number}", student=False) for number in range(5))
    assert "And two more, on your Home tab." in readable(menu_message(home(matches=many, load=FREE)).blocks)


def test_a_student_sees_where_their_questions_stand() -> None:
    view = home_view(home(questions=(question(QuestionState.CLAIMED), question(QuestionState.ANSWERED))))
    shown = readable(view)

    assert "Kim Alder has your question." in shown
    assert "Kim Alder answered your question." in shown
    assert button_labels(view)[1:4] == ["Withdraw", "Rate answer", "Ask a quick question"]


def test_a_mentor_sees_what_they_claimed_and_how_much_is_open() -> None:
    view = home_view(home(student=False, load=FREE, claimed=(question(QuestionState.CLAIMED),), open_questions=4))

    assert "*Mia Tan asks* “How do I read an offer letter?”" in readable(view)
    assert "Four questions wait for a mentor." in readable(view)
    assert button_labels(view)[1:4] == ["Mark answered", "Release", "Browse open questions"]
    none = home_view(home(student=False, load=FREE))
    assert "No question is open to you at the moment." in readable(none)


def test_nobody_waits_is_said_to_who_has_nothing_to_answer() -> None:
    idle = home_view(home(student=False, load=FREE))
    claimed = home_view(home(student=False, load=FREE, claimed=(question(QuestionState.CLAIMED),)))
    assert "Nobody waits for an answer from you." in str(idle)
    assert "Nobody waits" not in str(claimed)
    waits = "student waits for your answer"
    assert waits in menu_message(home(student=False, load=FREE)).text.replace("students wait", "student waits")
    assert waits not in menu_message(home(student=False, load=FREE, claimed=(question(QuestionState.CLAIMED),))).text


def test_a_suggested_mentorship_can_be_answered_on_the_home_tab() -> None:
    view = home_view(home(suggestions=(suggestion(),)))

    assert button_labels(view)[:3] == ["Ask Kim Alder to be my mentor", "No thanks", "Ask for a mentor"]


def test_a_home_that_is_cut_says_so() -> None:
    many = tuple(mentorship(f"Student {number}", student=False) for number in range(30))
    waiting = (question(QuestionState.CLAIMED),) * 9
    full = home(
        load=MentorLoad(20, 20, 12, None),
        request=status(RequestState.OFFERED),
        offers=(offer(),) * 9,
        matches=(*many, *(mentorship() for _ in range(20))),
        asks=(asked_about(),) * 9,
        meetings=coming() * 3,
        items=(item(),) * 9,
        questions=waiting,
        claimed=waiting,
    )
    view = home_view(full)

    assert len(view["blocks"]) == 100
    assert "There is more than fits here." in readable(view)


def test_the_menu_of_an_idle_student_offers_to_ask() -> None:
    assert button_labels(menu_message(home()).blocks) == [
        *("Your profile", "Ask for a mentor"),
        *("Ask a quick question", "Privacy", "Help"),
    ]


def test_a_wrong_word_is_named_before_the_help() -> None:
    message = help_message(unknown="<dance>")

    assert message.text.startswith("There is no `/mentor &lt;dance&gt;`.")
    assert all(command in message.text for command in COMMANDS)
