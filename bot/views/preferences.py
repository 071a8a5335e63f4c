"""When Ithaca writes to a person: the form, and the button that opens it."""

from bot.blocks import Json, button, checkboxes, modal, option, question, section, select
from bot.ids import Action, Callback, Field
from core.rules.attention import HOURS, hour_of
from core.services.preferences import Preferences
from core.words import place_or_time

OPTIONAL, ON_LEADERBOARD = "optional", "on_leaderboard"


def preferences_button() -> Json:
    """Opens the form."""
    return button("Message settings", Action.MENU_PREFERENCES)


def preferences_modal(now: Preferences, tz: str) -> Json:
    """The form, filled in with how it is. Quiet hours are kept by the hour."""
    return modal(
        "Message settings",
        Callback.PREFERENCES,
        [
            section(
                "In quiet hours we send only what cannot wait, such as an offer or an answer to you. "
                f"Hours are by your clock in Slack ({place_or_time(tz)})."
            ),
            question("Quiet from", select(Field.PREFERENCES_FROM, _hours(), hour_of(now.quiet.start))),
            question(
                "Quiet until",
                select(Field.PREFERENCES_UNTIL, _hours(), hour_of(now.quiet.end)),
                hint="The same hour twice means no quiet hours.",
            ),
            question(
                "Optional messages",
                checkboxes(
                    Field.PREFERENCES_OPTIONAL,
                    [option("Send me reminders and other optional messages", OPTIONAL)],
                    [OPTIONAL] if now.optional else [],
                ),
                required=False,
            ),
            *_leaderboard(now),
        ],
        submit="Save",
    )


def _leaderboard(now: Preferences) -> list[Json]:
    """Asked of mentors alone."""
    if now.on_leaderboard is None:
        return []
    chosen = [ON_LEADERBOARD] if now.on_leaderboard else []
    options = [option("Show my name to others on the leaderboard", ON_LEADERBOARD)]
    return [
        question(
            "Leaderboard of quick questions",
            checkboxes(Field.PREFERENCES_LEADERBOARD, options, chosen),
            required=False,
            hint="You always see your own line.",
        )
    ]


def _hours() -> list[Json]:
    return [option(hour, hour) for hour in HOURS]
