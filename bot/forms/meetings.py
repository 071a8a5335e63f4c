"""The form that logs a meeting, or tells of it differently."""

from uuid import UUID

from bot.forms.answers import Answers, Values
from bot.ids import Field
from bot.payloads import BadPayload
from core.services.meetings import HeldMeeting


def meeting_answers(values: Values) -> HeldMeeting:
    """What was told. Slack itself insists on the required fields, so one that is missing was not sent by it."""
    told = Answers(values)
    held_on, minutes = told.day(Field.MEETING_DATE), told.number(Field.MEETING_MINUTES)
    if held_on is None or minutes is None:
        raise BadPayload("a meeting without its date or minutes")
    return HeldMeeting(
        match_id=match_id_of(told.choice(Field.MEETING_WITH)),
        held_on=held_on,
        minutes=minutes,
        kind=told.choice(Field.MEETING_KIND),
        notes=told.text(Field.MEETING_NOTES),
        action_items=_lines(told.text(Field.MEETING_ACTION_ITEMS)),
    )


def match_id_of(value: str) -> UUID:
    """The match that was picked as `With`."""
    try:
        return UUID(value)
    except ValueError:
        raise BadPayload("a meeting without a match") from None


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
