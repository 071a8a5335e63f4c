"""Reading one form: each answer by its field, whatever element it was given in."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from bot.ids import Field, answer_of
from bot.payloads import BadPayload

Values = Mapping[str, Any]
Known = TypeVar("Known", bound=StrEnum)
MOST_CHOICES, MOST_DIGITS, MOST_SECONDS = 100, 9, 10**10


class Answers:
    """The answers of a sent form. What is missing is empty, what no form of ours sends a `BadPayload`."""

    def __init__(self, values: Values) -> None:
        self._by_name = {answer_of(block_id): block for block_id, block in values.items()}

    def text(self, field: Field) -> str:
        """What was typed."""
        return _string(field, self._element(field).get("value"))

    def number(self, field: Field) -> int | None:
        """A whole number, if one was typed."""
        typed = self.text(field).strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.removeprefix("-").isdigit() and len(typed) <= MOST_DIGITS):
            raise BadPayload(f"{field}: no whole number")
        return int(typed)

    def day(self, field: Field) -> date | None:
        """A day, if one was picked."""
        picked = _string(field, self._element(field).get("selected_date"))
        try:
            return date.fromisoformat(picked) if picked else None
        except ValueError:
            raise BadPayload(f"{field}: no date") from None

    def moment(self, field: Field) -> datetime | None:
        """A moment, if one was picked: Slack reads it on the person's clock and sends seconds since 1970."""
        picked = self._element(field).get("selected_date_time")
        if picked is None:
            return None
        if not isinstance(picked, int) or not 0 <= picked < MOST_SECONDS:
            raise BadPayload(f"{field}: no moment")
        return datetime.fromtimestamp(picked, UTC)

    def choice(self, field: Field) -> str:
        """The value of the one option that was picked."""
        return _value(field, self._element(field).get("selected_option"))

    def choices(self, field: Field) -> tuple[str, ...]:
        """The values of all options that were picked, in order."""
        picked = self._element(field).get("selected_options") or []
        if not isinstance(picked, list) or len(picked) > MOST_CHOICES:
            raise BadPayload(f"{field}: no list of options")
        return tuple(filter(None, (_value(field, option) for option in picked)))

    def _element(self, field: Field) -> Mapping[str, Any]:
        block = self._by_name.get(field.answer) or {}
        element = block.get(field.value) if isinstance(block, dict) else block
        if element is not None and not isinstance(element, dict):
            raise BadPayload(f"{field}: no element")
        return element or {}


def known(field: Field, kind: type[Known], value: str) -> Known:
    """The value as a member of an enum. Raises `BadPayload` for one that no option of ours has."""
    try:
        return kind(value)
    except ValueError:
        raise BadPayload(f"{field}: no such option") from None


def _value(field: Field, option: object) -> str:
    if option is None:
        return ""
    if not isinstance(option, dict):
        raise BadPayload(f"{field}: no option")
    return _string(field, option.get("value"))


def _string(field: Field, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadPayload(f"{field}: no text")
    return value
