"""One side of a mentorship looks after it: goals, pause, end, another mentor, and what remains of it."""

from collections.abc import Callable
from datetime import timedelta

from bot.blocks import Json
from bot.context import Bot
from bot.forms.mentorships import end_answers, goals_answers, pause_span
from bot.payloads import Click, Submission
from bot.views.keepsakes import keepsake_link_message
from bot.views.mentorship_forms import another_modal, end_modal, goals_modal, manage_modal, pause_modal
from core.links import Links, Purpose
from core.rules.matches import require_live
from core.services import mentorships
from core.services.held_meetings import held_meetings
from core.services.keepsakes import keepsake
from core.services.overviews import Mentorship, mentorship
from core.services.people import Person
from core.uow import member

LINK_TIME = timedelta(days=1)
LAST = 5
"""How many of the last meetings are listed."""


def manage(bot: Bot, person: Person, click: Click) -> None:
    """`Manage`: all that can be done about a mentorship as it stands."""
    bot.show(click, _managed(bot, person, click))


def open_goals_form(bot: Bot, person: Person, click: Click) -> None:
    """`Set goals` and `Change`."""
    _open(bot, person, click, goals_modal)


def propose_goals(bot: Bot, person: Person, sent: Submission) -> None:
    """The form `Goals and cadence`."""
    told = goals_answers(sent.values)
    with bot.units.work(member(person.id)) as work:
        mentorships.propose_goals(work, sent.subject_id, told.goals, told.cadence_days)


def agree(bot: Bot, person: Person, click: Click) -> None:
    """`Agree` to the goals that were read."""
    with bot.units.work(member(person.id)) as work:
        mentorships.agree_to_goals(work, click.subject_id, click.version)
    _show_again(bot, person, click)


def open_pause_form(bot: Bot, person: Person, click: Click) -> None:
    """`Pause`."""
    _open(bot, person, click, pause_modal)


def pause(bot: Bot, person: Person, sent: Submission) -> None:
    """The form `Pause this mentorship`."""
    span = pause_span(sent.values)
    with bot.units.work(member(person.id)) as work:
        mentorships.pause_match(work, sent.subject_id, work.now + span)


def resume(bot: Bot, person: Person, click: Click) -> None:
    """`Resume`."""
    with bot.units.work(member(person.id)) as work:
        mentorships.resume_match(work, click.subject_id)
    _show_again(bot, person, click)


def complete(bot: Bot, person: Person, click: Click) -> None:
    """`Complete`: the keepsake follows by the outbox."""
    with bot.units.work(member(person.id)) as work:
        mentorships.complete_match(work, click.subject_id)
    _show_again(bot, person, click)


def open_end_form(bot: Bot, person: Person, click: Click) -> None:
    """`End`."""
    _open(bot, person, click, end_modal)


def end(bot: Bot, person: Person, sent: Submission) -> None:
    """The form `End this mentorship`."""
    told = end_answers(sent.values)
    with bot.units.work(member(person.id)) as work:
        mentorships.end_match(work, sent.subject_id, told.reason, told.note)


def open_another_form(bot: Bot, person: Person, click: Click) -> None:
    """`Find another mentor`."""
    _open(bot, person, click, another_modal)


def find_another(bot: Bot, person: Person, sent: Submission) -> None:
    """The form `Find another mentor`: where the new request stands follows by the outbox."""
    told = end_answers(sent.values)
    with bot.units.work(member(person.id)) as work:
        mentorships.find_another_mentor(work, sent.subject_id, told.reason, told.note)


def open_keepsake(bot: Bot, person: Person, click: Click) -> None:
    """`Open the page to print`: a link of this person's own, for a day."""
    with bot.units.read(member(person.id)) as reading:
        kept = keepsake(reading, click.subject_id)
        until = reading.now + LINK_TIME
    url = Links.of(bot.settings).url(Purpose.KEEPSAKE, person.id, kept.match_id, until)
    bot.tell(click, keepsake_link_message(url, kept), "Keepsake")


def _open(bot: Bot, person: Person, click: Click, form: Callable[[Mentorship], Json]) -> None:
    """Open a form about a mentorship that runs. Raises `MatchOver`."""
    with bot.units.read(member(person.id)) as reading:
        seen = mentorship(reading, click.subject_id)
    require_live(seen.state)
    bot.show(click, form(seen))


def _show_again(bot: Bot, person: Person, click: Click) -> None:
    """Pressed in a modal or on the Home tab, where no card changes before one's eyes: show how it stands now."""
    if click.in_modal:
        bot.draw_again(click, _managed(bot, person, click))
    elif not click.response_url:
        manage(bot, person, click)


def _managed(bot: Bot, person: Person, click: Click) -> Json:
    with bot.units.read(member(person.id)) as reading:
        seen = mentorship(reading, click.subject_id)
        return manage_modal(seen, held_meetings(reading, seen.match_id, LAST))
