"""Proposing times, and picking one of them. Times are moments: each side reads them on their own clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from core.rules.errors import InvalidFields, NotFound
from core.rules.meetings import MOST_MINUTES, MeetingBegun, TimePassed
from core.rules.profiles import TEXT
from core.rules.roles import Meet
from core.rules.texts import keep_under

TIME_FIELDS = ("first_time", "second_time", "third_time")
"""The fields of the form, in order: a proposal has as many times."""

KINDS = (Meet.VIDEO, Meet.IN_PERSON, Meet.CHAT, Meet.PHONE)
FARTHEST = timedelta(days=366)


def check_proposal(times: Sequence[datetime], minutes: int, kind: str, agenda: str, now: datetime) -> None:
    """Refuse times that are past, named twice or more than a year ahead, with all that is wrong at its field.

    Raises `InvalidFields`.
    """
    problems = {**_wrong_times(times, now)}
    if not 1 <= minutes <= MOST_MINUTES:
        problems["minutes"] = "Please enter how many minutes you plan, up to a day."
    if kind not in KINDS:
        problems["kind"] = "Please choose how you want to meet."
    if len(agenda) > TEXT:
        problems["agenda"] = keep_under(TEXT)
    if problems:
        raise InvalidFields(problems)


def _wrong_times(times: Sequence[datetime], now: datetime) -> Mapping[str, str]:
    if len(times) != len(TIME_FIELDS):
        return {TIME_FIELDS[0]: f"Please name {len(TIME_FIELDS)} times."}
    problems = {}
    for place, (field, time) in enumerate(zip(TIME_FIELDS, times, strict=True)):
        if time <= now:
            problems[field] = "This time has passed. Please choose one that is still to come."
        elif time > now + FARTHEST:
            problems[field] = "This is more than a year ahead. Please check the date."
        elif time in times[:place]:
            problems[field] = "You have named this time already. Please choose another one."
    return problems


def picked(times: Sequence[datetime], index: int, now: datetime) -> datetime:
    """The time that was picked. Raises `TimePassed`, or `NotFound` for one that was never proposed."""
    if not 0 <= index < len(times):
        raise NotFound(index=index)
    if times[index] <= now:
        raise TimePassed
    return times[index]


def may_cancel(starts_at: datetime | None, now: datetime) -> None:
    """Refuse to call off what has begun. Raises `MeetingBegun`."""
    if starts_at is not None and starts_at <= now:
        raise MeetingBegun
