"""`/ask leaderboard`: who answered most, and well."""

from bot.context import Bot
from bot.payloads import Click, Command
from bot.views.leaderboard import leaderboard_modal
from core.rules.leaderboard import month_of
from core.services.leaderboard import leaderboard
from core.services.people import Person
from core.uow import member


def show_leaderboard(bot: Bot, person: Person, asked: Command | Click) -> None:
    """The command, and the button `Leaderboard` below the list of open questions."""
    with bot.units.read(member(person.id)) as reading:
        month = leaderboard(reading, month_of(reading.now), person.id)
        ever = leaderboard(reading, None, person.id)
    bot.show(asked, leaderboard_modal(month, ever, person.id))
