"""A person asks what is kept about them, for a copy of it, or to be erased."""

from bot.blocks import Json
from bot.context import Bot
from bot.forms.privacy import erase_word
from bot.payloads import Click, Command, Submission
from bot.views.privacy import erase_modal, erased_modal, export_message, privacy_message, privacy_modal
from core.links import Links, Purpose
from core.privacy_words import LINK_LIFE
from core.services.erasure import erase_self
from core.services.people import Person
from core.uow import member


def open_privacy(bot: Bot, person: Person, asked: Click | Command) -> None:
    """`Privacy`: in the conversation, for this person's eyes; on the Home tab in a modal."""
    url = _url(bot, person, Purpose.PRIVACY)
    if asked.response_url:
        bot.tell(asked, privacy_message(url))
    else:
        bot.show(asked, privacy_modal(url))


def export(bot: Bot, person: Person, click: Click) -> None:
    """`Export my data`: a link of this person's own, for an hour."""
    bot.tell(click, export_message(_url(bot, person, Purpose.OWN_DATA)), "Your data")


def open_erase_form(bot: Bot, person: Person, click: Click) -> None:
    """`Erase me`: what goes and what stays, before it is done."""
    del person
    bot.show(click, erase_modal())


def erase(bot: Bot, person: Person, sent: Submission) -> Json:
    """The form."""
    with bot.units.work(member(person.id)) as work:
        erase_self(work, erase_word(sent.values))
    return erased_modal()


def _url(bot: Bot, person: Person, purpose: Purpose) -> str:
    until = bot.units.clock() + LINK_LIFE
    return Links.of(bot.settings).url(purpose, person.id, person.id, until)
