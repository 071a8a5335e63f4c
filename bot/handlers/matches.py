"""A pair looks after its meetings."""

from zoneinfo import ZoneInfo

from bot.context import Bot
from bot.forms.meetings import meeting_answers
from bot.gateway import respond
from bot.payloads import Click, Command, Submission
from bot.views.meetings import log_modal
from core.services.matches import NoMatch, live_matches
from core.services.meetings import log_meeting as keep_meeting
from core.services.people import Person
from core.uow import member

SCHEDULING = (
    "Proposing times from here is not ready yet. Please agree on a time in this conversation, and note the "
    "meeting afterwards with “Log a meeting”."
)


def schedule(bot: Bot, person: Person, click: Click) -> None:
    """`Schedule a meeting`: says how to go about it until proposals exist."""
    del bot, person
    respond(click.response_url, {"text": SCHEDULING})


def open_log_form(bot: Bot, person: Person, asked: Click | Command) -> None:
    """`Log a meeting`: the form, with this person's partners to choose from."""
    with bot.units.read(member(person.id)) as reading:
        partners = live_matches(reading, person.id)
        today = reading.now.astimezone(ZoneInfo(person.tz)).date()
    if not partners:
        raise NoMatch
    chosen = asked.subject_id if isinstance(asked, Click) else None
    bot.slack.call("views.open", trigger_id=asked.trigger_id, view=log_modal(partners, chosen, today))


def log_meeting(bot: Bot, person: Person, sent: Submission) -> None:
    """The log form."""
    with bot.units.work(member(person.id)) as work:
        keep_meeting(work, meeting_answers(sent.values))
