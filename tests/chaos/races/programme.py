"""A small programme that many threads act on: its people, its time, its Slack and its waiting jobs."""

import queue
import random
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from bot.context import Bot
from bot.gateway import Gateway
from core.clock import system_clock
from core.config import Settings
from core.models import Base, Profile
from core.queue import Job
from core.rules.eligibility import refusals
from core.rules.facts import Proposal
from core.rules.roles import Role
from core.services.candidates import mentor_facts, request_facts
from core.services.people import Person
from core.services.profiles import save_profile
from core.uow import SYSTEM, Reading, Units, member
from matching.search import Found
from matching.service import Matcher
from tasks.runtime import Runtime
from tests.support import factories as make
from tests.support.deliveries import Clock
from tests.support.slack import Json, ScriptedSlack

T = TypeVar("T", bound=Base)
STUDENTS, MENTORS, BOTH = 20, 12, 4
PLACES = 2
OLDEST = 0.5
"""How often everybody reaches for the same thing, which is the oldest there is."""


class Jobs(queue.SimpleQueue[tuple[Job, tuple[str, ...]]]):
    """A queue of wake-ups from which any thread takes the next one."""

    def send(self, job: Job, *args: str) -> None:
        self.put((job, args))


class Slack(ScriptedSlack):
    """Takes everything at once, from one thread after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._one = threading.Lock()

    def call(self, method: str, **args: Any) -> Json:
        with self._one:
            return super().call(method, **args)

    def _conversations_list(self, _: Json) -> Json:
        names = ("mentorship-admins", "quick-questions")
        return {"channels": [{"id": f"C0{name}", "name": name, "is_member": True} for name in names]}


class AnyMentors:
    """In the matcher's place: any three whom the hard rules let be asked."""

    def __init__(self, units: Units, seed: int) -> None:
        self._units, self._random = units, random.Random(seed)

    def warm(self) -> None:
        pass

    def find(self, request_id: UUID) -> Found:
        with self._units.read(SYSTEM) as reading:
            wanted = request_facts(reading, request_id)
            mentors = reading.session.scalars(select(Profile.user_id).where(Profile.role == Role.MENTOR)).all()
            facts = mentor_facts(reading, mentors)
            free = [one for one, known in facts.items() if not refusals(known, wanted, reading.now)]
        found = self._random.sample(free, min(3, len(free)))
        return Found(tuple(map(self._proposal, found)), make.PROVENANCE, len(mentors), {})

    def _proposal(self, mentor_id: UUID) -> Proposal:
        return make.proposal(mentor_id)


class Programme:
    """Students, mentors, some who are both, and one member of staff."""

    def __init__(self, settings: Settings, units: Units, seed: int) -> None:
        self.clock, self.jobs = Clock(system_clock()), Jobs()
        self.units = Units(units.engine, self.jobs, self.clock)
        self.random = random.Random(seed)
        slack = cast("Gateway", Slack())
        matcher = cast("Matcher", AnyMentors(self.units, seed))
        self.runtime = Runtime(Bot(settings, self.units, slack), lambda _: matcher)
        self.students = [make.student(self.units) for _ in range(STUDENTS)]
        self.mentors = [make.mentor(self.units, max_mentees=PLACES) for _ in range(MENTORS)]
        for one in (make.mentor(self.units, max_mentees=PLACES) for _ in range(BOTH)):
            with self.units.work(member(one.id)) as work:
                save_profile(work, one.id, replace(make.STUDENT, goals="A start in research."))
            self.students.append(one)
            self.mentors.append(one)
        self.staff = make.person(self.units, is_admin=True)

    def student(self) -> Person:
        return self.random.choice(self.students)

    def mentor(self) -> Person:
        return self.random.choice(self.mentors)

    def any(self, kind: type[T], *which: ColumnElement[bool]) -> T | None:
        """A row like this, if there is one: often the one that others reach for at the same moment."""
        with self.units.read(SYSTEM) as reading:
            return self._any(reading, kind, *which)

    def _any(self, reading: Reading, kind: type[T], *which: ColumnElement[bool]) -> T | None:
        key = cast("ColumnElement[UUID]", kind.__table__.c.id)
        order = key if self.random.random() < OLDEST else func.random()
        return reading.session.scalars(select(kind).where(*which).order_by(order).limit(1)).first()

    def pass_time(self, span: timedelta) -> None:
        self.clock.now += span

    def close(self) -> None:
        self.runtime.close()
