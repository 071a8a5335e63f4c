"""Matching and ending by hand: `/mentor-admin match` and `/mentor-admin end`. For staff alone."""

from bot.blocks import Json, Message
from bot.context import Bot
from bot.forms.manual_matches import reason
from bot.payloads import Account, Click, Command, Submission
from bot.views.manual_matches import confirm_modal, end_as_staff_modal, matched_notice, scoring_message
from bot.views.notices import notice_modal
from core.rules.errors import InvalidFields, NotAllowed
from core.rules.manual_matches import NeedsOverruling
from core.rules.roles import Role
from core.services.finding import NobodyFound, find_person
from core.services.manual_matches import confirm_pair
from core.services.manual_runs import ask_mentors, manual_run
from core.services.matches import pair
from core.services.people import Person, by_slack
from core.services.staff_matches import end_as_staff, match_between
from core.staff_words import refused
from core.uow import Reading, admin

PAIR = 2
"""A student and a mentor, in this order."""


def score_pair(bot: Bot, person: Person, command: Command) -> Message:
    """`/mentor-admin match`: a worker looks at the two, and answers where this was typed."""
    with bot.units.work(admin(person.id)) as work:
        student, mentor = _two(work, command)
        ask_mentors(work, student.id, [mentor.id], answer_to=command.response_url)
    return scoring_message(student, mentor)


def open_confirm_form(bot: Bot, person: Person, click: Click) -> None:
    """`Confirm`."""
    _only_staff(person)
    with bot.units.read(admin(person.id)) as reading:
        run = manual_run(reading, click.subject_id)
    bot.show(click, confirm_modal(run, run.mentor(click.second_id)))


def confirm(bot: Bot, person: Person, sent: Submission) -> Json:
    """The form `Match by hand`."""
    _only_staff(person)
    told = reason(sent.values)
    try:
        with bot.units.work(admin(person.id)) as work:
            match_id = confirm_pair(work, sent.subject_id, sent.second_id, told.why, overruled=told.overruled)
            made = pair(work, match_id)
    except NeedsOverruling as error:
        raise InvalidFields({"overruled": refused(error) or ""}) from None
    return notice_modal(matched_notice(made), "Matched")


def open_end_form(bot: Bot, person: Person, command: Command) -> None:
    """`/mentor-admin end`."""
    with bot.units.read(admin(person.id)) as reading:
        student, mentor = _two(reading, command)
        found = pair(reading, match_between(reading, student.id, mentor.id))
    bot.show(command, end_as_staff_modal(found))


def end(bot: Bot, person: Person, sent: Submission) -> Json:
    """The form `End a mentorship`."""
    _only_staff(person)
    with bot.units.work(admin(person.id)) as work:
        end_as_staff(work, sent.subject_id, reason(sent.values).why)
    return notice_modal("It has ended, and both are told.", "Ended")


def _only_staff(person: Person) -> None:
    if not person.is_admin:
        raise NotAllowed


def _two(reading: Reading, command: Command) -> tuple[Person, Person]:
    student, mentor = command.people
    return _person(reading, student, Role.STUDENT), _person(reading, mentor, Role.MENTOR)


def _person(reading: Reading, named: Account | str, role: Role) -> Person:
    if isinstance(named, str):
        return find_person(reading, named, role)
    known = by_slack(reading, named.team_id, named.user_id)
    if known is None:
        raise NobodyFound(typed=named.user_id, role=role)
    return known
