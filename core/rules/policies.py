"""What staff may set besides weights: rules of asking mentors, deadlines, cadences and texts, with bounds and meaning.

A value counts for what begins after it was set. What is under way keeps the dates that people were told: each rule asks
for the policies of the moment at which it began (`core.services.policies.Timeline`).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import time, timedelta
from typing import Any, Self

from core.rules.attention import A_DAY, QuietHours
from core.rules.checkins import EVERY_DAYS, FIRST_CHECK_IN, SECOND_CHECK_IN, SURVEYS, Days
from core.rules.errors import InvalidFields
from core.rules.mentoring import SILENT_BEFORE_PAUSE
from core.rules.offers import OFFER_TIME, OFFERS_PER_PLACE, REMIND_BEFORE
from core.rules.policy_fields import FIELDS, Number, Text
from core.rules.profiles import tidy
from core.rules.questions import REFER_AFTER, SILENT_AFTER, STAFF_AFTER
from core.rules.requests import MAX_WAVES

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Policies:
    """One version of what staff set. The defaults are those of the rules."""

    offer_hours: int = OFFER_TIME // HOUR
    reminder_hours: int = REMIND_BEFORE // HOUR
    offers_per_place: int = OFFERS_PER_PLACE
    most_waves: int = MAX_WAVES
    silent_offers: int = SILENT_BEFORE_PAUSE
    refer_hours: int = REFER_AFTER // HOUR
    staff_hours: int = STAFF_AFTER // HOUR
    silent_hours: int = SILENT_AFTER // HOUR
    first_check_in: int = FIRST_CHECK_IN
    second_check_in: int = SECOND_CHECK_IN
    every_days: int = EVERY_DAYS
    first_survey: int = SURVEYS[0]
    second_survey: int = SURVEYS[1]
    unasked_a_day: int = A_DAY
    quiet_from: int = QuietHours().start.hour
    quiet_until: int = QuietHours().end.hour
    contact: str = ""
    welcome: str = ""
    agenda: str = ""

    @property
    def offer_time(self) -> timedelta:
        """How long a mentor has to answer an offer."""
        return self.offer_hours * HOUR

    @property
    def remind_before(self) -> timedelta:
        """How long before the deadline they are reminded."""
        return self.reminder_hours * HOUR

    @property
    def refer_after(self) -> timedelta:
        """How long a question waits before mentors are asked directly."""
        return self.refer_hours * HOUR

    @property
    def staff_after(self) -> timedelta:
        """How long a question waits before staff are told."""
        return self.staff_hours * HOUR

    @property
    def silent_after(self) -> timedelta:
        """How long a claim is silent before its mentor is reminded."""
        return self.silent_hours * HOUR

    @property
    def days(self) -> Days:
        """The days of check-ins and surveys."""
        return Days(self.first_check_in, self.second_check_in, self.every_days, (self.first_survey, self.second_survey))

    @property
    def quiet(self) -> QuietHours:
        """The quiet hours of who has not chosen their own."""
        return QuietHours(time(self.quiet_from), time(self.quiet_until))

    @property
    def agenda_points(self) -> tuple[str, ...]:
        """The programme's own points for a first meeting."""
        return tuple(line for line in self.agenda.split("\n") if line)

    def as_json(self) -> dict[str, Any]:
        """The form in which they are stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote, also before there was so much to set: what is missing is as usual."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})


USUAL = Policies()
"""What counts while staff have set nothing."""


IN_ORDER = (
    ("reminder_hours", "offer_hours", "The reminder has to come after the offer: write less than the time to answer."),
    ("refer_hours", "staff_hours", "Mentors have to be asked before staff are told."),
)


def checked(typed: Mapping[str, str]) -> Policies:
    """What staff typed, by field. Raises `InvalidFields` with a sentence for each that cannot be."""
    found: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, field in FIELDS.items():
        value = typed.get(name, "")
        read = _number(field, value) if isinstance(field, Number) else _text(value)
        if read is None or (isinstance(field, Text) and not _fits(field, str(read))):
            problems[name] = _problem(field)
        else:
            found[name] = read
    problems |= {
        earlier: problem
        for earlier, later, problem in IN_ORDER
        if earlier in found and later in found and found[earlier] >= found[later]
    }
    if problems:
        raise InvalidFields(problems)
    return Policies(**found)


PolicyChange = tuple[Number | Text, Any, Any]


def changes(before: Policies, after: Policies) -> tuple[PolicyChange, ...]:
    """What differs between two versions: the field, and its value in both."""
    old, new = before.as_json(), after.as_json()
    return tuple((field, old[name], new[name]) for name, field in FIELDS.items() if old[name] != new[name])


def _number(field: Number, typed: str) -> int | None:
    typed = typed.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(field.most))):
        return None
    return int(typed) if field.least <= int(typed) <= field.most else None


def _text(typed: str) -> str:
    return "\n".join(line for each in typed.splitlines() if (line := tidy(each)))


def _fits(field: Text, text: str) -> bool:
    return len(text) <= field.most and len(text.split("\n")) <= field.most_lines


def _problem(field: Number | Text) -> str:
    if isinstance(field, Number):
        return f"Please write a whole number from {field.least} to {field.most}."
    lines = "one line" if field.most_lines == 1 else f"{field.most_lines} lines"
    return f"Please keep this to {lines} and {field.most} characters."
