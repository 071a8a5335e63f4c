"""A programme of sample people in a scratch database, whose requests come one after another."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import delete, func, select, update

from app.sample.people import SamplePerson, load
from app.seed import tell
from core.models import Offer, Profile, Request
from core.queue import Unheard
from core.rules.offers import OfferState
from core.rules.roles import Role
from core.rules.wishes import Wish
from core.services.people import Person, SlackIdentity, remember
from core.services.requests import request_mentor
from core.services.waves import open_wave
from core.uow import SYSTEM, Units, connect, member
from embeddings.vectors import Encoder
from matching.service import Matcher
from tests.bench.load.figures import Load, Wave
from tests.bench.scratch import database

TEAM = "T0BENCH"


@contextmanager
def programme(environ: Mapping[str, str], encoder: Encoder) -> Iterator["Programme"]:
    """The sample people in a database that is gone afterwards."""
    with database(environ) as settings:
        engine = connect(settings.service_database_url, pool_size=4)
        yield Programme(Units(engine, Unheard()), encoder)
        engine.dispose()


class Programme:
    """The sample people, met and with their profiles saved, and a matcher for them."""

    def __init__(self, units: Units, encoder: Encoder) -> None:
        self._units = units
        people = load()
        self._students = [(self._join(one), one) for one in people.students]
        for mentor in people.mentors:
            self._join(mentor)
        self._matcher = Matcher(units, encoder)
        self._matcher.warm()

    def _join(self, sample: SamplePerson) -> Person:
        identity = SlackIdentity(TEAM, sample.slack_id or sample.key, sample.name, sample.email, sample.tz)
        with self._units.work(SYSTEM) as work:
            person = remember(work, identity)
        tell(self._units, person, sample)
        return person

    def run(self, requests: int, *, answered: bool) -> tuple[list[Wave], list[Load]]:
        """So many students ask, one after another; what each was offered, and what each mentor got.

        With `answered` every offer is over before the next student asks, so that no mentor ever stands in an
        open one: what would be offered if exposure did not count. Without it, nobody answers at all.
        """
        waves = [self._ask(student, sample, answered=answered) for student, sample in self._students[:requests]]
        loads = self._loads()
        with self._units.work(SYSTEM) as work:
            work.session.execute(delete(Request))
        return waves, loads

    def _ask(self, student: Person, sample: SamplePerson, *, answered: bool) -> Wave:
        with self._units.work(member(student.id)) as work:
            request_id = request_mentor(work, student.id, Wish(sample.request))
        found = self._matcher.find(request_id)
        with self._units.work(SYSTEM) as work:
            open_wave(work, request_id, found.proposals, found.provenance)
            if answered:
                over = update(Offer).where(Offer.request_id == request_id).values(state=OfferState.EXPIRED)
                work.session.execute(over)
        return Wave(tuple(proposal.score for proposal in found.proposals))

    def _loads(self) -> list[Load]:
        offers = select(Offer.mentor_id, func.count().label("number")).group_by(Offer.mentor_id).subquery()
        with self._units.read(SYSTEM) as reading:
            rows = reading.session.execute(
                select(Profile.max_mentees, func.coalesce(offers.c.number, 0))
                .outerjoin(offers, offers.c.mentor_id == Profile.user_id)
                .where(Profile.role == Role.MENTOR)
            )
            return [Load(places, number) for places, number in rows]
