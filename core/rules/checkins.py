"""Check-ins and surveys: what a person is asked about their match, when, and when not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.rules.errors import DomainError, InvalidFields
from core.rules.matches import LIVE, MatchState
from core.rules.profiles import TEXT, tidy
from core.rules.texts import checked_text, keep_under

FIRST_CHECK_IN, SECOND_CHECK_IN, EVERY_DAYS = 7, 14, 30
LAST_FIRST, LAST_SECOND = 10, 21
"""Staff may set the first two check-ins up to these days: by its day one knows which it is."""
SURVEYS = (30, 90)
DAYTIME = time(9), time(21)
"""When a person is asked, on their own clock."""
LIFE = timedelta(days=30)
"""How long an ask can be answered."""
LATELY = timedelta(days=14)
"""For how long a meeting tells how a pair does, where they did not agree to meet less often."""
TOLD_LATELY, ASKED_LATELY = timedelta(days=7), timedelta(days=5)
MOST_COMMENT = 2 * TEXT


@dataclass(frozen=True)
class Days:
    """The days after an introduction on which people are asked: staff may set them."""

    first: int = FIRST_CHECK_IN
    second: int = SECOND_CHECK_IN
    every: int = EVERY_DAYS
    surveys: tuple[int, ...] = SURVEYS


USUAL_DAYS = Days()


class AskKind(StrEnum):
    """What a person is asked."""

    CHECK_IN = "check_in"
    SURVEY = "survey"
    CLOSING = "closing"  # the survey at the end


class AskState(StrEnum):
    """What became of an ask that fell due."""

    ASKED = "asked"
    ANSWERED = "answered"
    SKIPPED = "skipped"  # never asked; its reason is kept
    LAPSED = "lapsed"  # asked, and not answered in its time


class FeedbackKind(StrEnum):
    """What a person said of their match, and on what occasion."""

    CHECK_IN = "check_in"
    SURVEY = "survey"
    CLOSING = "closing"
    HELP = "help"  # to staff alone
    ENDING = "ending"  # why a match ended, to staff alone


class CheckInAnswer(StrEnum):
    """What can be said in one tap, as people read it."""

    GOING_WELL = "Going well"
    COULD_BE_BETTER = "Could be better"
    NOT_MET = "We haven't met"


class Reason(StrEnum):
    """Why somebody was not asked, for staff. How lately a pair met is told by `met_lately`."""

    OVER = "the mentorship was over"
    TOO_LATE = "too late: a later one fell due"
    PARTNER_GONE = "the partner takes no part any more"
    PAUSED = "paused"
    HELP = "asked for help"
    SURVEY = "in the survey of the same day"
    FIRST_MEETING = "first meeting held"
    MEETING_ASKED = "asked about a meeting the same day"
    TOLD = "told us without being asked in the last 7 days"
    ASKED = "asked in the last 5 days"


class AskAnswered(DomainError):
    """It has its answer, which stays; `answer` is what was said, empty for a rating."""

    code = "ask_answered"


class AskLapsed(DomainError):
    """Its time has passed."""

    code = "ask_lapsed"


@dataclass(frozen=True)
class Rating:
    """How it is going, from 1 to 5. Private unless shared with the partner."""

    rating: int
    comment: str = ""
    shared: bool = False


@dataclass(frozen=True)
class Slot:
    """A turn to ask one side of a match. `name` tells it from all others of its kind."""

    kind: AskKind
    day: int
    due_at: datetime
    is_first: bool = False  # the first check-in of all

    @property
    def name(self) -> str:
        """As it is kept."""
        return f"day {self.day}"


@dataclass(frozen=True)
class Circumstances:
    """What is known of a match, and of the person who would be asked, at the moment of asking."""

    state: MatchState
    cadence_days: int | None = None
    partner_gone: bool = False
    asked_for_help: bool = False
    survey_today: bool = False
    meeting_today: bool = False  # they are asked about one today
    last_met: datetime | None = None
    last_told: datetime | None = None  # without being asked
    last_asked: datetime | None = None  # by the same kind of ask


@dataclass(frozen=True)
class Ask:
    """Ask now."""


@dataclass(frozen=True)
class Skip:
    """Do not ask, for a reason that is kept."""

    reason: str


@dataclass(frozen=True)
class NotYet:
    """Decide later."""


Decision = Ask | Skip | NotYet


def check_in_days(cadence_days: int | None, days: Days = USUAL_DAYS) -> Iterator[int]:
    """The days of check-ins: 7, 14, then every 30, or as often as a pair meets that agreed to meet less often."""
    yield days.first
    day, step = days.second, max(days.every, cadence_days or 0)
    while True:
        yield day
        day += step


def slots(
    started_at: datetime, tz: ZoneInfo, cadence_days: int | None, until: datetime, days: Days = USUAL_DAYS
) -> tuple[Slot, ...]:
    """Every turn that fell due until this moment, oldest first: from 9:00 of its day on the person's own calendar.

    A day begins anew for each person: the pair may live on two calendars.
    """
    begun = started_at.astimezone(tz).date()
    most = (until.astimezone(tz).date() - begun).days
    found = [Slot(AskKind.SURVEY, day, _nine(begun, day, tz)) for day in days.surveys if day <= most]
    for day in check_in_days(cadence_days, days):
        if day > most:
            break
        found.append(Slot(AskKind.CHECK_IN, day, _nine(begun, day, tz), day == days.first))
    return tuple(sorted((one for one in found if one.due_at <= until), key=lambda one: (one.due_at, one.kind)))


def newest(found: tuple[Slot, ...], kind: AskKind) -> Slot | None:
    """The last turn of a kind: the only one worth asking, whatever was missed before."""
    return next((one for one in reversed(found) if one.kind is kind), None)


def decide(slot: Slot, *, is_newest: bool, now: datetime, tz: ZoneInfo, known: Circumstances) -> Decision:
    """Whether to ask: in the person's daytime, and only where the answer is not known and would help."""
    if slot.due_at > now:
        return NotYet()
    if known.state not in LIVE:
        return Skip(Reason.OVER)
    if not is_newest:
        return Skip(Reason.TOO_LATE)
    if not DAYTIME[0] <= now.astimezone(tz).time() < DAYTIME[1]:
        return NotYet()
    reason = _uncalled_for(now, known) or (_known_already(slot, now, known) if slot.kind is AskKind.CHECK_IN else None)
    return Skip(reason) if reason else Ask()


