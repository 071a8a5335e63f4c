"""Small pieces of plain English: counts, lists, and moments in a person's own time."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

_FEW = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count(number: int, one: str, many: str = "") -> str:
    """`three mentors`: small numbers in letters, the noun as it must be."""
    shown = _FEW[number] if 0 <= number < len(_FEW) else f"{number:,}"
    return f"{shown} {one if number == 1 else many or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def upper_first(text: str) -> str:
    """The text with a capital at its beginning, the rest left alone."""
    return text[:1].upper() + text[1:]


def moment(when: datetime, tz: str) -> str:
    """`Thursday 4 March, 13:00`, on this person's clock; of an unknown zone, in UTC, saying so."""
    zone = _zone(tz)
    local = when.astimezone(zone or UTC)
    return f"{local:%A} {local.day} {local:%B, %H:%M}" + ("" if zone else " UTC")


def short_moment(when: datetime, tz: str) -> str:
    """`Thu 4 Mar, 13:00`, on this person's clock: for a button."""
    zone = _zone(tz)
    local = when.astimezone(zone or UTC)
    return f"{local:%a} {local.day} {local:%b, %H:%M}" + ("" if zone else " UTC")


def moment_there(when: datetime, tz: str) -> str:
    """`Thursday 4 March, 13:00 (Amsterdam time)`: nobody has to guess whose clock it is, wherever it is read."""
    return f"{moment(when, tz)} ({place_or_time(tz)})"


def day_there(when: datetime, tz: str) -> str:
    """`Thursday 4 March`, on this person's calendar."""
    return moment(when, tz).partition(",")[0]


def on_both_clocks(when: datetime, one: str, other: str) -> str:
    """`Thursday 4 March, 13:00 (Amsterdam time) or 07:00 (New York time)`; where the clocks agree, the moment alone."""
    here, there = moment(when, one), moment(when, other)
    if here == there:
        return here
    day_here, day_there = here.partition(",")[0], there.partition(",")[0]
    shown = there.partition(", ")[2] if day_here == day_there else there
    return f"{here} ({place_or_time(one)}) or {shown} ({place_or_time(other)})"


def calendar_day(which: date) -> str:
    """`4 March`."""
    return f"{which.day} {which:%B}"


def day(when: datetime, tz: str) -> str:
    """`4 March`, on this person's calendar."""
    local = when.astimezone(_zone(tz) or UTC)
    return f"{local.day} {local:%B}"


def span(time: timedelta) -> str:
    """`5 hours`, `2 days`: a span of time as people say it, to the hour below two days, to the day above."""
    hours = round(time.total_seconds() / 3600)
    if hours < 1:
        return "less than an hour"
    if hours < 48:
        return "an hour" if hours == 1 else f"{hours} hours"
    return f"{round(hours / 24)} days"


def duration(minutes: int) -> str:
    """`3 hours 30 minutes`, `45 minutes`: how long something took."""
    hours, rest = divmod(minutes, 60)
    told = [f"{number:,} {unit}{'' if number == 1 else 's'}" for number, unit in ((hours, "hour"), (rest, "minute"))]
    return " ".join(part for part, number in zip(told, (hours, rest), strict=True) if number) or "no time"


def meeting_length(minutes: int, kind: str) -> str:
    """`45 minutes, video`: how long a meeting takes, and how people meet."""
    return f"{minutes} {'minute' if minutes == 1 else 'minutes'}, {kind.lower()}"


def place_or_time(name: str) -> str:
    """`Amsterdam time` for a time zone's name such as `Europe/Amsterdam`; a place that somebody wrote as it is."""
    return f"{name.rpartition('/')[2].replace('_', ' ')} time" if "/" in name and _zone(name) else name


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None
