"""A person says when they want to hear from us."""

from bot.context import Bot
from bot.forms.preferences import preference_answers
from bot.payloads import Click, Submission
from bot.views.preferences import preferences_modal
from core.services.people import Person
from core.services.preferences import preferences_of, save_preferences
from core.uow import member


def open_preferences(bot: Bot, person: Person, click: Click) -> None:
    """`Message settings`: the form, filled in with how it is."""
    with bot.units.read(member(person.id)) as reading:
        now = preferences_of(reading, person.id)
    bot.show(click, preferences_modal(now, person.tz))


def save(bot: Bot, person: Person, sent: Submission) -> None:
    """The form."""
    with bot.units.work(member(person.id)) as work:
        save_preferences(work, person.id, preference_answers(sent.values))
