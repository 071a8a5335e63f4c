"""What people do in these weeks: each deed is a call of the service that serves real people, in their own name."""

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

from core.models import Notification, NotificationState, QuestionReferral
from core.notifications import Kind
from core.rules.errors import DomainError
from core.services.open_questions import open_list
from core.services.people import Person
from core.services.question_answers import mark_answered, rate_answer
from core.services.question_claims import claim_question, release_question
from core.services.question_drafts import ask_question
from core.services.questions import claimed_questions
from core.uow import SYSTEM, Units, member
from tests.bench.market.habits import ANSWERED_WITHIN, AWAKE, READ_WITHIN, takes
from tests.bench.market.world import Market, MarketMentor, MarketQuestion

Deed = Callable[[], None]
HOUR = timedelta(hours=1)
ON_A_PAGE = 8
RATINGS = (5, 5, 5, 4, 4, 4, 3, 2)
RATES = 0.6  # of students


@dataclass
class Play:
    """Everybody's diary. What the service refuses people is counted, not hidden."""

    market: Market
    units: Units
    mentors: Mapping[int, Person]
    students: Mapping[int, Person]
    start: datetime
    asked: dict[UUID, MarketQuestion] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    _diary: list[tuple[datetime, int, str, Deed]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)
    _read: set[UUID] = field(default_factory=set)
    _considered: set[tuple[int, UUID]] = field(default_factory=set)

    def __post_init__(self) -> None:
        for question in self.market.questions:
            self._at(self.start + question.hour * HOUR, "ask", partial(self._ask, question))
        for mentor in self.market.mentors:
            every = mentor.habits.looks_every
            if every is not None:
                first = self.market.chance("first look", mentor.number).randrange(every)
                self._at(self.start + first * HOUR, "look", partial(self._look, mentor, every))

    def act(self, now: datetime) -> None:
        """Do what stands in the diary until now."""
        while self._diary and self._diary[0][0] <= now:
            _, _, name, deed = heappop(self._diary)
            try:
                deed()
            except DomainError as refusal:
                self.refused[f"{name}: {refusal.code}"] += 1
            else:
                self.done[name] += 1

    def read_messages(self, now: datetime) -> None:
        """Let mentors who were asked directly find it, once the message has gone out, and think about it."""
        with self.units.read(SYSTEM) as reading:
            rows = reading.session.execute(
                select(QuestionReferral.id, QuestionReferral.mentor_id, QuestionReferral.question_id)
                .join(Notification, Notification.subject_id == QuestionReferral.id)
                .where(Notification.kind == Kind.QUESTION_REFERRED, Notification.state == NotificationState.SENT)
                .where(Notification.updates_id.is_(None), QuestionReferral.id.not_in(self._read))
                .order_by(QuestionReferral.id)
            ).all()
        by_id = {person.id: number for number, person in self.mentors.items()}
        for referral_id, mentor_id, question_id in rows:
            self._read.add(referral_id)
            mentor = self.market.mentors[by_id[mentor_id]]
            chance = self.market.chance("read", mentor.number, self.asked[question_id].number)
            when = self._awake(mentor, now + chance.choice(READ_WITHIN) * HOUR)
            self._at(when, "read that they are asked", partial(self._answer_ask, mentor, question_id))

    def _ask(self, question: MarketQuestion) -> None:
        with self.units.work(member(self.students[question.student].id)) as work:
            self.asked[ask_question(work, question.new)] = question

    def _look(self, mentor: MarketMentor, every: int) -> None:
        now = self.units.clock()
        self._at(self._awake(mentor, now + every * HOUR), "look", partial(self._look, mentor, every))
        if not self._is_awake(mentor, now):
            return
        person = self.mentors[mentor.number]
        with self.units.read(member(person.id)) as reading:
            found = [one.question_id for one in open_list(reading, person.id, size=ON_A_PAGE).questions]
        for question_id in found:
            if (mentor.number, question_id) not in self._considered:
                self._considered.add((mentor.number, question_id))
                self._consider(mentor, question_id, mentor.habits.takes_seen, "seen")

    def _answer_ask(self, mentor: MarketMentor, question_id: UUID) -> None:
        self._consider(mentor, question_id, mentor.habits.takes_asked, "asked")

    def _consider(self, mentor: MarketMentor, question_id: UUID, share: float, how: str) -> None:
        person, question = self.mentors[mentor.number], self.asked[question_id]
        with self.units.read(member(person.id)) as reading:
            running = len(claimed_questions(reading, person.id))
        chance = self.market.chance("take", how, mentor.number, question.number)
        if not takes(chance, share, knows=self.market.knows(mentor, question), running=running):
            return
        with self.units.work(member(person.id)) as work:
            claim_question(work, question_id)
        self.done[f"claim, {how}"] += 1
        self._go_on(mentor, question_id)

    def _go_on(self, mentor: MarketMentor, question_id: UUID) -> None:
        """What becomes of a claim. Who goes silent does nothing, whatever they are told."""
        number = self.asked[question_id].number
        chance = self.market.chance("claim", mentor.number, number)
        fate, after = chance.random(), chance.choice(ANSWERED_WITHIN)
        if fate < mentor.habits.goes_silent:
            return
        when = self._awake(mentor, self.units.clock() + after * HOUR)
        if fate < mentor.habits.goes_silent + mentor.habits.gives_back:
            self._at(when, "give back", partial(self._give_back, mentor, question_id))
        else:
            self._at(when, "answer", partial(self._answer, mentor, question_id))

    def _give_back(self, mentor: MarketMentor, question_id: UUID) -> None:
        with self.units.work(member(self.mentors[mentor.number].id)) as work:
            release_question(work, question_id)

    def _answer(self, mentor: MarketMentor, question_id: UUID) -> None:
        with self.units.work(member(self.mentors[mentor.number].id)) as work:
            mark_answered(work, question_id, "What I would do, and why.", may_be_read=True)
        chance = self.market.chance("rate", self.asked[question_id].number)
        if chance.random() < RATES:
            when = self.units.clock() + chance.randrange(1, 30) * HOUR
            self._at(when, "rate", partial(self._rate, question_id, chance.choice(RATINGS)))

    def _rate(self, question_id: UUID, rating: int) -> None:
        with self.units.work(member(self.students[self.asked[question_id].student].id)) as work:
            rate_answer(work, question_id, rating, "")

    def _awake(self, mentor: MarketMentor, when: datetime) -> datetime:
        while not self._is_awake(mentor, when):
            when += HOUR
        return when

    def _is_awake(self, mentor: MarketMentor, when: datetime) -> bool:
        return when.astimezone(ZoneInfo(mentor.sample.tz)).hour in AWAKE

    def _at(self, when: datetime, name: str, deed: Deed) -> None:
        heappush(self._diary, (when, next(self._numbers), name, deed))
