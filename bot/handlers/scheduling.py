"""A pair schedules: one side proposes three times, the other picks one, and either may call it off."""

from bot.context import Bot
from bot.forms.scheduling import proposal
from bot.ids import Action
from bot.payloads import Click, Command, Submission, chosen_id
from bot.views.scheduling import schedule_modal
from core.services import scheduling
from core.services.matches import partners_now
from core.services.people import Person
from core.uow import member

PICKS = (Action.MEETING_PICK_FIRST, Action.MEETING_PICK_SECOND, Action.MEETING_PICK_THIRD)


def open_schedule_form(bot: Bot, person: Person, asked: Click | Command) -> None:
    """`Schedule a meeting`: the form, with this person's partners to choose from."""
    chosen = chosen_id(asked)
    with bot.units.read(member(person.id)) as reading:
        partners = partners_now(reading, person.id, chosen)
    bot.show(asked, schedule_modal(partners, chosen))


def propose(bot: Bot, person: Person, sent: Submission) -> None:
    """The form: three times for the partner to pick from."""
    with bot.units.work(member(person.id)) as work:
        scheduling.propose_meeting(work, proposal(sent.values))


def pick(bot: Bot, person: Person, click: Click) -> None:
    """One of the buttons that are named by a time."""
    with bot.units.work(member(person.id)) as work:
        scheduling.pick_time(work, click.subject_id, PICKS.index(Action(click.action_id)))


def refuse(bot: Bot, person: Person, click: Click) -> None:
    """`None of these`."""
    with bot.units.work(member(person.id)) as work:
        scheduling.refuse_times(work, click.subject_id)


def cancel(bot: Bot, person: Person, click: Click) -> None:
    """`Cancel meeting`, or `Take back` of one's own times."""
    with bot.units.work(member(person.id)) as work:
        scheduling.cancel_meeting(work, click.subject_id)
