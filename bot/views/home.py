"""The Home tab: a person's dashboard, calm and short. Students and mentors see their part, or both."""

from bot.blocks import (
    VIEW_BLOCKS,
    Json,
    actions,
    and_more,
    button,
    context,
    day_mark,
    divider,
    escape,
    header,
    home_tab,
    moment_mark,
    quote,
    section,
)
from bot.ids import Action
from bot.views.action_items import item_blocks
from bot.views.asks import ask_blocks
from bot.views.meetings import coming_blocks
from bot.views.mentoring import pause_button
from bot.views.offers import fit, offer_buttons
from bot.views.open_questions import open_questions_button
from bot.views.own_questions import claimed_blocks, own_question_blocks
from bot.views.partners import partner_blocks
from bot.views.preferences import preferences_button
from bot.views.privacy import privacy_button
from bot.views.profiles import places, profile_button
from bot.views.questions import ask_button
from bot.views.requests import status_blocks
from bot.views.suggestions import suggestion_blocks
from core.rules.roles import Role
from core.services.home import Home, MentorLoad
from core.services.offers import OfferCard
from core.words import count, upper_first

WISH = 200


def home_view(home: Home) -> Json:
    """What is open for this person, and the next thing to do."""
    if is_new(home):
        return home_tab([header(f"Welcome, {home.person.name}"), *welcome_blocks()])
    waiting = [
        *_titled("How is it going?", ask_blocks(home.asks)),
        *_titled("Your meetings", coming_blocks(home.meetings, home.person.tz)),
        *_titled("To do", item_blocks(home.items, home.person.id)),
    ]
    student, mentor = [*_student_part(home), *_question_part(home)], _mentor_part(home)
    between = [divider()] if student and mentor else []
    always = [divider(), actions(profile_button(), preferences_button(), privacy_button(), _help())]
    return home_tab([*_fitting([*waiting, *student, *between, *mentor], VIEW_BLOCKS - len(always)), *always])


def _fitting(blocks: list[Json], most: int) -> list[Json]:
    """What Slack has room for. What is cut says so: all of it stands in messages as well."""
    if len(blocks) <= most:
        return blocks
    return [*blocks[: most - 1], context("There is more than fits here. The rest is in your messages from Ithaca.")]


def _titled(title: str, blocks: list[Json]) -> list[Json]:
    """What waits for this person, under a title; nothing at all where nothing does."""
    return [header(title), *blocks, divider()] if blocks else []


def is_new(home: Home) -> bool:
    """Whether we know nothing of this person yet."""
    return not home.has_student_profile and home.load is None


def welcome_blocks() -> list[Json]:
    """What Ithaca is for, and the two ways in."""
    return [
        section("Ithaca brings students together with mentors who have gone the way they want to go."),
        divider(),
        section(
            "*For students*\nTell us what you want to become, and we ask the three mentors who fit you best.",
            beside=button("I am looking for a mentor", Action.MENU_PROFILE, Role.STUDENT, style="primary"),
        ),
        section(
            "*For mentors*\nTell us what you can help with, and we come to you only with students who fit.",
            beside=button("I want to be a mentor", Action.MENU_PROFILE, Role.MENTOR),
        ),
    ]


def _student_part(home: Home) -> list[Json]:
    if not home.has_student_profile:
        return []
    mentors = home.mentors
    blocks: list[Json] = []
    if mentors.all:
        blocks += [header("Your mentor" if mentors.all == 1 else "Your mentors"), *partner_blocks(mentors)]
    suggested = suggestion_blocks(home.suggestions)
    if home.request and home.asks_for_mentor:
        blocks += [header("Your search for a mentor"), *status_blocks(home.request)]
    elif not mentors.all:
        blocks += [
            header("Your search for a mentor"),
            *suggested,
            section("You have no open request. When you ask, we look for three mentors who fit you."),
            actions(button("Ask for a mentor", Action.MENU_REQUEST, style=None if suggested else "primary")),
        ]
    elif suggested:
        blocks += [header("Another mentor"), *suggested]
    return blocks


def _question_part(home: Home) -> list[Json]:
    """What this person asked; how to ask, for who is a student."""
    own = own_question_blocks(home.questions)
    if home.has_student_profile:
        something = "Something else a mentor may know?" if own else "Something a mentor may know?"
        ask = f"{something} Ask, and one who knows the answer talks with you alone."
        return [header("Your questions"), *own, section(ask, beside=ask_button())]
    return [header("Your questions"), *own] if own else []


def _mentor_part(home: Home) -> list[Json]:
    if home.load is None:
        return []
    told = _load(home.load, home.person.tz, answers=home.claimed.all)
    load = section(told, beside=pause_button(home.load.paused_until))
    blocks = [header("Your mentoring"), load]
    if home.offers.all:
        blocks.append(section(f"*{upper_first(count(home.offers.all, 'student'))} for you to consider*"))
    blocks += [block for card in home.offers for block in _offer(card)]
    blocks += and_more(home.offers.more, "in your messages")
    if home.mentees.all:
        blocks += [header("Your mentees"), *partner_blocks(home.mentees)]
    return [*blocks, header("Quick questions"), *claimed_blocks(home.claimed, home.person.tz), _open_questions(home)]


def _open_questions(home: Home) -> Json:
    if home.open_questions == 0:
        return section("No question is open to you at the moment. New ones appear in the channel first.")
    waits = count(home.open_questions, "question waits", "questions wait")
    return section(f"{upper_first(waits)} for a mentor.", beside=open_questions_button())


def _load(load: MentorLoad, tz: str, *, answers: int) -> str:
    """Places, and whether somebody waits: a student with an offer, or one of `answers` claimed questions."""
    taken = f"{upper_first(places(load.current, load.most))}."
    if load.paused_until:
        return f"{taken} New students are paused until {day_mark(load.paused_until, tz)}."
    if load.open_offers or answers:
        return taken
    return f"{taken} Nobody waits for an answer from you."


def _offer(card: OfferCard) -> list[Json]:
    headline = card.student.answers.headline if card.student else ""
    who = f"*{escape(card.student_name)}*" + (f", {quote(headline)}" if headline else "")
    by = moment_mark(card.deadline, card.mentor_tz)
    return [
        section(f"{who}\nWants from a mentor: {quote(card.wish, WISH)}"),
        context(f"{fit(card)} · Please answer by {by}{_question(card)}"),
        offer_buttons(card),
    ]


def _question(card: OfferCard) -> str:
    """Where a question of theirs stands."""
    if not card.questions:
        return ""
    return " · Your question was answered" if card.questions[-1].answer is not None else " · Your question is asked"


def _help() -> Json:
    return button("Help", Action.MENU_HELP)
