"""How a match does: a rule over what the pair did and said, never over what they wrote to each other.

Each sign has a weight, a cause in words, and a step for staff. One sign is something to watch; two, or one that is
heavy, put the match at risk. Why the thresholds are what they are stands in docs/health.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from core.rules.checkins import CheckInAnswer
from core.words import count, listed, upper_first


class HealthState(StrEnum):
    """What staff read first of a match."""

    TOO_EARLY = "too early"
    HEALTHY = "healthy"
    WATCH = "watch"
    AT_RISK = "at risk"


@dataclass(frozen=True)
class Thresholds:
    """Every number of the rule."""

    grace_days: int = 28
    """A younger match is not judged."""
    usual_cadence: int = 28
    """Days between meetings, where the two have agreed on none."""
    late: float = 1.0
    """Cadences without contact that are a sign."""
    silent: float = 3.5
    """Cadences without contact that are a heavy one."""
    least_silence: int = 42
    """Fewer days without contact are no sign, however often the two wanted to meet."""
    failed: int = 2
    """Planned meetings in a row that did not take place."""
    unanswered: int = 4
    """Check-ins and surveys in a row that one side left unanswered."""
    low: int = 2
    """A rating that is a sign, of five."""
    fresh_days: int = 45
    """What somebody said counts for so long."""
    help_days: int = 30
    """And a call for help for so long."""


THRESHOLDS = Thresholds()
AT_RISK = 2  # the weight of all signs together that puts a match at risk


@dataclass(frozen=True)
class Side:
    """What one of a pair has said of it, and what they left unanswered. Ages are in days."""

    answer: CheckInAnswer | None = None  # to the latest check-in they answered
    answer_age: float = 0
    rating: int | None = None  # their latest
    rating_age: float = 0
    unanswered: int = 0  # asks in a row
    help_age: float | None = None  # since they asked for help privately
    has_left: bool = False


@dataclass(frozen=True)
class Facts:
    """All that the rule knows of a match. Ages are in days.

    `silence` runs from the last sign of contact: a meeting that was held, or “Going well” to a check-in; where there
    was none, from the beginning of the match (`had_contact` is false then); and never from before the end of a pause.
    """

    age: float
    silence: float
    had_contact: bool = False
    cadence: int | None = None
    meets_soon: bool = False  # a meeting is planned
    failed_meetings: int = 0  # planned ones in a row that did not take place, since the last that did
    paused: bool = False
    student: Side = field(default_factory=Side)
    mentor: Side = field(default_factory=Side)


@dataclass(frozen=True)
class Health:
    """How a match does, why, and what staff might do about it: nothing where nothing is wrong."""

    state: HealthState
    causes: tuple[str, ...] = ()
    step: str = ""


@dataclass(frozen=True)
class Sign:
    """One thing that is not as it should be."""

    weight: int
    cause: str
    step: str


def health(facts: Facts, limits: Thresholds = THRESHOLDS) -> Health:
    """How a match does. A call for help counts always; everything else neither in grace nor during a pause.

    The step is that of the weightiest sign, and of several of one weight, of the first.
    """
    signs = list(_help(facts, limits))
    early = facts.age < limits.grace_days
    if not early and not facts.paused:
        signs += _signs(facts, limits)
    if not signs:
        return Health(HealthState.TOO_EARLY if early else HealthState.HEALTHY)
    state = HealthState.AT_RISK if sum(sign.weight for sign in signs) >= AT_RISK else HealthState.WATCH
    return Health(state, tuple(sign.cause for sign in signs), max(signs, key=lambda sign: sign.weight).step)


def _help(facts: Facts, limits: Thresholds) -> Iterator[Sign]:
    for who, side in _sides(facts):
        if side.help_age is not None and side.help_age <= limits.help_days:
            cause = f"The {who} asked for help privately {_ago(side.help_age)}."
            yield Sign(AT_RISK, cause, f"Speak to the {who} alone, before anything else.")


def _signs(facts: Facts, limits: Thresholds) -> Iterator[Sign]:
    for who, side in _sides(facts):
        if side.has_left:
            other = "mentor" if who == "student" else "student"
            yield Sign(AT_RISK, f"The {who} has left Slack.", f"Speak to the {other}: the match may have to end.")
    for who, side in _sides(facts):
        yield from _said(who, side, limits)
    if facts.failed_meetings >= limits.failed:
        cause = f"The last {count(facts.failed_meetings, 'planned meeting')} did not take place."
        yield Sign(1, cause, "Ask both whether another time of day, or a pause, would help.")
    yield from _silence(facts, limits)
    yield from _unanswered(facts, limits)


def _said(who: str, side: Side, limits: Thresholds) -> Iterator[Sign]:
    step = f"Ask the {who} in confidence what would make it better."
    if side.rating is not None and side.rating <= limits.low and side.rating_age <= limits.fresh_days:
        yield Sign(1, f"The {who} gave it {side.rating} of 5 {_ago(side.rating_age)}.", step)
    if side.answer_age > limits.fresh_days:
        return
    if side.answer is CheckInAnswer.COULD_BE_BETTER:
        yield Sign(1, f"The {who} said “{side.answer}” {_ago(side.answer_age)}.", step)
    if side.answer is CheckInAnswer.NOT_MET:
        step = "Write to both, and help them find a time to meet."
        yield Sign(1, f"The {who} said “{side.answer}” {_ago(side.answer_age)}.", step)


def _silence(facts: Facts, limits: Thresholds) -> Iterator[Sign]:
    """A meeting that is planned makes silence weigh one less."""
    cadence = facts.cadence or limits.usual_cadence
    late, silent = (max(times * cadence, limits.least_silence) for times in (limits.late, limits.silent))
    weight = (facts.silence >= late) + (facts.silence >= silent) - facts.meets_soon
    if weight <= 0:
        return
    if not facts.had_contact:
        cause = f"Nothing has been heard of a first meeting in {_days(facts.silence)}."
        yield Sign(weight, cause, "Write to both, and propose a date for a first meeting.")
        return
    agreed = f"they agreed to meet every {_days(facts.cadence)}" if facts.cadence else "they agreed on no rhythm"
    cause = f"Nothing has been heard of a meeting for {_days(facts.silence)}; {agreed}."
    yield Sign(weight, cause, "Ask both how it goes, and whether they want to go on, pause or finish.")


def _unanswered(facts: Facts, limits: Thresholds) -> Iterator[Sign]:
    """Who does not answer may still meet: two who do not answer are one sign."""
    silent = [(who, side.unanswered) for who, side in _sides(facts) if side.unanswered >= limits.unanswered]
    if not silent:
        return
    left = [f"the {who} left our last {count(asks, 'question')} unanswered" for who, asks in silent]
    names = " and the ".join(who for who, _ in silent)
    yield Sign(1, f"{upper_first(listed(left))}.", f"Write a personal word to the {names}.")


def _sides(facts: Facts) -> tuple[tuple[str, Side], tuple[str, Side]]:
    return ("student", facts.student), ("mentor", facts.mentor)


def _ago(days: float) -> str:
    return "today" if days < 1 else f"{_days(days)} ago"


def _days(days: float) -> str:
    return count(int(days), "day")
