"""The fields of the settings: what each is called, its bounds, and what it means."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.rules.checkins import LAST_FIRST, LAST_SECOND


@dataclass(frozen=True)
class Number:
    """A whole number that staff may set."""

    name: str
    label: str
    unit: str
    least: int
    most: int
    meaning: str


@dataclass(frozen=True)
class Text:
    """A text that staff may set, plain, and empty unless they do."""

    name: str
    label: str
    most: int
    meaning: str
    most_lines: int = 1


@dataclass(frozen=True)
class Group:
    """Fields that belong together."""

    title: str
    fields: tuple[Number | Text, ...]


INTRODUCED = "days after the introduction"
GROUPS = (
    Group(
        "Offers to mentors",
        (
            Number("offer_hours", "Time to answer", "hours", 12, 336, "After that, the next mentors are asked."),
            Number("reminder_hours", "Reminder", "hours before the deadline", 1, 168, "Once, without an answer."),
            Number("silent_offers", "Pause a mentor after", "offers ignored in a row", 2, 10, "One tap ends it."),
        ),
    ),
    Group(
        "Who is asked",
        (
            Number("offers_per_place", "Open offers", "for each free place", 1, 5, "A mentor stands in no more."),
            Number("most_waves", "Waves", "before staff take over", 1, 6, "Up to three mentors are asked in each."),
        ),
    ),
    Group(
        "Quick questions",
        (
            Number("refer_hours", "Ask mentors directly", "hours unclaimed", 1, 168, "Up to three who fit are asked."),
            Number("staff_hours", "Tell staff", "hours unclaimed", 2, 336, "And again every 72 hours."),
            Number("silent_hours", "Remind who claimed it", "hours", 6, 336, "A day later it is open to all again."),
        ),
    ),
    Group(
        "Check-ins and surveys",
        (
            Number("first_check_in", "First check-in", INTRODUCED, 3, LAST_FIRST, "Not once they have met."),
            Number("second_check_in", "Second check-in", INTRODUCED, LAST_FIRST + 1, LAST_SECOND, "Not if just met."),
            Number("every_days", "Further check-ins", "days apart", 14, 120, "Less often for who meets less often."),
            Number("first_survey", "First survey", INTRODUCED, LAST_SECOND + 1, 60, "A rating and a comment."),
            Number("second_survey", "Second survey", INTRODUCED, 61, 240, "One more comes at the end."),
        ),
    ),
    Group(
        "Messages nobody asked for",
        (
            Number("unasked_a_day", "For each person", "a day", 1, 10, "What is more goes into one digest at 17:00."),
            Number("quiet_from", "Quiet from", "o’clock", 0, 23, "On their clock, unless they chose their own hours."),
            Number("quiet_until", "Quiet until", "o’clock", 0, 23, "The same hour twice means no quiet hours."),
        ),
    ),
    Group(
        "Your words",
        (
            Text("contact", "How to reach you", 200, "Ends each letter, and stands under /mentor help."),
            Text("welcome", "Welcome", 600, "Stands in the introduction of a new pair.", 6),
            Text("agenda", "For a first meeting", 600, "Points for the agenda in the introduction, one in a line.", 3),
        ),
    ),
)
FIELDS: Mapping[str, Number | Text] = {each.name: each for group in GROUPS for each in group.fields}
