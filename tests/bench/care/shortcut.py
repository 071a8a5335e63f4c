"""The same year without its database: what the rule on health would be told day by day, in seconds.

Everybody decides as in `playing`, by the same chances, and is asked by the same pure rules. Left out is what matters
little here: the hour of the day, calls for help, and what one person is asked of two matches in one message.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.rules import checkins
from core.rules.checkins import AskKind, CheckInAnswer, Circumstances, Slot
from core.rules.health import Facts, Side
from core.rules.matches import MatchState
from tests.bench.care.courses import Encounter, Truth
from tests.bench.care.people import Character, check_in_answer, rating, will_answer
from tests.bench.care.world import Couple, World
from tests.bench.care.year import START

NOON = time(12)
TIME_TO_ANSWER = 5


@dataclass(frozen=True)
class Heard:
    """A meeting, and the day on which the service hears of it."""

    day: int
    known_on: int
    held: bool


@dataclass
class Person:
    """One of a pair: what they were asked, and what they said."""

    who: Character
    is_student: bool
    decided: set[tuple[AskKind, str]] = field(default_factory=set)
    asked_on: dict[AskKind, int] = field(default_factory=dict)
    waiting: list[int] = field(default_factory=list)  # days of questions left unanswered since the last answer
    to_come: list[tuple[int, CheckInAnswer | int]] = field(default_factory=list)
    answer: tuple[CheckInAnswer, int] | None = None
    stars: tuple[int, int] | None = None
    well_on: int | None = None

    def gone(self, day: int) -> bool:
        """Whether they have left Slack."""
        return self.who.in_slack and self.who.leaves_on is not None and day >= self.who.leaves_on

    def say(self, day: int) -> None:
        """Give the answers whose day has come."""
        for on, said in self.to_come:
            if on < day:
                self.waiting.clear()
                if isinstance(said, CheckInAnswer):
                    self.answer = said, on
                    self.well_on = on if said is CheckInAnswer.GOING_WELL else self.well_on
                else:
                    self.stars = said, on
        self.to_come = [one for one in self.to_come if one[0] >= day]

    def side(self, day: int, met_on: int | None) -> Side:
        """What the rule is told of them."""
        answer, answered = self.answer or (None, day)
        if answer is CheckInAnswer.NOT_MET and met_on is not None and met_on > answered:
            answer = None
        stars, rated = self.stars or (None, day)
        late = sum(asked <= day - TIME_TO_ANSWER for asked in self.waiting)
        return Side(answer, day - answered, stars, day - rated, late, has_left=self.gone(day))


def facts(world: World) -> list[tuple[int, int, Facts]]:
    """Facts of each match, day by day."""
    found = [(day, couple.number, one) for couple in world.couples for day, one in _of(world, couple)]
    return sorted(found, key=lambda kept: kept[0])


def truths(world: World) -> dict[int, Truth]:
    """What is true of each match."""
    return {couple.number: couple.truth for couple in world.couples}


def _of(world: World, couple: Couple) -> Iterator[tuple[int, Facts]]:
    truth, heard = couple.truth, list(_meetings(world, couple))
    people = Person(world.people[couple.student], True), Person(world.people[couple.mentor], False)
    rested, pause = truth.begins, truth.pause
    for day in range(truth.begins, min(world.days, world.days if truth.said_on is None else truth.said_on)):
        paused = bool(pause and pause.announced and pause.first <= day < pause.last)
        rested = day if paused else rested
        met_on = max((one.day for one in heard if one.held and one.known_on < day), default=None)
        for one in people:
            one.say(day)
            if not one.gone(day):
                _ask(world, couple, one, day, met_on, paused=paused, alone=any(other.gone(day) for other in people))
        contacts = [on for on in (met_on, *(one.well_on for one in people)) if on is not None]
        failed = [one for one in heard if not one.held and one.known_on < day and one.day > (met_on or -1)]
        yield (
            day,
            Facts(
                age=day - truth.begins,
                silence=day - max(rested, *contacts) if contacts else day - rested,
                had_contact=bool(contacts),
                cadence=truth.agreed,
                meets_soon=any(one.planned and one.day - 4 <= day < one.day for one in truth.encounters),
                failed_meetings=len(failed),
                paused=paused,
                student=people[0].side(day, met_on),
                mentor=people[1].side(day, met_on),
            ),
        )


def _meetings(world: World, couple: Couple) -> Iterator[Heard]:
    people = world.people[couple.student], world.people[couple.mentor]
    for one in couple.truth.encounters:
        found = _planned(world, couple, one, people) if one.planned else _noted(world, couple, one, people)
        if found:
            yield found


def _noted(world: World, couple: Couple, one: Encounter, people: Sequence[Character]) -> Heard | None:
    chance = world.chance(couple.number, "note", one.day)
    first, _ = chance.sample(people, 2)
    if not couple.truth.notes or chance.random() >= first.notes:
        return None
    chance.random()  # whether the other confirms it
    return Heard(one.day, one.day + chance.choice((0, 0, 1, 2, 5)), held=True)


def _planned(world: World, couple: Couple, one: Encounter, people: Sequence[Character]) -> Heard | None:
    chance = world.chance(couple.number, "after", one.day)
    both = chance.sample(people, 2)
    if one.fails and chance.random() < 0.5:
        return Heard(one.day, one.day - 2, held=False)
    if not couple.truth.notes or all(chance.random() >= person.notes for person in both):
        return None
    return Heard(one.day, one.day + 1, held=not one.fails)


def _ask(world: World, couple: Couple, one: Person, day: int, met_on: int | None, *, paused: bool, alone: bool) -> None:
    tz = ZoneInfo(one.who.tz)
    now = datetime.combine(START + timedelta(days=day), NOON, tz)
    due = checkins.slots(_noon(couple.truth.begins), tz, couple.truth.agreed, now)
    open_ = (slot for slot in due if (slot.kind, slot.name) not in one.decided)
    for slot in sorted(open_, key=lambda slot: slot.kind is AskKind.CHECK_IN):
        last_asked = one.asked_on.get(slot.kind)
        known = Circumstances(
            state=MatchState.PAUSED if paused else MatchState.ACTIVE,
            cadence_days=couple.truth.agreed,
            partner_gone=alone,
            survey_today=one.asked_on.get(AskKind.SURVEY) == day,
            last_met=None if met_on is None else _noon(met_on),
            last_asked=None if last_asked is None else _noon(last_asked),
        )
        newest = slot == checkins.newest(due, slot.kind)
        decision = checkins.decide(slot, is_newest=newest, now=now, tz=tz, known=known)
        one.decided.add((slot.kind, slot.name))
        if isinstance(decision, checkins.Ask):
            one.asked_on[slot.kind] = day
            one.waiting.append(day)
            _consider(world, couple, one, slot, day)


def _consider(world: World, couple: Couple, one: Person, slot: Slot, day: int) -> None:
    chance = world.chance(couple.number, one.is_student, slot.kind, slot.name)
    truth, failing = couple.truth, couple.truth.failing(day)
    said: CheckInAnswer | int
    if not will_answer(chance, one.who, failing=failing):
        return
    if slot.kind is AskKind.CHECK_IN:
        met = truth.met_within(day, max(21, 2 * truth.rhythm))
        said = check_in_answer(chance, one.who, failing=failing, met_lately=met)
    else:
        said = rating(chance, one.who, failing=failing)
        chance.random()  # whether they share it
    one.to_come.append((day + chance.choice((0, 0, 1, 1, 2, 4)), said))


def _noon(day: int) -> datetime:
    return START + timedelta(days=day, hours=12)
