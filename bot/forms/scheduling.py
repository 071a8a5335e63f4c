"""The form that proposes times."""

from datetime import datetime

from bot.forms.answers import Answers, Values
from bot.forms.meetings import match_id_of
from bot.ids import Field
from bot.payloads import BadPayload
from core.services.scheduling import Proposal

TIMES = (Field.SCHEDULE_FIRST, Field.SCHEDULE_SECOND, Field.SCHEDULE_THIRD)


def proposal(values: Values) -> Proposal:
    """What is proposed. Slack itself insists on the required fields, so one that is missing was not sent by it."""
    told = Answers(values)
    minutes = told.number(Field.SCHEDULE_MINUTES)
    if minutes is None:
        raise BadPayload("a proposal without its minutes")
    return Proposal(
        match_id=match_id_of(told.choice(Field.SCHEDULE_WITH)),
        times=tuple(_time(told, field) for field in TIMES),
        minutes=minutes,
        kind=told.choice(Field.SCHEDULE_KIND),
        agenda=told.text(Field.SCHEDULE_AGENDA),
    )


def _time(told: Answers, field: Field) -> datetime:
    moment = told.moment(field)
    if moment is None:
        raise BadPayload(f"{field}: a proposal without its time")
    return moment
