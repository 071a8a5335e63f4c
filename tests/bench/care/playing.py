"""What people do: each deed is a call of the service that serves real people, in the name of who does it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.models import Ask, Match
from core.rules.checkins import AskKind, AskState, Rating
from core.rules.errors import DomainError
from core.rules.matches import EndReason, MatchState, Origin
from core.rules.roles import Meet
from core.services.accounts import follow_account
from core.services.asks import answer_check_in, rate
from core.services.help import ask_for_help
from core.services.meetings import HeldMeeting, confirm_meeting, log_meeting, we_did_not_meet, we_met
from core.services.mentorships import agree_to_goals, begin, complete_match, end_match, pause_match, propose_goals
from core.services.people import Person, SlackIdentity
from core.services.scheduling import Proposal, cancel_meeting, pick_time, propose_meeting
from core.uow import SYSTEM, Units, Work, member
from tests.bench.care.courses import Encounter
from tests.bench.care.people import check_in_answer, rating, will_answer
from tests.bench.care.receiving import Slack
from tests.bench.care.world import Couple, World

HOURS = 8  # people act three times a day, when everything that fell due is done as well
AHEAD = 6  # days from a proposal to its meeting
IN_NEED = 0.06  # of pairs that fail: one side asks for help

Deed = Callable[[], None]


@dataclass
class Couples:
    """One pair as the database knows it."""

    couple: Couple
    student: Person
    mentor: Person
    match_id: UUID | None = None

    @property
    def both(self) -> tuple[Person, Person]:
        """The two, student first."""
        return self.student, self.mentor


@dataclass
class Play:
    """Everybody's diary, and what became of it. What the service refused people is counted, not hidden."""

    world: World
    units: Units
    slack: Slack
    people: Mapping[int, Person]
    start: datetime
    pairs: dict[UUID, Couples] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    left: dict[UUID, datetime] = field(default_factory=dict)
    _diary: list[tuple[datetime, int, str, Deed]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)
    _seen: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        for couple in self.world.couples:
            pair = Couples(couple, self.people[couple.student], self.people[couple.mentor])
            self._at(couple.truth.begins, pair.mentor, "begin", partial(self._begin, pair), hour=10)
        for number, one in self.world.people.items():
            if one.leaves_on is not None and one.in_slack:
                person = self.people[number]
                self._at(one.leaves_on, person, "leave Slack", partial(self._leave, person), hour=12)

    def act(self, now: datetime) -> bool:
        """Do what stands in the diary until now. Whether there was anything."""
        acted = False
        while self._diary and self._diary[0][0] <= now:
            _, _, name, deed = heappop(self._diary)
            try:
                deed()
                self.done[name] += 1
            except DomainError as refusal:
                self.refused[f"{name}: {refusal.code}"] += 1
            acted = True
        return acted

    def read_questions(self, now: datetime) -> None:
        """Let people find what they were asked since the last time, and decide what they do about it."""
        with self.units.read(SYSTEM) as reading:
            asks = reading.session.scalars(select(Ask).where(Ask.state == AskState.ASKED).order_by(Ask.id)).all()
        for ask in asks:
            if ask.id not in self._seen:
                self._seen.add(ask.id)
                self._consider(ask, now)

    def _consider(self, ask: Ask, now: datetime) -> None:
        pair = self.pairs[ask.match_id]
        is_student = ask.person_id == pair.student.id
        person = pair.student if is_student else pair.mentor
        who = self.world.people[pair.couple.student if is_student else pair.couple.mentor]
        chance = self.world.chance(pair.couple.number, is_student, ask.kind, ask.slot)
        day, truth = (now - self.start).days, pair.couple.truth
        failing = truth.failing(day)
        if person.id in self.left or not will_answer(chance, who, failing=failing):
            return
        if ask.kind is AskKind.CHECK_IN:
            met = truth.met_within(day, max(21, 2 * truth.rhythm))
            answer = check_in_answer(chance, who, failing=failing, met_lately=met)
            deed = self._as(person, lambda work: answer_check_in(work, ask.id, answer))
        else:
            stars = Rating(rating(chance, who, failing=failing), "", shared=chance.random() < 0.2)
            deed = self._as(person, lambda work: rate(work, ask.id, stars))
        self._at(day + chance.choice((0, 0, 1, 1, 2, 4)), person, f"answer a {ask.kind}", deed, chance.randrange(9, 20))

    # One pair

    def _begin(self, pair: Couples) -> None:
        with self.units.work(SYSTEM) as work:
            made = Match(
                student_id=pair.student.id,
                mentor_id=pair.mentor.id,
                origin=Origin.MANUAL,
                state=MatchState.PENDING,
                criteria=[],
                started_at=work.now,
            )
            pair.match_id = begin(work, made)
        self.pairs[pair.match_id] = pair
        self._plan(pair, pair.match_id)

    def _plan(self, pair: Couples, match_id: UUID) -> None:
        """Everything that will be, as truth has it; what is asked of people comes to it."""
        truth, chance = pair.couple.truth, self.world.chance(pair.couple.number, "plan")
        first, second = chance.sample(pair.both, 2)
        if truth.agreed:
            cadence = truth.agreed
            self._do(truth.begins + 1, first, "propose goals", lambda w: propose_goals(w, match_id, GOALS, cadence))
            self._do(truth.begins + 3, second, "agree to goals", lambda w: agree_to_goals(w, match_id))
        for one in truth.encounters:
            self._plan_meeting(pair, match_id, one)
        if truth.pause and truth.pause.announced:
            until = self._moment(truth.pause.last, first, 8)
            self._do(truth.pause.first, first, "pause", lambda w: pause_match(w, match_id, until))
        if truth.said_on is not None and truth.over_on is None:
            self._do(truth.said_on, first, "complete", lambda w: complete_match(w, match_id))
        elif truth.said_on is not None:
            reason = chance.choice(list(EndReason))
            self._do(truth.said_on, first, "end", lambda w: end_match(w, match_id, reason, "As it is."))
        if truth.failing_from is not None and chance.random() < IN_NEED:
            self._do(truth.failing_from + 5, second, "ask for help", lambda w: _help(w, match_id))

    def _plan_meeting(self, pair: Couples, match_id: UUID, one: Encounter) -> None:
        chance = self.world.chance(pair.couple.number, "meeting", one.day)
        first, second = chance.sample(pair.both, 2)
        if not one.planned:
            self._note(pair, match_id, one)
            return
        at = self._moment(one.day, first, chance.randrange(9, 18)) + timedelta(hours=1)
        times = (at, at + timedelta(days=1), at + timedelta(days=2))
        proposal = Proposal(match_id, times, one.minutes, Meet.VIDEO.value, "")

        def propose() -> None:
            with self.units.work(member(first.id)) as work:
                meeting_id = propose_meeting(work, proposal)
            self._do(one.day - AHEAD + 2, second, "pick a time", lambda w: pick_time(w, meeting_id, 0))
            self._after(pair, one, meeting_id, at)

        self._at(max(pair.couple.truth.begins + 1, one.day - AHEAD), first, "propose times", propose)

    def _after(self, pair: Couples, one: Encounter, meeting_id: UUID, at: datetime) -> None:
        """What becomes of a planned meeting, and what they tell of it."""
        chance = self.world.chance(pair.couple.number, "after", one.day)
        first, second = chance.sample(pair.both, 2)
        if one.fails and chance.random() < 0.5:
            self._do(one.day - 2, first, "call it off", lambda w: cancel_meeting(w, meeting_id))
            return
        for person in (first, second):
            if not pair.couple.truth.notes or chance.random() >= self._notes(pair, person):
                continue
            deed, name = (we_did_not_meet, "we didn't") if one.fails else (we_met, "we met")
            later = at + timedelta(hours=chance.choice((2, 4, 8, 24)))
            self._put(later, name, self._as(person, partial(_press, deed, meeting_id)))

    def _note(self, pair: Couples, match_id: UUID, one: Encounter) -> None:
        """A meeting that they found a date for by themselves: noted by one who does such things, often late."""
        chance = self.world.chance(pair.couple.number, "note", one.day)
        first, second = chance.sample(pair.both, 2)
        if not pair.couple.truth.notes or chance.random() >= self._notes(pair, first):
            return
        held_on = self._moment(one.day, first, 12).astimezone(ZoneInfo(first.tz)).date()
        held = HeldMeeting(match_id, held_on, one.minutes, Meet.VIDEO.value)
        confirms, later = chance.random() < 0.3, one.day + chance.choice((0, 0, 1, 2, 5))

        def log() -> None:
            with self.units.work(member(first.id)) as work:
                meeting_id = log_meeting(work, held)
            if confirms:
                self._do(later + 1, second, "confirm", lambda w: confirm_meeting(w, meeting_id))

        self._at(later, first, "log a meeting", log, hour=19)

    def _leave(self, person: Person) -> None:
        with self.units.work(SYSTEM) as work:
            account = str(person.slack_user_id)
            follow_account(work, SlackIdentity(TEAM, account, person.name, person.email, person.tz, active=False))
            self.left[person.id] = work.now
        self.slack.closed.add(account)

    def _notes(self, pair: Couples, person: Person) -> float:
        place = pair.couple.student if person is pair.student else pair.couple.mentor
        return self.world.people[place].notes

    # The diary

    def _do(self, day: int, person: Person, name: str, deed: Callable[[Work], object]) -> None:
        hour = self.world.chance(day, person.name, name).randrange(9, 20)
        self._at(day, person, name, self._as(person, deed), hour)

    def _at(self, day: int, person: Person, name: str, deed: Deed, hour: int = 10) -> None:
        self._put(self._moment(day, person, hour), name, deed)

    def _put(self, at: datetime, name: str, deed: Deed) -> None:
        heappush(self._diary, (at, next(self._numbers), name, deed))

    def _as(self, person: Person, deed: Callable[[Work], object]) -> Deed:
        def run() -> None:
            if person.id in self.left:
                return
            with self.units.work(member(person.id)) as work:
                deed(work)

        return run

    def _moment(self, day: int, person: Person, hour: int) -> datetime:
        """The hour, UTC, of those at which people act, that is nearest before this one on the person's clock."""
        local = (self.start + timedelta(days=day)).replace(hour=hour, tzinfo=ZoneInfo(person.tz))
        found = local.astimezone(self.start.tzinfo)
        return found.replace(hour=found.hour // HOURS * HOURS, minute=0)


TEAM = "T0BENCH"
GOALS = "A plan for the next year, and honest feedback on it."


def _press(deed: Callable[[Work, UUID], None], meeting_id: UUID, work: Work) -> None:
    deed(work, meeting_id)


def _help(work: Work, match_id: UUID) -> None:
    ask_for_help(work, match_id, "I would rather not go on like this.", block=False)
