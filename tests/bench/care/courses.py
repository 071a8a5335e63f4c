"""How a mentorship really goes: the truth that the rule on health has to find out from what it is told.

Four courses: pairs who thrive, who fade (meet ever more rarely and then no more), who never start, and who stop on a
day that nobody announces. Days are counted from the beginning of the year.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

RHYTHMS = (7, 14, 14, 21, 21, 30, 30)
MINUTES = (30, 45, 60)


class Course(StrEnum):
    """How it goes."""

    THRIVES = "thrives"
    FADES = "fades"
    NEVER_STARTS = "never starts"
    STOPS = "stops"


SHARES = {Course.THRIVES: 0.58, Course.FADES: 0.17, Course.NEVER_STARTS: 0.10, Course.STOPS: 0.15}
FORMAL_END = 0.45  # of pairs that stop: one of them says so
COMPLETES = 0.7  # of pairs that thrive: they come to their end within the programme
AGREES = 0.7  # of pairs: they agree on goals and a rhythm
TAKES_BREAK = 0.35  # of pairs: some weeks without a meeting
SAYS_PAUSE = 0.4  # of breaks: announced as a pause
SCHEDULES = 0.25  # of pairs: they find their dates with our help
NOBODY_NOTES = 0.1  # of pairs that meet: they never note a meeting


@dataclass(frozen=True)
class Encounter:
    """A meeting that takes place; or with `fails`, one that is planned and falls through."""

    day: int
    minutes: int
    planned: bool  # with our help
    fails: bool = False


@dataclass(frozen=True)
class Break:
    """Days without meetings."""

    first: int
    last: int
    announced: bool


@dataclass(frozen=True)
class Truth:
    """One mentorship as it really goes.

    `failing_from` is the day on which it begins to go wrong, `over_on` the day after which neither would come back.
    Both are None where all is well. `said_on` is when one of them presses `End` or both are done, if they do.
    """

    course: Course
    begins: int
    rhythm: int  # days between meetings, as they really mean it
    agreed: int | None  # as they tell us
    schedules: bool
    notes: bool
    encounters: tuple[Encounter, ...]
    pause: Break | None = None
    failing_from: int | None = None
    over_on: int | None = None
    said_on: int | None = None

    def failing(self, day: int) -> bool:
        """Whether it has begun to go wrong."""
        return self.failing_from is not None and day >= self.failing_from

    def met_within(self, day: int, days: int) -> bool:
        """Whether they met in the days before."""
        return any(day - days <= one.day < day and not one.fails for one in self.encounters)


def truth(chance: Random, days: int) -> Truth:
    """One more mentorship: it begins in the first half of the year, most of them in its first weeks."""
    begins = chance.randrange(0, 21) if chance.random() < 0.6 else chance.randrange(0, max(1, days // 2))
    course = chance.choices(list(SHARES), list(SHARES.values()))[0]
    rhythm = chance.choice(RHYTHMS)
    made = Truth(
        course=course,
        begins=begins,
        rhythm=rhythm,
        agreed=_agreed(chance, rhythm) if chance.random() < AGREES else None,
        schedules=chance.random() < SCHEDULES,
        notes=chance.random() >= NOBODY_NOTES,
        encounters=(),
    )
    match course:
        case Course.THRIVES:
            return _thriving(chance, made, days)
        case Course.FADES:
            return _fading(chance, made)
        case Course.NEVER_STARTS:
            over = begins + chance.randrange(30, 90)
            return _ending(chance, replace(made, failing_from=begins, over_on=over, agreed=None))
        case Course.STOPS:
            return _stopping(chance, made)


def _thriving(chance: Random, made: Truth, days: int) -> Truth:
    last = days
    if chance.random() < COMPLETES:
        last = made.begins + chance.randrange(150, 330)
    pause = _break(chance, made, last)
    met = tuple(_meetings(chance, made, made.begins + _wait(chance, 10), min(last, days), 1.0))
    kept = tuple(one for one in met if not pause or not pause.first <= one.day <= pause.last)
    return replace(made, encounters=kept, pause=pause, said_on=last if last < days else None)


def _fading(chance: Random, made: Truth) -> Truth:
    slows = made.begins + chance.randrange(40, 200)
    before = tuple(_meetings(chance, made, made.begins + _wait(chance, 10), slows, 1.0))
    start = (before[-1].day if before else made.begins) + int(made.rhythm * 1.5)
    after = tuple(_meetings(chance, made, start, start + 6 * made.rhythm, 1.6))[: chance.randrange(1, 4)]
    return _given_up(chance, replace(made, encounters=before + after, failing_from=slows))


def _stopping(chance: Random, made: Truth) -> Truth:
    stop = made.begins + chance.randrange(15, 220)
    met = tuple(_meetings(chance, made, made.begins + _wait(chance, 10), stop, 1.0))
    return _given_up(chance, replace(made, encounters=met, failing_from=stop))


def _given_up(chance: Random, made: Truth) -> Truth:
    """After the last meeting both mean to go on for a while: about two and a half of their rhythms, often more."""
    last = max((one.day for one in made.encounters), default=made.failing_from or made.begins)
    drift = max(14, int(made.rhythm * chance.lognormvariate(0.9, 0.5)))
    return _ending(chance, replace(made, over_on=max(last, made.failing_from or 0) + drift))


def _ending(chance: Random, made: Truth) -> Truth:
    return replace(made, said_on=made.over_on) if chance.random() < FORMAL_END else made


def _meetings(chance: Random, made: Truth, first: int, last: int, stretch: float) -> list[Encounter]:
    """Meetings from day to day: rhythms vary, and with `stretch` each takes longer to come than the one before."""
    found, day, gap = [], first, float(made.rhythm)
    while day < last:
        planned = made.schedules and chance.random() < 0.8
        if planned and chance.random() < (0.1 if stretch == 1.0 else 0.35):
            found.append(Encounter(day, 30, planned=True, fails=True))
            day += _wait(chance, 7)
            continue
        found.append(Encounter(day, chance.choice(MINUTES), planned))
        gap *= stretch
        day += max(2, round(gap * chance.uniform(0.7, 1.5)))
    return found


def _break(chance: Random, made: Truth, last: int) -> Break | None:
    if chance.random() >= TAKES_BREAK or last - made.begins < 60:
        return None
    first = chance.randrange(made.begins + 30, last - 20)
    return Break(first, first + chance.randrange(14, 56), chance.random() < SAYS_PAUSE)


def _agreed(chance: Random, rhythm: int) -> int:
    """What people agree on is more often than what they do."""
    return chance.choice((rhythm, rhythm, {30: 21}.get(rhythm, max(7, rhythm - 7))))


def _wait(chance: Random, usual: int) -> int:
    return 1 + round(chance.expovariate(1 / usual))
