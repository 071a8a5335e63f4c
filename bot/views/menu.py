"""`/mentor`: a private menu of what is open and what one can do, and the help."""

from collections.abc import Mapping

from bot.blocks import Json, Message, actions, and_more, button, escape, message, section
from bot.ids import Action
from bot.views.commands import command_list
from bot.views.home import is_new, welcome_blocks
from bot.views.mentoring import pause_button
from bot.views.open_questions import open_questions_button
from bot.views.own_questions import claimed_blocks
from bot.views.partners import partner_buttons, who
from bot.views.privacy import privacy_button
from bot.views.profiles import places, profile_button
from bot.views.questions import ask_button
from bot.views.requests import standing, when
from bot.views.suggestions import suggestion_blocks
from core.services.home import Home, MentorLoad
from core.services.listing import First
from core.services.overviews import Mentorship
from core.words import count, day, listed, moment, upper_first

MOST_PARTNERS = 3
NOTHING = "Nothing waits for you at the moment."
COMMANDS: Mapping[str, str] = {
    "/mentor": "what is open for you",
    "/mentor profile": "tell about yourself, or change what you told",
    "/mentor profile @somebody": "read the profile of your mentor or mentee",
    "/mentor request": "ask for a mentor",
    "/mentor status": "where your request stands",
    "/mentor schedule": "propose times to meet",
    "/mentor log": "note a meeting you had",
    "/mentor feedback": "say how it is going",
    "/mentor pause": "take no new students for a month",
    "/mentor resume": "take new students again",
    "/mentor privacy": "what is kept about you, and how to have it or erase it",
    "/mentor help": "this list",
}


def menu_message(home: Home) -> Message:
    """What is open for this person, and buttons for the rest."""
    if is_new(home):
        text = "Welcome to Ithaca. Are you looking for a mentor, or would you like to be one?"
        return message(text, [section(text), *welcome_blocks()])
    lines = _open_lines(home)
    mentors = [f"Your mentor is {escape(one.partner.name)}." for one in home.mentors]
    return message(
        "\n".join([*lines, *mentors]),
        [
            section("\n\n".join(lines)),
            *suggestion_blocks(home.suggestions),
            *_partners(home.mentors, "Your mentor"),
            *_partners(home.mentees, "Your mentee"),
            *claimed_blocks(home.claimed, home.person.tz),
            actions(*_buttons(home)),
        ],
    )


def _partners(seen: First[Mentorship], title: str) -> list[Json]:
    """The first few mentorships, each with the buttons that it has on the Home tab."""
    few = First.of(seen.shown, MOST_PARTNERS)
    rows = ((section(f"*{title} {who(one)}*"), actions(*partner_buttons(one))) for one in few)
    return [*(block for row in rows for block in row), *and_more(seen.all - len(few.shown), "on your Home tab")]


def _open_lines(home: Home) -> list[str]:
    """A line or two for each thing that is open, marked up."""
    lines = []
    if home.request and home.asks_for_mentor:
        lines.append(" ".join(standing(home.request, when(home.request))))
    elif home.has_student_profile and not home.mentors.all:
        lines.append("You have no open request for a mentor.")
    if home.questions.all:
        lines.append(f"You have {count(home.questions.all, 'quick question')} on the way: see `/ask mine`.")
    if home.load:
        lines.append(_mentoring(home, home.load))
    return lines or [NOTHING]


def _mentoring(home: Home, load: MentorLoad) -> str:
    taken = f"As a mentor you have {places(load.current, load.most)}."
    if load.paused_until:
        taken += f" New students are paused until {day(load.paused_until, home.person.tz)}."
    if home.claimed.all and not load.open_offers:
        return taken  # somebody waits: who asked what they claimed
    waiting = count(load.open_offers, "student waits", "students wait")
    names = [f"{escape(one.student_name)} until {moment(one.deadline, one.mentor_tz)}" for one in home.offers]
    return f"{taken} {upper_first(waiting)} for your answer{f': {listed(names)}' if names else ''}."


def _buttons(home: Home) -> list[Json]:
    made = [profile_button()]
    if home.has_student_profile and not home.asks_for_mentor:
        made.append(button("Ask for a mentor", Action.MENU_REQUEST))
    if home.request:
        made.append(button("Status", Action.MENU_STATUS))
    if home.has_student_profile:
        made.append(ask_button())
    if home.load:
        made += [open_questions_button(), pause_button(home.load.paused_until)]
    return [*made, privacy_button(), button("Help", Action.MENU_HELP)]


def help_message(*, unknown: str = "", contact: str = "") -> Message:
    """Every command there is, and how staff are reached; first, if one was typed that is not, a word about it."""
    first = f"There is no `/mentor {escape(unknown[:40])}`. " if unknown else ""
    intro = f"{first}This is what you can type anywhere in Slack:"
    return command_list(intro, COMMANDS, contact)
