"""`/ask open`: a mentor looks through open questions and claims."""

from bot.blocks import Json
from bot.context import Bot
from bot.errors import sentence
from bot.forms.open_questions import Place, place_of, topic_picked
from bot.payloads import Click, Command
from bot.views.open_questions import TITLE, claimed_notice, for_mentors_message, open_questions_modal
from core.rules.errors import DomainError
from core.rules.questions import MentorsOnly
from core.services.open_questions import open_list
from core.services.people import Person
from core.services.question_claims import claim_question
from core.services.questions import question_view
from core.uow import member


def show_open(bot: Bot, person: Person, asked: Command | Click) -> None:
    """`/ask open` and buttons to it: the list; who is no mentor is told what it is."""
    try:
        view = _drawn(bot, person, Place())
    except MentorsOnly:
        bot.tell(asked, for_mentors_message(), TITLE)
    else:
        bot.show(asked, view)


def pick_topic(bot: Bot, person: Person, click: Click) -> None:
    """The list of topics: the first page about the one that was picked."""
    bot.draw_again(click, _drawn(bot, person, topic_picked(click.value)))


def turn_page(bot: Bot, person: Person, click: Click) -> None:
    """`Previous` and `More questions`."""
    bot.draw_again(click, _drawn(bot, person, place_of(click.value)))


def claim(bot: Bot, person: Person, click: Click) -> None:
    """`Claim` in the list. Whatever comes of it stands above the list, which is drawn anew."""
    place = place_of(click.version)
    try:
        with bot.units.work(member(person.id)) as work:
            claim_question(work, click.subject_id)
            notice = claimed_notice(question_view(work, click.subject_id))
    except DomainError as error:
        notice = sentence(error)
    bot.draw_again(click, _drawn(bot, person, place, notice))


def _drawn(bot: Bot, person: Person, place: Place, notice: str = "") -> Json:
    with bot.units.read(member(person.id)) as reading:
        return open_questions_modal(open_list(reading, person.id, place.topic, place.page), notice)
