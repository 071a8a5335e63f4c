"""The kinds of columns: how each is read on a page, and what of it stands in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from starlette_admin.fields import (
    BaseField,
    DateTimeField,
    EnumField,
    FloatField,
    IntegerField,
    StringField,
    TextAreaField,
)
from starlette_admin.i18n import get_tzinfo
from starlette_admin.types import RequestAction

Cell = str | int | float | datetime | None
SHOWN_MOMENT, SHOWN_DAY = "%-d %b %Y, %H:%M", "%-d %b %Y"


@dataclass
class Words(StringField):
    """Text."""


@dataclass
class LongText(TextAreaField):
    """Text that is too long for a list: it stands on a row's own page and in files."""

    exclude_from_list: bool | None = True


@dataclass
class Link(StringField):
    """A name that leads to the page of whom it names, by the id that stands in another column."""

    to: str = "people"
    by: str = ""
    list_template: str = "fields/link.html"
    detail_template: str = "fields/link.html"

    async def parse_obj(self, request: Request, obj: Any) -> dict[str, Any] | None:
        """The name, and the id to go to."""
        del request
        name = getattr(obj, self.name)
        return {"name": name, "id": getattr(obj, self.by)} if name else None

    async def serialize_value(self, request: Request, value: Any) -> Any:
        """Both, for the template."""
        del request
        return value


@dataclass
class Choice(EnumField):
    """One of a few words, shown by what it means. A state has colours, which only underline what the word says."""

    colors: Mapping[str, str] = field(default_factory=dict)
    list_template: str = "fields/choice.html"
    detail_template: str = "fields/choice.html"

    async def serialize_value(self, request: Request, value: Any) -> Any:
        """What it means, and its colour. A word that is new to us is shown as it is."""
        del request
        return {"label": label_of(self, value), "color": self.colors.get(value, "secondary")}


@dataclass
class Moment(DateTimeField):
    """A moment, by the reader's clock."""

    output_format: str | None = SHOWN_MOMENT


@dataclass
class Day(Moment):
    """A moment of which the day is enough in a list."""

    async def serialize_value(self, request: Request, value: Any) -> str:
        """The day in a list, the moment on a row's own page."""
        shown = SHOWN_DAY if request.state.action == RequestAction.LIST else SHOWN_MOMENT
        return format(value.astimezone(get_tzinfo()), shown)


@dataclass
class Amount(IntegerField):
    """A whole number."""

    list_template: str = "fields/number.html"


@dataclass
class Measure(FloatField):
    """A number with one digit after the point."""

    list_template: str = "fields/number.html"

    async def serialize_value(self, request: Request, value: Any) -> Any:
        """To one digit, and none where it is zero."""
        del request
        return f"{float(value):,.1f}".removesuffix(".0")


def label_of(column: Choice, value: str) -> str:
    """What a word of this column means."""
    return next((str(choice[1]) for choice in column.choices or () if choice[0] == value), value)


def cell(column: BaseField, row: object, zone: ZoneInfo) -> Cell:
    """What stands in a file for this column of a row. Moments are on the reader's clock."""
    value = getattr(row, column.name)
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(zone)
    match column:
        case Choice():
            return label_of(column, value)
        case Measure():
            return float(value)
        case Amount():
            return int(value)
        case _:
            return str(value)