def _uncalled_for(now: datetime, known: Circumstances) -> str | None:
    """Why nothing at all is asked of this pair at the moment."""
    if known.partner_gone:
        return Reason.PARTNER_GONE
    if known.state is MatchState.PAUSED:
        return Reason.PAUSED
    if known.asked_for_help:
        return Reason.HELP
    if known.last_told and now - known.last_told < TOLD_LATELY:
        return Reason.TOLD
    return None


def _known_already(slot: Slot, now: datetime, known: Circumstances) -> str | None:
    """Why a check-in would tell nothing new."""
    if known.survey_today:
        return Reason.SURVEY
    if known.last_met and slot.is_first:
        return Reason.FIRST_MEETING
    window = max(LATELY, timedelta(days=known.cadence_days or 0))
    if known.last_met and now - known.last_met < window:
        return met_lately(window)
    if known.meeting_today:
        return Reason.MEETING_ASKED
    if known.last_asked and now - known.last_asked < ASKED_LATELY:
        return Reason.ASKED
    return None


def met_lately(window: timedelta) -> str:
    """The reason that the pair met within this time."""
    return f"met in the last {window.days} days"


def on_day(moment: datetime | None, now: datetime, tz: ZoneInfo) -> bool:
    """Whether a moment falls into the same day as another, on this calendar."""
    return moment is not None and moment.astimezone(tz).date() == now.astimezone(tz).date()


def require_open(state: AskState, answer: str) -> None:
    """Refuse a second answer, and one that comes after its time."""
    if state is AskState.ANSWERED:
        raise AskAnswered(answer=answer)
    if state is not AskState.ASKED:
        raise AskLapsed


def checked_rating(rating: Rating) -> Rating:
    """A rating, tidied. Raises `InvalidFields`."""
    comment, problems = tidy(rating.comment), {}
    if not 1 <= rating.rating <= 5:
        problems["rating"] = "Please choose a number from 1 to 5."
    if len(comment) > MOST_COMMENT:
        problems["comment"] = keep_under(MOST_COMMENT)
    if problems:
        raise InvalidFields(problems)
    return replace(rating, comment=comment)


def checked_help(what: str) -> str:
    """What happened, tidied. Raises `InvalidFields`."""
    return checked_text("what", what, MOST_COMMENT, "Please write a sentence or two. Only staff read it.")


def _nine(begun: date, day: int, tz: ZoneInfo) -> datetime:
    return datetime.combine(begun + timedelta(days=day), DAYTIME[0], tz).astimezone(UTC)
