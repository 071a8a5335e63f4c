"""A pair tells of its meetings: logged, answered in one tap, confirmed or corrected."""

from zoneinfo import ZoneInfo

from bot.context import Bot
from bot.forms.meetings import meeting_answers
from bot.payloads import Click, Command, Submission, chosen_id
from bot.views.meetings import correction_modal, log_modal
from core.services import meetings
from core.services.held_meetings import meeting_view
from core.services.matches import pair, partners_now
from core.services.people import Person
from core.uow import member


def open_log_form(bot: Bot, person: Person, asked: Click | Command) -> None:
    """`Log a meeting`: the form, with this person's partners to choose from."""
    chosen = chosen_id(asked)
    with bot.units.read(member(person.id)) as reading:
        partners = partners_now(reading, person.id, chosen)
        today = reading.now.astimezone(ZoneInfo(person.tz)).date()
    bot.show(asked, log_modal(partners, chosen, today))


def log_meeting(bot: Bot, person: Person, sent: Submission) -> None:
    """The log form."""
    with bot.units.work(member(person.id)) as work:
        meetings.log_meeting(work, meeting_answers(sent.values))


def met(bot: Bot, person: Person, click: Click) -> None:
    """`We met`: logged in one tap."""
    with bot.units.work(member(person.id)) as work:
        meetings.we_met(work, click.subject_id)


def not_met(bot: Bot, person: Person, click: Click) -> None:
    """`We didn't`."""
    with bot.units.work(member(person.id)) as work:
        meetings.we_did_not_meet(work, click.subject_id)


def confirm(bot: Bot, person: Person, click: Click) -> None:
    """`Confirm`: as the other side tells it."""
    with bot.units.work(member(person.id)) as work:
        meetings.confirm_meeting(work, click.subject_id)


def open_correction(bot: Bot, person: Person, click: Click) -> None:
    """`Correct`: the log form, with what this person told before, or what stands."""
    with bot.units.read(member(person.id)) as reading:
        meeting = meeting_view(reading, click.subject_id)
        partner = pair(reading, meeting.match_id).other(person.id)
    view = correction_modal(meeting, person.id, partner.name)
    bot.show(click, view)


def correct(bot: Bot, person: Person, sent: Submission) -> None:
    """The form of `Correct`."""
    with bot.units.work(member(person.id)) as work:
        meetings.correct_meeting(work, sent.subject_id, meeting_answers(sent.values))
