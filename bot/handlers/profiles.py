"""A person tells of themselves."""

from bot.context import Bot
from bot.forms.profiles import own_role, profile_answers
from bot.payloads import Account, Click, Command, Submission
from bot.views.profiles import profile_modal, profile_view_modal
from core.rules.errors import NotFound
from core.rules.roles import Role
from core.services.people import Person, by_slack
from core.services.profiles import cards, own_answers, save_profile
from core.uow import SYSTEM, admin, member


def open_profile(bot: Bot, person: Person, asked: Click | Command) -> None:
    """`/mentor profile`: the form, filled in with what is known. A button may name the role."""
    if isinstance(asked, Command) and asked.mentioned:
        show_cards(bot, person, asked, asked.mentioned)
        return
    with bot.units.read(member(person.id)) as reading:
        known = own_answers(reading, person.id)
    wanted = asked.value if isinstance(asked, Click) else ""
    role = Role(wanted) if wanted in (Role.STUDENT, Role.MENTOR) else next(iter(known), Role.STUDENT)
    bot.show(asked, profile_modal(known, role))


def show_cards(bot: Bot, person: Person, command: Command, account: Account) -> None:
    """`/mentor profile @somebody`: what this person may see of them; staff see everybody."""
    with bot.units.read(SYSTEM) as reading:
        wanted = by_slack(reading, account.team_id, account.user_id)
    with bot.units.read(admin(person.id) if person.is_admin else member(person.id)) as reading:
        found = cards(reading, wanted.id) if wanted else ()
    if not found:
        raise NotFound(account=account.user_id)
    bot.show(command, profile_view_modal(*found))


def change_role(bot: Bot, person: Person, click: Click) -> None:
    """`Role` was picked: show that role's fields. What was typed stays, as its ids stay."""
    role = own_role(click.value)
    with bot.units.read(member(person.id)) as reading:
        known = own_answers(reading, person.id)
    bot.draw_again(click, profile_modal(known, role))


def save(bot: Bot, person: Person, sent: Submission) -> None:
    """The profile form."""
    with bot.units.work(member(person.id)) as work:
        save_profile(work, person.id, profile_answers(sent.values))
