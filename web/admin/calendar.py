"""Days on the calendar of who reads the page. A span ends when its last day is over."""

from datetime import datetime, timedelta

from starlette_admin.i18n import get_tzinfo

from web.admin.lists.fields import SHOWN_DAY

A_MOMENT = timedelta(microseconds=1)


def day_of(moment: datetime) -> str:
    """The day of a moment, as people read it."""
    return format(moment.astimezone(get_tzinfo()), SHOWN_DAY)


def last_day_of(until: datetime) -> str:
    """The last day of a span that ends at this moment."""
    return day_of(until - A_MOMENT)


def iso_day(moment: datetime | None) -> str:
    """The day of a moment as a field for dates takes it; empty if there is none."""
    return moment.astimezone(get_tzinfo()).date().isoformat() if moment else ""


def iso_last_day(until: datetime | None) -> str:
    """The last day of a span, as a field for dates takes it."""
    return iso_day(until and until - A_MOMENT)
