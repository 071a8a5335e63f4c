"""The form of message settings."""

from datetime import time

from bot.forms.answers import Answers, Values
from bot.ids import Field
from bot.payloads import BadPayload
from bot.views.preferences import ON_LEADERBOARD, OPTIONAL
from core.rules.attention import QuietHours
from core.services.preferences import Preferences


def preference_answers(values: Values) -> Preferences:
    """What was chosen."""
    told = Answers(values)
    quiet = QuietHours(
        _hour(told.choice(Field.PREFERENCES_FROM)),
        _hour(told.choice(Field.PREFERENCES_UNTIL)),
    )
    asked = Field.PREFERENCES_LEADERBOARD.block_id() in values
    on_leaderboard = ON_LEADERBOARD in told.choices(Field.PREFERENCES_LEADERBOARD) if asked else None
    return Preferences(quiet, OPTIONAL in told.choices(Field.PREFERENCES_OPTIONAL), on_leaderboard)


def _hour(value: str) -> time:
    try:
        return time.fromisoformat(value)
    except ValueError:
        raise BadPayload("quiet hours without an hour") from None
