"""A year, hour by hour: people act, messages go out, and what falls due is done as `./ithaca tick` does it."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, create_engine, func, select, text

from bot.context import Bot
from core.config import Settings, sqlalchemy_url
from core.models import Match, Notification, NotificationState
from core.queue import Job
from core.rules.health import Facts
from core.rules.matches import LIVE
from core.rules.profiles import ProfileAnswers
from core.rules.roles import Meet, Role
from core.services.health_facts import facts_of
from core.services.people import Person, SlackIdentity, remember, remember_by_mail
from core.services.profiles import save_profile
from core.uow import SYSTEM, Units, connect, member
from matching.service import Matcher
from tasks.app import JOBS
from tasks.runtime import DEFAULT, Runtime
from tasks.tick.inline import Inline
from tasks.tick.ticking import Stopped, fall_due
from tests.bench.care.playing import HOURS, TEAM, Play
from tests.bench.care.receiving import Mail, Slack
from tests.bench.care.world import World
from tests.bench.scratch import database

START = datetime(2030, 1, 7, tzinfo=UTC)
RHYTHM = replace(DEFAULT, least=DEFAULT.most)
SOON = timedelta(minutes=10)
LEFT_OUT = frozenset({Job.REFRESH_HOME, Job.ENCODE_PROFILE, Job.MATCH_REQUEST, Job.FILL_PLACES})
"""Home tabs and the search for mentors: measured elsewhere, and nobody's message."""

MOVES_SEEN = """
CREATE TABLE moves_seen (id bigserial, of text, row_id uuid, match_id uuid, before text, after text, at timestamptz);
GRANT INSERT, SELECT ON moves_seen TO PUBLIC;
GRANT USAGE ON SEQUENCE moves_seen_id_seq TO PUBLIC;
CREATE FUNCTION see_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
        is_ jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
BEGIN
    IF was ->> 'state' IS DISTINCT FROM is_ ->> 'state' THEN
        INSERT INTO moves_seen (of, row_id, match_id, before, after, at)
        VALUES (TG_TABLE_NAME, (coalesce(is_, was) ->> 'id')::uuid, (coalesce(is_, was) ->> 'match_id')::uuid,
                was ->> 'state', is_ ->> 'state', (is_ ->> 'since')::timestamptz);
    END IF;
    RETURN NULL;
END $$
"""
SEEN = ("matches", "meeting_logs", "match_asks", "match_health")


@dataclass
class Year:
    """What a year leaves: its database, what came in, and what went wrong on the way."""

    settings: Settings
    play: Play
    units: Units
    owner: Engine
    slack: Slack
    mail: Mail
    end: datetime
    failures: dict[str, Exception] = field(default_factory=dict)
    facts: list[tuple[int, int, Facts]] = field(default_factory=list)  # by day and number of the pair


@contextmanager
def lived(world: World, environ: Mapping[str, str], *, keep_facts: bool = False) -> Iterator[Year]:
    """Let this world live through its days on a database of its own. `keep_facts` keeps each day's facts as well."""
    with database(environ) as settings, _owner(settings) as owner, _service(settings) as engine:
        clock, queue = Stopped(), Inline({job: run for job, run in JOBS.items() if job not in LEFT_OUT})
        clock.moment = START
        units = Units(engine, queue, clock)
        slack, mail = Slack(clock), Mail(settings)
        people = _move_in(world, units)
        play = Play(world, units, slack, people, START)
        year = Year(settings, play, units, owner, slack, mail, START + timedelta(days=world.days))
        with closing(Runtime(Bot(settings, units, slack), _no_matcher, mail, RHYTHM)) as runtime:
            days = _Days(year, runtime, queue, clock)
            for hour in range(0, world.days * 24, HOURS):
                days.live(hour)
                if keep_facts and hour % 24 == 0:
                    _keep_facts(year, hour // 24)
        yield year


@dataclass
class _Days:
    """The hours as they pass."""

    year: Year
    runtime: Runtime
    queue: Inline
    clock: Stopped

    def live(self, hour: int) -> None:
        """What people do at this hour, what falls due, and what they are asked thereby."""
        now = self.clock.moment = START + timedelta(hours=hour)
        self.year.play.act(now)
        failures, _ = fall_due(self.runtime, self.queue)
        self.year.play.read_questions(now)
        self._let_paced_messages_go()
        self.year.failures |= failures | self.queue.failed
        self.queue.failed.clear()

    def _deliver(self) -> None:
        self.queue.send(Job.DELIVER)
        self.queue.run(self.runtime)

    def _let_paced_messages_go(self) -> None:
        """What waits for its turn in a conversation goes out seconds later, and not hours."""
        waiting = select(func.min(Notification.not_before)).where(Notification.state == NotificationState.PENDING)
        while True:
            with self.year.units.read(SYSTEM) as reading:
                at = reading.session.scalar(waiting)
            if at is None or not self.clock.moment < at <= self.clock.moment + SOON:
                return
            self.clock.moment = at
            self._deliver()


def _keep_facts(year: Year, day: int) -> None:
    with year.units.read(SYSTEM) as reading:
        live = reading.session.scalars(select(Match.id).where(Match.state.in_(LIVE))).all()
        found = facts_of(reading, live)
    year.facts += [(day, year.play.pairs[match_id].couple.number, facts) for match_id, facts in found.items()]


@contextmanager
def _service(settings: Settings) -> Iterator[Engine]:
    """The database as the service's own role."""
    engine = connect(settings.service_database_url, pool_size=4)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _owner(settings: Settings) -> Iterator[Engine]:
    """The database as its owner, who sees every move of a state, whichever way it was made."""
    owner = create_engine(sqlalchemy_url(settings.database_url))
    with owner.begin() as connection:
        connection.execute(text(MOVES_SEEN))
        for table in SEEN:
            connection.execute(
                text(
                    f"CREATE TRIGGER see_move AFTER INSERT OR UPDATE OR DELETE ON {table}"
                    " FOR EACH ROW EXECUTE FUNCTION see_move()"
                )
            )
    try:
        yield owner
    finally:
        owner.dispose()


def _move_in(world: World, units: Units) -> dict[int, Person]:
    """Everybody, with a profile for each role; and one member of staff."""
    staff = SlackIdentity(TEAM, "U0STAFF", "Staff", "staff@example.org", is_admin=True)
    with units.work(SYSTEM) as work:
        remember(work, staff)
    students = {couple.student for couple in world.couples}
    found = {}
    for number, one in world.people.items():
        email = f"person{number}@example.org"
        with units.work(SYSTEM) as work:
            if one.in_slack:
                person = remember(work, SlackIdentity(TEAM, f"U{number:05}", one.name, email, one.tz))
            else:
                person = remember_by_mail(work, email, one.name, one.tz)
        with units.work(member(person.id)) as work:
            save_profile(work, person.id, _answers(Role.STUDENT if number in students else Role.MENTOR))
        found[number] = person
    return found


def _answers(role: Role) -> ProfileAnswers:
    return ProfileAnswers(
        role=role,
        headline="Somebody invented",
        goals="A plan for two years.",
        industries=("Biotechnology",),
        skills=("Python",),
        meet=(Meet.VIDEO,),
        languages=("English",),
        max_mentees=5,
    )


def _no_matcher(_: Units) -> Matcher:
    raise AssertionError("nobody is searched for in this year")
