"""Forms that browsers send: read with all that is wrong at once, so that they can be drawn again as they were typed."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from core.rules.errors import InvalidFields
from core.rules.profiles import tidy

MOST_FIELDS, MOST_DIGITS = 40, 9
NO, YES = "No", "Yes"
UNREADABLE = "Some characters here could not be read. Please look at the text and send it again."


class BadForm(Exception):
    """What was sent is not what a form sends."""


class Form:
    """What was typed, by field, and what is wrong with it. The first of two answers to one field counts."""

    def __init__(self, values: Mapping[str, str] | None = None, unreadable: Collection[str] = ()) -> None:
        self._values, self._unreadable = dict(values or {}), frozenset(unreadable)
        self.problems: dict[str, str] = {}

    @classmethod
    def sent(cls, raw: bytes) -> "Form":
        """Read `application/x-www-form-urlencoded`. What is not UTF-8 stays visible, as a problem of its field."""
        try:
            pairs = parse_qsl(
                raw.decode("latin-1"), keep_blank_values=True, encoding="latin-1", max_num_fields=MOST_FIELDS
            )
        except ValueError:
            raise BadForm("too many fields") from None
        values: dict[str, str] = {}
        unreadable: set[str] = set()
        for name, value in reversed([(_readable(name)[0], _readable(value)) for name, value in pairs]):
            values[name], whole = value
            (unreadable.discard if whole else unreadable.add)(name)
        return cls(values, unreadable)

    @property
    def one_click(self) -> bool:
        """Whether a mail program sent it, which presses "unsubscribe" for the person (RFC 8058)."""
        return self._values.get("List-Unsubscribe") == "One-Click"

    def value(self, name: str, default: str = "") -> str:
        """What stands in a field when it is drawn: what was typed, without what cannot be shown."""
        return tidy(self._values[name]) if name in self._values else default

    @property
    def typed(self) -> Mapping[str, str]:
        """Every field with what was typed into it, as it can be sent once more."""
        return {name: self.value(name) for name in self._values}

    def problem(self, name: str) -> str:
        """What is wrong with a field; empty if nothing is."""
        return self.problems.get(name, "")

    def text(self, name: str, most: int, *, required: bool = False) -> str:
        """Text of at most so many characters."""
        typed = self._read(name)
        if len(typed) > most:
            self._wrong(name, f"Please keep this under {most:,} characters. It has {len(typed):,} now.")
        elif required and not typed:
            self._wrong(name, "Please write a few words here.")
        return typed

    def choice(self, name: str, options: Collection[str], default: str = "") -> str:
        """One of the options that the form offers."""
        chosen = self._read(name) or default
        if chosen not in options:
            self._wrong(name, "Please choose one of these.")
        return chosen

    def agreed(self, name: str) -> bool:
        """Yes or no; no where nothing was chosen."""
        return self.choice(name, (NO, YES), NO) == YES

    def number(self, name: str) -> int:
        """A whole number; whether it will do is for the rules to say."""
        typed = self._read(name)
        if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS:
            return int(typed)
        self._wrong(name, "Please enter a whole number, such as 60.")
        return 0

    def day(self, name: str) -> date:
        """A day; whether it will do is for the rules to say."""
        try:
            return date.fromisoformat(self._read(name))
        except ValueError:
            self._wrong(name, "Please choose a day. Typed, it looks like 2030-01-31.")
            return date.min

    def moment(self, name: str, tz: str) -> datetime:
        """A date and a time on the clock of this zone; whether it will do is for the rules to say.

        An hour that comes twice, as clocks go back, is the first of the two.
        """
        try:
            typed = datetime.strptime(self._read(name)[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=ZoneInfo(tz))
            moment = typed.astimezone(UTC)
        except (ValueError, OverflowError):
            self._wrong(name, "Please choose a date and a time. Typed, it looks like 2030-01-31T14:00.")
            return datetime.max.replace(tzinfo=UTC)
        if moment.astimezone(typed.tzinfo).replace(tzinfo=None) != typed.replace(tzinfo=None):
            self._wrong(name, "Clocks go forward that night, and there is no such time. Please choose another one.")
        return moment

    def check(self) -> None:
        """Refuse the form if anything in it is wrong. Raises `InvalidFields` with all of it."""
        if self.problems:
            raise InvalidFields(self.problems)

    def add(self, problems: Mapping[str, str]) -> None:
        """Note what the rules found wrong, for drawing the form again."""
        for name, problem in problems.items():
            self._wrong(name, problem)

    def _read(self, name: str) -> str:
        if name in self._unreadable:
            self._wrong(name, UNREADABLE)
        return self.value(name)

    def _wrong(self, name: str, problem: str) -> None:
        self.problems.setdefault(name, problem)


def _readable(typed: str) -> tuple[str, bool]:
    """Bytes, one to a character, as the UTF-8 that they should be, and whether they are."""
    raw = typed.encode("latin-1")
    try:
        return raw.decode(), True
    except UnicodeDecodeError:
        return raw.decode(errors="replace"), False
